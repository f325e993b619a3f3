# Everything that `make check` runs speaks TAP.

TEST_EXTENSIONS = .tap
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
TAP_LOG_DRIVER = $(LOG_DRIVER)
AM_TESTS_ENVIRONMENT = CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT;
EXTRA_DIST += %D%/check.sh %D%/coverage.sh %D%/fuzz.sh %D%/run-cases

include tests/unit/local.mk
include tests/fuzz/local.mk

# The cases of a command: a folder, and a script of its name. Nothing may be
# built in such a folder, or it would be shipped. A failed case says so itself;
# the status of its script would count it twice.
TAP_LOG_DRIVER_FLAGS = --ignore-exit
check_PROGRAMS += tests/cli-copy
tests_cli_copy_SOURCES = %D%/cli-copy.c
tests_cli_copy_LDADD = libcli.a $(libprospect_libs)
cases =
cases += %D%/cli
cases += %D%/prospect-filter
cases += %D%/prospect-score
cases += %D%/prospect-pipeline
cases += %D%/prospect-ratios
cases += %D%/faults
cases_scripts = $(cases:=.tap)
TESTS += $(cases_scripts)
EXTRA_DIST += $(cases) $(cases_scripts)

# Where it cannot be made the cases that ask for it are skipped; the test of
# whether it works is theirs. It is no libtool library: nothing is installed.
preload = tests/preload-faults.so
check_DATA = $(preload)
CLEANFILES += $(preload)
EXTRA_DIST += %D%/preload-faults.c %D%/preload.sh
$(preload): %D%/preload-faults.c
	@$(MKDIR_P) tests
	$(AM_V_CCLD)$(CC) $(DEFS) $(AM_CPPFLAGS) $(CPPFLAGS) -std=gnu11 -O1 -fPIC \
		-shared -o $@ $(srcdir)/%D%/preload-faults.c -ldl || \
		{ rm -f $@ && : >$@; }

# What compiler and linker made of the hardening flags.
TESTS += %D%/hardening.tap
EXTRA_DIST += %D%/hardening.tap

# Each call of each mode fails in turn: see there.
check_PROGRAMS += tests/failing-calls
tests_failing_calls_LDADD =
TESTS += tests/failing-calls
EXTRA_DIST += %D%/modes

# The same whatever the threads, scanner and reads.
sameness = %D%/sameness.tap %D%/sameness-ratios.tap
TESTS += $(sameness)
EXTRA_DIST += $(sameness) %D%/sameness.sh

# Real files, which lie beside the source tree or nowhere: see data/common.sh.
data_tests = %D%/conformance.tap %D%/data-files.tap %D%/targets.tap \
	%D%/pipeline-data.tap %D%/ratios-data.tap
TESTS += $(data_tests)
EXTRA_DIST += $(data_tests) %D%/targets %D%/data/common.sh \
	%D%/data/cells.py %D%/data/conditions.py %D%/data/points.py \
	%D%/data/vectors.py %D%/data/wanted.py
