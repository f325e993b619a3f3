# Translations: po/LANGUAGE.po are the sources, what msgfmt makes of them is
# installed in the folder of locales, and stands beside the programs in the same
# places while they are not installed (cmd/cli/language.h). A release brings
# the .gmo, so that msgfmt is not needed. tests/messages.tap looks whether
# anything lacks a translation; `make update-po` adds what does.

frdir = $(localedir)/fr/LC_MESSAGES
nodist_fr_DATA = po/fr/LC_MESSAGES/prospect.mo
EXTRA_DIST += %D%/fr.po %D%/fr.gmo %D%/extract %D%/keywords
CLEANFILES += po/fr.gmo $(nodist_fr_DATA)

po/fr.gmo: %D%/fr.po
	@$(MKDIR_P) po
	$(AM_V_GEN)$(MSGFMT) --check --output-file=$@ $(srcdir)/%D%/fr.po

po/fr/LC_MESSAGES/prospect.mo: po/fr.gmo
	@$(MKDIR_P) po/fr/LC_MESSAGES
	$(AM_V_GEN)if test -f po/fr.gmo; then cp po/fr.gmo $@; \
		else cp $(srcdir)/%D%/fr.gmo $@; fi

.PHONY: update-po
update-po:
	@$(MKDIR_P) po
	$(srcdir)/%D%/extract >po/prospect.pot
	msgmerge --quiet --update --backup=none --no-fuzzy-matching \
		--sort-by-file --add-location=file $(srcdir)/%D%/fr.po po/prospect.pot
	msgattrib --no-obsolete --sort-by-file --output-file=$(srcdir)/%D%/fr.po \
		$(srcdir)/%D%/fr.po

TESTS += tests/messages.tap
EXTRA_DIST += tests/messages.tap tests/messages.awk
