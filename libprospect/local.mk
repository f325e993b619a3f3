# The static library: all that knows about records and settings.

noinst_LIBRARIES += libprospect.a
libprospect_a_SOURCES =
libprospect_libs = libprospect.a $(CSV_LIBS) $(YAML_LIBS) $(PCRE2_LIBS) \
	$(UTF8PROC_LIBS) $(XXHASH_LIBS) $(LIBMD_LIBS) $(GSL_LIBS)

include libprospect/base/local.mk
include libprospect/stream/local.mk
include libprospect/settings/local.mk
include libprospect/values/local.mk
include libprospect/columns/local.mk
include libprospect/targeting/local.mk
include libprospect/scoring/local.mk
include libprospect/calls/local.mk
include libprospect/stats/local.mk
include libprospect/report/local.mk
include libprospect/deals/local.mk
