libprospect_a_SOURCES += \
	%D%/keys.c \
	%D%/print.c \
	%D%/settings.c %D%/settings.h \
	%D%/slips.c %D%/slips.h \
	%D%/yaml.c %D%/yaml.h
