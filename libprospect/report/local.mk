libprospect_a_SOURCES += \
	%D%/display.c %D%/display.h \
	%D%/fit.c %D%/fit.h \
	%D%/markdown.c %D%/markdown.h \
	%D%/table.c %D%/table.h
