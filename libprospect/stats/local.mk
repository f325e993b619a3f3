libprospect_a_SOURCES += \
	%D%/distributions.c %D%/distributions.h \
	%D%/hours.c %D%/hours.h \
	%D%/intervals.c %D%/intervals.h \
	%D%/outlook.c %D%/outlook.h \
	%D%/sampling.c %D%/sampling.h \
	%D%/survival.c %D%/survival.h \
	%D%/trend.c %D%/trend.h
