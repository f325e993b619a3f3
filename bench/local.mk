# Measurements: see HACKING, "Measuring".

check_PROGRAMS += bench/generate
bench_generate_SOURCES = %D%/generate.c %D%/companies.c %D%/events.c \
	%D%/kinds.h %D%/words.h %D%/draw.c %D%/draw.h
bench_generate_LDADD =
check_PROGRAMS += bench/measure
bench_measure_SOURCES = %D%/measure.c
bench_measure_LDADD =
TESTS += tests/generate.tap tests/bench.tap
EXTRA_DIST += tests/generate.tap tests/bench.tap %D%/run %D%/tasks.sh \
	%D%/table.awk %D%/peers.sh %D%/peers %D%/wide.yaml %D%/narrow.yaml \
	%D%/sites.yaml %D%/score.yaml %D%/top.yaml %D%/signals.yaml \
	%D%/calls.yaml

.PHONY: bench
bench: all bench/generate bench/measure
	@BENCH_BUILD=$(abs_builddir) sh $(srcdir)/bench/run
