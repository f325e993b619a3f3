libprospect_a_SOURCES +=
