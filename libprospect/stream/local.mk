libprospect_a_SOURCES += \
	%D%/admit.c %D%/admit.h \
	%D%/block.c %D%/block.h \
	%D%/cells.c %D%/cells.h \
	%D%/column.c %D%/column.h \
	%D%/decimal.c %D%/decimal.h \
	%D%/decode.c %D%/decode.h \
	%D%/dialect.c %D%/dialect.h \
	%D%/fault.c %D%/fault.h \
	%D%/flow.c %D%/flow.h \
	%D%/foreign.c %D%/foreign.h \
	%D%/format-csv.c \
	%D%/format-json.c \
	%D%/frame.c %D%/frame.h \
	%D%/held.c %D%/held.h \
	%D%/irregular.c %D%/irregular.h \
	%D%/layout.c \
	%D%/note.c %D%/note.h \
	%D%/parallel.c %D%/parallel.h \
	%D%/part.c %D%/part.h \
	%D%/ranking.c %D%/ranking.h \
	%D%/runs.c %D%/runs.h \
	%D%/reader.c %D%/reader.h \
	%D%/record.c %D%/record.h \
	%D%/rejects.c %D%/rejects.h \
	%D%/scan.c %D%/scan.h %D%/scanners.h \
	%D%/scan-words.h %D%/scan-pdep.h %D%/scan-places.h %D%/scan-utf8.h \
	%D%/scan-avx2.c %D%/scan-avx512.c %D%/scan-neon.c \
	%D%/scan-portable.c %D%/scan-sse2.c \
	%D%/sample.c %D%/sample.h \
	%D%/settle.c %D%/settle.h \
	%D%/shape.c %D%/shape.h \
	%D%/source.c %D%/source.h \
	%D%/spreadsheet.c %D%/spreadsheet.h \
	%D%/stretch.c %D%/stretch.h \
	%D%/union.c %D%/union.h \
	%D%/writer.c %D%/writer.h
