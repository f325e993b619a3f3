libprospect_a_SOURCES += \
	%D%/aliases.c %D%/aliases.h \
	%D%/columns.c %D%/columns.h \
	%D%/message.c %D%/message.h \
	%D%/names.c %D%/names.h \
	%D%/registry.c %D%/registry.h \
	%D%/schema.c %D%/schema.h
