libprospect_a_SOURCES += \
	%D%/bytes.c %D%/bytes.h \
	%D%/file.c %D%/file.h \
	%D%/keys.c \
	%D%/node.c %D%/node.h \
	%D%/spot.c %D%/spot.h \
	%D%/print.c \
	%D%/settings.c %D%/settings.h \
	%D%/slips.c %D%/slips.h \
	%D%/yaml.c %D%/yaml.h
