libprospect_a_SOURCES += \
	%D%/condition.h \
	%D%/evaluation.h \
	%D%/expression.h \
	%D%/funnel.h \
	%D%/keywords.h \
	%D%/operators.h \
	%D%/pattern.h \
	%D%/plan.h \
	%D%/signals.h \
	%D%/suppression.h \
	%D%/targets.h
