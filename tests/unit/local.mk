# One program per subject: tests/unit/NAME is made from tests/unit/NAME.c.
# A line per room keeps changes apart.

unit_tests =
unit_tests += tests/unit/base
unit_tests += tests/unit/catalog
unit_tests += tests/unit/scan
unit_tests += tests/unit/frame
unit_tests += tests/unit/flow
unit_tests += tests/unit/union
unit_tests += tests/unit/keywords
unit_tests += tests/unit/signals
unit_tests += tests/unit/columns
unit_tests += tests/unit/sirene
unit_tests += tests/unit/binding
unit_tests += tests/unit/source
unit_tests += tests/unit/decode
unit_tests += tests/unit/options
unit_tests += tests/unit/writer
unit_tests += tests/unit/ranking
unit_tests += tests/unit/table
unit_tests += tests/unit/passage
unit_tests += tests/unit/exhausted
unit_tests += tests/unit/settings
unit_tests += tests/unit/file
unit_tests += tests/unit/dialect
unit_tests += tests/unit/company
tests_unit_company_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=realloc
unit_tests += tests/unit/legal_form
unit_tests += tests/unit/naf
unit_tests += tests/unit/phone
unit_tests += tests/unit/place
unit_tests += tests/unit/number
unit_tests += tests/unit/words
unit_tests += tests/unit/date
unit_tests += tests/unit/duration
unit_tests += tests/unit/period
unit_tests += tests/unit/headcount
unit_tests += tests/unit/condition
unit_tests += tests/unit/manual
unit_tests += tests/unit/expression
unit_tests += tests/unit/funnel
unit_tests += tests/unit/targets
unit_tests += tests/unit/shortcut
unit_tests += tests/unit/order
unit_tests += tests/unit/needle
unit_tests += tests/unit/pattern
unit_tests += tests/unit/targeting_memory
unit_tests += tests/unit/filter_memory
unit_tests += tests/unit/model
unit_tests += tests/unit/score
unit_tests += tests/unit/score_ahead
unit_tests += tests/unit/quotas
unit_tests += tests/unit/scoring_memory
unit_tests += tests/unit/stats
unit_tests += tests/unit/stretch
unit_tests += tests/unit/report
unit_tests += tests/unit/calls
unit_tests += tests/unit/survival
unit_tests += tests/unit/deals
unit_tests += tests/unit/deals_memory

# Tests in which the n-th allocation fails.
exhaustion = %D%/exhaustion.c %D%/exhaustion.h
exhaustion_flags = $(AM_LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
tests_unit_binding_SOURCES = %D%/binding.c $(exhaustion)
tests_unit_binding_LDFLAGS = $(exhaustion_flags)
tests_unit_dialect_SOURCES = %D%/dialect.c $(exhaustion)
tests_unit_dialect_LDFLAGS = $(exhaustion_flags)
tests_unit_exhausted_SOURCES = %D%/exhausted.c $(exhaustion)
tests_unit_exhausted_LDFLAGS = $(exhaustion_flags)
tests_unit_ranking_SOURCES = %D%/ranking.c $(exhaustion)
tests_unit_ranking_LDFLAGS = $(exhaustion_flags)
tests_unit_settings_SOURCES = %D%/settings.c $(exhaustion)
tests_unit_settings_LDFLAGS = $(exhaustion_flags)
tests_unit_targeting_memory_SOURCES = %D%/targeting_memory.c $(exhaustion)
tests_unit_targeting_memory_LDFLAGS = $(exhaustion_flags)
tests_unit_report_SOURCES = %D%/report.c $(exhaustion)
tests_unit_report_LDFLAGS = $(exhaustion_flags)
tests_unit_filter_memory_SOURCES = %D%/filter_memory.c $(exhaustion)
tests_unit_filter_memory_LDFLAGS = $(exhaustion_flags)
tests_unit_deals_memory_SOURCES = %D%/deals_memory.c $(exhaustion)
tests_unit_deals_memory_LDFLAGS = $(exhaustion_flags)
tests_unit_scoring_memory_SOURCES = %D%/scoring_memory.c $(exhaustion)
tests_unit_scoring_memory_LDFLAGS = $(exhaustion_flags)

if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif
noinst_HEADERS = %D%/unit.h
noinst_HEADERS += %D%/scores.h
noinst_HEADERS += %D%/written.h
noinst_HEADERS += %D%/conditions.h
LDADD = $(libprospect_libs) $(CMOCKA_LIBS)
tests_unit_options_LDADD = libcli.a $(LDADD)
