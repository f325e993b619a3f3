libprospect_a_SOURCES += \
	%D%/ahead.c %D%/ahead.h \
	%D%/answers.c \
	%D%/ask.c \
	%D%/facets.c %D%/facets.h \
	%D%/filtering.h \
	%D%/cell.c %D%/cell.h \
	%D%/clause.c %D%/clause.h \
	%D%/companies.c %D%/companies.h \
	%D%/compile.c %D%/compiled.h \
	%D%/condition.c %D%/condition.h \
	%D%/constant.c %D%/constant.h \
	%D%/decide.c %D%/running.h \
	%D%/doubtful.c %D%/doubtful.h \
	%D%/evaluation.c %D%/evaluation.h \
	%D%/expression.c %D%/expression.h \
	%D%/fields.c \
	%D%/filter.c %D%/filter.h \
	%D%/funnel.c %D%/funnel.h \
	%D%/keyword_clause.c %D%/keyword_clause.h \
	%D%/automaton.h \
	%D%/keyword_search.c \
	%D%/keywords.c %D%/keywords.h \
	%D%/memos.c %D%/memos.h \
	%D%/naf_constant.c %D%/naf_constant.h \
	%D%/needle.c %D%/needle.h %D%/needle_look.h %D%/needle_skip.c \
	%D%/operators.c %D%/operators.h \
	%D%/order.c %D%/order.h \
	%D%/pattern.c %D%/pattern.h \
	%D%/plain.h \
	%D%/plan.c %D%/plan.h \
	%D%/screen.c %D%/screen.h \
	%D%/shortcut.c %D%/shortcut.h %D%/shortcut_cells.c \
	%D%/signal_clause.c %D%/signal_clause.h \
	%D%/signal_codes.c \
	%D%/signals.c %D%/signals.h \
	%D%/suppression.c %D%/suppression.h \
	%D%/tallies.c %D%/tallies.h \
	%D%/targets.c %D%/targets.h \
	%D%/terms.c %D%/terms.h
