# The manuals, written by hand in mdoc(7).

dist_man_MANS += %D%/prospect-score.1
