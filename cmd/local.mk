# The binaries: one file each, over what they share in cmd/cli.

noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = \
	%D%/cli/argument.c %D%/cli/argument.h \
	%D%/cli/command.h \
	%D%/cli/common.c %D%/cli/common.h \
	%D%/cli/day.c %D%/cli/day.h \
	%D%/cli/help.c %D%/cli/help.h \
	%D%/cli/language.c %D%/cli/language.h \
	%D%/cli/machine.c %D%/cli/machine.h \
	%D%/cli/main.c \
	%D%/cli/options.c %D%/cli/options.h \
	%D%/cli/output.c %D%/cli/output.h \
	%D%/cli/operands.c %D%/cli/operands.h \
	%D%/cli/progress.c %D%/cli/progress.h \
	%D%/cli/ranking.c %D%/cli/ranking.h \
	%D%/cli/report.c %D%/cli/report.h \
	%D%/cli/results.c %D%/cli/results.h \
	%D%/cli/show.c %D%/cli/show.h \
	%D%/cli/settings.c %D%/cli/settings.h \
	%D%/cli/signals.c %D%/cli/signals.h \
	%D%/cli/temporary.c %D%/cli/temporary.h

libcli_a_CPPFLAGS = $(AM_CPPFLAGS) -DLOCALEDIR='"$(localedir)"'

bin_PROGRAMS += prospect-filter
prospect_filter_SOURCES = %D%/prospect-filter.c
prospect_filter_LDADD = libcli.a $(libprospect_libs)

bin_PROGRAMS += prospect-score
prospect_score_SOURCES = %D%/prospect-score.c
prospect_score_LDADD = libcli.a $(libprospect_libs)

bin_PROGRAMS += prospect-pipeline
prospect_pipeline_SOURCES = %D%/prospect-pipeline.c
prospect_pipeline_LDADD = libcli.a $(libprospect_libs)

bin_PROGRAMS += prospect-ratios
prospect_ratios_SOURCES = %D%/prospect-ratios.c
prospect_ratios_LDADD = libcli.a $(libprospect_libs)
