libprospect_a_SOURCES += \
	%D%/company.c %D%/company.h \
	%D%/company_name.c %D%/company_name.h \
	%D%/date.c %D%/date.h \
	%D%/internet.c %D%/internet.h \
	%D%/legal-forms-list.c %D%/legal-forms-list.h \
	%D%/legal_form.c %D%/legal_form.h \
	%D%/naf-codes.c %D%/naf-codes.h \
	%D%/naf.c %D%/naf.h \
	%D%/number.c %D%/number.h \
	%D%/phone-plan.c %D%/phone-plan.h \
	%D%/phone.c %D%/phone.h \
	%D%/place-names.c %D%/place-names.h \
	%D%/place.c %D%/place.h \
	%D%/plain.c %D%/plain.h \
	%D%/wording.c %D%/wording.h \
	%D%/words.c %D%/words.h
