# Fuzz targets: one function each in tests/fuzz/NAME.c. Here they get an
# ordinary main and replay tests/fuzz/corpus/NAME; tests/fuzz.sh links them with
# libFuzzer, whose main comes first, instead.

check_LIBRARIES += libreplay.a
libreplay_a_SOURCES = %D%/replay.c %D%/company.h %D%/file.h \
	%D%/fuzz.h %D%/json.h %D%/records.h
fuzz_libs = libreplay.a $(libprospect_libs)

fuzz_targets =
fuzz_targets += tests/fuzz/frame
tests_fuzz_frame_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/reader
tests_fuzz_reader_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/split
tests_fuzz_split_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/dialect
tests_fuzz_dialect_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/number
tests_fuzz_number_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/date
tests_fuzz_date_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/settings
tests_fuzz_settings_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/expression
tests_fuzz_expression_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/filter
tests_fuzz_filter_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/suppression
tests_fuzz_suppression_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/writer
tests_fuzz_writer_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/score
tests_fuzz_score_LDADD = $(fuzz_libs)
fuzz_targets += tests/fuzz/pipeline
tests_fuzz_pipeline_LDADD = $(fuzz_libs)

check_PROGRAMS += $(fuzz_targets)
TESTS += $(fuzz_targets)
EXTRA_DIST += %D%/corpus $(fuzz_targets:=.dict)
