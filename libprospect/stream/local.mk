libprospect_a_SOURCES += \
	%D%/decode.c %D%/decode.h \
	%D%/dialect.h \
	%D%/flow.h \
	%D%/format-csv.c \
	%D%/format-json.c \
	%D%/layout.c \
	%D%/note.c %D%/note.h \
	%D%/reader.h \
	%D%/record.h \
	%D%/source.c %D%/source.h \
	%D%/spreadsheet.c %D%/spreadsheet.h \
	%D%/writer.c %D%/writer.h
