libprospect_a_SOURCES += \
	%D%/alerts.c \
	%D%/amount.c %D%/amount.h \
	%D%/backtest.c \
	%D%/book.c %D%/book.h \
	%D%/calibration.c \
	%D%/chances.c %D%/chances.h \
	%D%/check.c \
	%D%/coverage.c \
	%D%/criteria.c %D%/criteria.h \
	%D%/deal.h \
	%D%/dota.c %D%/dota.h \
	%D%/due.c \
	%D%/fact.c %D%/fact.h \
	%D%/families.c \
	%D%/findings.c %D%/findings.h \
	%D%/forecast.c \
	%D%/funnel.c \
	%D%/gather.c \
	%D%/graph.c \
	%D%/grouping.c %D%/grouping.h \
	%D%/handbook.c %D%/handbook.h \
	%D%/history.c %D%/history.h \
	%D%/inquiry.c %D%/inquiry.h \
	%D%/intake.c %D%/intake.h \
	%D%/labels.c %D%/labels.h \
	%D%/lost.c \
	%D%/manual.c \
	%D%/pages.h \
	%D%/pressure.c \
	%D%/priorities.c \
	%D%/qualify.c \
	%D%/replay.c %D%/replay.h \
	%D%/reports.h \
	%D%/role.c %D%/role.h \
	%D%/roll.c %D%/roll.h \
	%D%/snapshots.c %D%/snapshots.h \
	%D%/spells.c %D%/spells.h \
	%D%/stage.c %D%/stage.h \
	%D%/standing.c %D%/standing.h \
	%D%/status.c \
	%D%/sums.c %D%/sums.h \
	%D%/take.c \
	%D%/passing.c %D%/passing.h \
	%D%/time.c \
	%D%/touches.c %D%/touches.h \
	%D%/velocity.c \
	%D%/winrate.c
