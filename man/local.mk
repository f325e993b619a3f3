# The manuals, written by hand in mdoc(7).
