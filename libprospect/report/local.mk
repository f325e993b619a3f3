libprospect_a_SOURCES += \
	%D%/bars.c %D%/bars.h \
	%D%/display.c %D%/display.h \
	%D%/fit.c %D%/fit.h \
	%D%/html.c %D%/html.h \
	%D%/markdown.c %D%/markdown.h \
	%D%/partial.c %D%/partial.h \
	%D%/report.c %D%/report.h \
	%D%/table.c %D%/table.h
