# Completions, one file a command and shell, where the shells look for them;
# checked by tests/completions.tap.

bashcompdir = $(datadir)/bash-completion/completions
dist_bashcomp_DATA = \
	%D%/bash/prospect-filter \
	%D%/bash/prospect-pipeline \
	%D%/bash/prospect-ratios \
	%D%/bash/prospect-score

zshcompdir = $(datadir)/zsh/site-functions
dist_zshcomp_DATA = \
	%D%/zsh/_prospect-filter \
	%D%/zsh/_prospect-pipeline \
	%D%/zsh/_prospect-ratios \
	%D%/zsh/_prospect-score

fishcompdir = $(datadir)/fish/vendor_completions.d
dist_fishcomp_DATA = \
	%D%/fish/prospect-filter.fish \
	%D%/fish/prospect-pipeline.fish \
	%D%/fish/prospect-ratios.fish \
	%D%/fish/prospect-score.fish

TESTS += tests/completions.tap
EXTRA_DIST += tests/completions.tap
