libprospect_a_SOURCES += \
	%D%/choices.c %D%/choices.h \
	%D%/classes.c %D%/classes.h \
	%D%/decay.c %D%/decay.h \
	%D%/explain.c %D%/explain.h \
	%D%/kept.c %D%/kept.h \
	%D%/listed.c %D%/listed.h \
	%D%/logistic.c %D%/logistic.h \
	%D%/model.c %D%/model.h \
	%D%/quotas.c %D%/quotas.h \
	%D%/reasons.c %D%/reasons.h \
	%D%/rule.c %D%/rule.h \
	%D%/score.c %D%/score.h \
	%D%/score_columns.c %D%/score_columns.h \
	%D%/score_plan.c %D%/score_plan.h \
	%D%/rollup.c %D%/rollup.h \
	%D%/scorer.c %D%/scorer.h \
	%D%/scorer_steps.c %D%/scoring.h
