# Measurements: see HACKING, "Measuring". The generator makes test data too.

check_PROGRAMS += bench/generate
bench_generate_SOURCES = %D%/generate.c %D%/companies.c %D%/events.c \
	%D%/kinds.h %D%/words.h %D%/draw.c %D%/draw.h
bench_generate_LDADD =
TESTS += tests/generate.tap
EXTRA_DIST += tests/generate.tap %D%/wide.yaml %D%/narrow.yaml \
	%D%/sites.yaml %D%/score.yaml %D%/top.yaml
