libprospect_a_SOURCES += \
	%D%/condition.h \
	%D%/evaluation.h \
	%D%/expression.h \
	%D%/filter.c %D%/filter.h \
	%D%/tallies.c %D%/tallies.h \
	%D%/funnel.h \
	%D%/keywords.c %D%/keywords.h \
	%D%/operators.h \
	%D%/pattern.h \
	%D%/plan.h \
	%D%/signal_codes.c \
	%D%/signals.c %D%/signals.h \
	%D%/suppression.c %D%/suppression.h \
	%D%/targets.h
