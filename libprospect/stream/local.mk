libprospect_a_SOURCES += \
	%D%/decode.h \
	%D%/dialect.h \
	%D%/flow.h \
	%D%/note.c %D%/note.h \
	%D%/reader.h \
	%D%/record.h \
	%D%/source.h \
	%D%/writer.h
