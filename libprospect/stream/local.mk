libprospect_a_SOURCES += \
	%D%/decode.c %D%/decode.h \
	%D%/dialect.h \
	%D%/flow.h \
	%D%/note.c %D%/note.h \
	%D%/reader.h \
	%D%/record.h \
	%D%/source.c %D%/source.h \
	%D%/writer.h
