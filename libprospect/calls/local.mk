libprospect_a_SOURCES += \
	%D%/advice.c %D%/advice.h \
	%D%/call.c %D%/call.h \
	%D%/call_columns.c %D%/call_columns.h \
	%D%/call_model.c %D%/call_model.h \
	%D%/cube.c %D%/cube.h \
	%D%/keys.c %D%/keys.h \
	%D%/log.c %D%/log.h \
	%D%/log_note.c \
	%D%/log_partial.c \
	%D%/log_plan.c %D%/log_plan.h \
	%D%/outcomes.c %D%/outcomes.h \
	%D%/people.c %D%/people.h \
	%D%/phrases.c %D%/phrases.h \
	%D%/ratios.c %D%/ratios.h \
	%D%/session_file.c %D%/session_file.h \
	%D%/sessions.c %D%/sessions.h \
	%D%/symbols.c %D%/symbols.h \
	%D%/totals.c %D%/totals.h \
	%D%/totals_order.c \
	%D%/touches.c %D%/touches.h
