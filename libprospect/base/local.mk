libprospect_a_SOURCES += \
	%D%/arena.c %D%/arena.h \
	%D%/buffer.c %D%/buffer.h \
	%D%/calendar.c %D%/calendar.h \
	%D%/catalog.c %D%/catalog.h \
	%D%/compiler.h \
	%D%/descriptor.c %D%/descriptor.h \
	%D%/error.c %D%/error.h \
	%D%/folds.c %D%/folds.h \
	%D%/map.c %D%/map.h \
	%D%/pages.c %D%/pages.h \
	%D%/problems.c %D%/problems.h \
	%D%/slice.h \
	%D%/sort.c %D%/sort.h \
	%D%/text.c %D%/text.h \
	%D%/word.h
