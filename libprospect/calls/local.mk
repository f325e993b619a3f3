libprospect_a_SOURCES += \
	%D%/advice.c %D%/advice.h \
	%D%/attempts_report.c \
	%D%/call.c %D%/call.h \
	%D%/call_cells.h \
	%D%/call_columns.c %D%/call_columns.h \
	%D%/call_glance.c %D%/call_glance.h \
	%D%/call_model.c %D%/call_model.h \
	%D%/call_reports.h \
	%D%/check_report.c \
	%D%/collection.c %D%/collection.h \
	%D%/conversions.c %D%/conversions.h \
	%D%/consumers.c %D%/consumers.h \
	%D%/counted_rows.c %D%/counted_rows.h \
	%D%/cube.c %D%/cube.h \
	%D%/diagnosis.c %D%/diagnosis.h \
	%D%/due_report.c \
	%D%/effort_report.c \
	%D%/funnel_report.c \
	%D%/gatekeepers_report.c \
	%D%/hours_report.c \
	%D%/keys.c %D%/keys.h \
	%D%/log.c %D%/log.h \
	%D%/log_note.c \
	%D%/log_partial.c \
	%D%/log_plan.c %D%/log_plan.h \
	%D%/outcomes.c %D%/outcomes.h \
	%D%/people.c %D%/people.h \
	%D%/phrases.c %D%/phrases.h \
	%D%/pressure_report.c \
	%D%/ratios.c %D%/ratios.h \
	%D%/reasons_report.c \
	%D%/series.c %D%/series.h \
	%D%/session_file.c %D%/session_file.h \
	%D%/session_report.c \
	%D%/sessions.c %D%/sessions.h \
	%D%/summary_report.c \
	%D%/symbols.c %D%/symbols.h \
	%D%/tally.c %D%/tally.h \
	%D%/totals.c %D%/totals.h \
	%D%/totals_order.c \
	%D%/touches.c %D%/touches.h \
	%D%/trend_report.c \
	%D%/view.c
