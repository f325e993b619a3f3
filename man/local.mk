# The manuals, written by hand in mdoc(7), checked by tests/manuals.tap.

dist_man_MANS += %D%/prospect.7
dist_man_MANS += %D%/prospect-messages.7
dist_man_MANS += %D%/prospect-settings.5
dist_man_MANS += %D%/prospect-filter.1
dist_man_MANS += %D%/prospect-ratios.1
dist_man_MANS += %D%/prospect-score.1
dist_man_MANS += %D%/prospect-pipeline.1
TESTS += tests/manuals.tap
EXTRA_DIST += tests/manuals.tap
