/* The settings of a call log; see the header. */
#include <config.h>

#include "libprospect/calls/call_model.h"

#include <stdlib.h>

#include "libprospect/settings/file.h"
#include "libprospect/values/duration.h"

enum { LENGTH = 3 * 3600, GAP = 45 * 60, DAY = 86400, MOST_DAYS = 3660 };

/* Rules of French law for consumers, as a limit for everybody. */
enum { TOUCHES = 4, TOUCHES_DAYS = 30 };

/* The keys of the file that are ours. */
struct file {
	const struct psp_node *session, *outcomes, *ratios, *targets, *advice;
	const struct psp_node *reasons, *pressure;
	const struct psp_node *effort;
};

static const struct psp_key file_keys[] = {
	PSP_KEY("session", PSP_KEY_MAP, struct file, session),
	PSP_KEY("outcomes", PSP_KEY_MAP, struct file, outcomes),
	PSP_KEY("ratios", PSP_KEY_MAP, struct file, ratios),
	PSP_KEY("targets", PSP_KEY_MAP, struct file, targets),
	PSP_KEY("advice", PSP_KEY_LIST, struct file, advice),
	PSP_KEY("reasons", PSP_KEY_MAP, struct file, reasons),
	PSP_KEY("pressure", PSP_KEY_MAP, struct file, pressure),
	PSP_KEY("effort", PSP_KEY_MAP, struct file, effort),
	PSP_KEY_END,
};

struct reading {
	struct psp_call_model *model;
	struct psp_problems *problems;
	struct psp_error *err;
};

/* A length of time of a day at most, in seconds. */
static bool
read_seconds(const struct reading *reading, const struct psp_node *node,
    int64_t *seconds)
{
	struct psp_duration duration;

	if (node == NULL)
		return true;
	if (node->kind == PSP_NODE_SCALAR
	    && psp_duration_read(node->text, &duration) && duration.months == 0
	    && duration.days <= 1 && duration.seconds > 0
	    && duration.seconds <= DAY) {
		*seconds = duration.seconds + (int64_t)duration.days * DAY;
		return true;
	}
	return psp_node_problem(node, reading->problems,
	    "'%.*s': a length of time up to a day expected, such as 3h or "
	    "45min",
	    PSP_SLICE_ARGS(node->key));
}

/* `{length: 3h, detect: gap, gap: 45min, column: session}` */
static bool
read_session(const struct reading *reading, const struct psp_node *map)
{
	struct written {
		const struct psp_node *length, *gap;
		int detect;
		struct psp_slice column;
	} written = { NULL, NULL, 0, { NULL, 0 } };
	static const char *const ways[] = { "gap", "day", NULL };
	static const struct psp_key keys[] = {
		PSP_KEY("length", PSP_KEY_NODE, struct written, length),
		PSP_KEY_OF("detect", struct written, detect, ways),
		PSP_KEY("gap", PSP_KEY_NODE, struct written, gap),
		PSP_KEY("column", PSP_KEY_TEXT, struct written, column),
		PSP_KEY_END,
	};
	struct psp_call_model *model = reading->model;
	bool is_good;

	if (!psp_settings_read(
		map, "'session'", keys, NULL, &written, reading->problems))
		return false;
	model->by_gap = written.detect == 0;
	model->session_column = written.column;
	is_good = read_seconds(reading, written.length, &model->session_length);
	return read_seconds(reading, written.gap, &model->session_gap)
	       && is_good;
}

static bool
read_codes(const struct reading *reading, const struct psp_node *list,
    struct psp_slices *codes)
{
	struct psp_slice *items;
	size_t n = 0;

	if (list == NULL)
		return true;
	items = psp_arena_array(&reading->model->arena, list->n_children + 1,
	    sizeof(*items), reading->err);
	if (items == NULL)
		return false;
	for (const struct psp_node *node = list->first; node != NULL;
	     node = node->next) {
		if (node->kind != PSP_NODE_SCALAR)
			return psp_node_problem(node, reading->problems,
			    "a reason expected, as the log writes it, found "
			    "%s",
			    psp_node_kind_name(node));
		items[n++] = node->text;
	}
	codes->items = items;
	codes->n = n;
	return true;
}

/* `{refusal: [budget, timing], appointment: [need, price]}` */
static bool
read_reasons(const struct reading *reading, const struct psp_node *map)
{
	struct written {
		const struct psp_node *refusal, *appointment;
	} written = { NULL, NULL };
	static const struct psp_key keys[] = {
		PSP_KEY("refusal", PSP_KEY_LIST, struct written, refusal),
		PSP_KEY(
		    "appointment", PSP_KEY_LIST, struct written, appointment),
		PSP_KEY_END,
	};
	struct psp_slices *reasons = reading->model->reasons;

	return psp_settings_read(
		   map, "'reasons'", keys, NULL, &written, reading->problems)
	       && read_codes(
		   reading, written.refusal, &reasons[PSP_REASONS_REFUSAL])
	       && read_codes(reading, written.appointment,
		   &reasons[PSP_REASONS_APPOINTMENT]);
}

/* `{per: 30 days, max: 4, min: 1}` */
static bool
read_pressure(const struct reading *reading, const struct psp_node *map)
{
	struct written {
		struct psp_slice per;
		int64_t min, max;
	} written = { { NULL, 0 }, 0, TOUCHES };
	static const struct psp_key keys[] = {
		PSP_KEY("per", PSP_KEY_TEXT, struct written, per),
		PSP_KEY("min", PSP_KEY_INTEGER, struct written, min),
		PSP_KEY("max", PSP_KEY_INTEGER, struct written, max),
		PSP_KEY_END,
	};
	struct psp_pressure_rule *rule = &reading->model->pressure;
	struct psp_duration duration = { 0, TOUCHES_DAYS, 0 };

	if (!psp_settings_read(
		map, "'pressure'", keys, NULL, &written, reading->problems))
		return false;
	if (written.per.size > 0
	    && (!psp_duration_read(written.per, &duration)
		|| duration.months != 0 || duration.days < 1
		|| duration.days > MOST_DAYS))
		return psp_node_problem(psp_node_get(map, "per"),
		    reading->problems,
		    "'per': a number of days expected, such as 30 days");
	if (written.max < 0 || written.min < 0 || written.min > written.max)
		return psp_node_problem(map, reading->problems,
		    "'min' and 'max' are numbers of calls, the first not over "
		    "the second");
	rule->days = duration.days;
	rule->min = written.min;
	rule->max = written.max;
	return true;
}

/* `{appointment: rdv, quote: devis, signature: client}` */
static bool
read_effort(const struct reading *reading, const struct psp_node *map)
{
	static const struct psp_key keys[] = {
		PSP_KEY("appointment", PSP_KEY_TEXT, struct psp_goal_stages,
		    appointment),
		PSP_KEY("quote", PSP_KEY_TEXT, struct psp_goal_stages, quote),
		PSP_KEY("signature", PSP_KEY_TEXT, struct psp_goal_stages,
		    signature),
		PSP_KEY_END,
	};
	struct psp_goal_stages *goals = &reading->model->goals;

	goals->appointment = psp_slice_of("rdv");
	goals->quote = psp_slice_of("devis");
	goals->signature = psp_slice_of("client");
	return psp_settings_read(
	    map, "'effort'", keys, NULL, goals, reading->problems);
}

static bool
read_model(
    const struct reading *reading, const struct file *file, int32_t today)
{
	struct psp_call_model *model = reading->model;
	struct psp_problems *problems = reading->problems;
	bool is_good;

	is_good = read_session(reading, file->session);
	is_good = psp_outcomes_init(
		      &model->outcomes, file->outcomes, problems, reading->err)
	          && is_good;
	is_good = psp_ratios_init(&model->ratios, file->ratios, file->targets,
		      problems, reading->err)
	          && is_good;
	is_good = read_reasons(reading, file->reasons) && is_good;
	is_good = read_pressure(reading, file->pressure) && is_good;
	is_good = read_effort(reading, file->effort) && is_good;
	if (reading->err->status != PSP_OK)
		return false;
	return psp_advice_init(&model->advice, file->advice, &model->ratios,
		   today, problems, reading->err)
	       && is_good;
}

struct psp_call_model *
psp_call_model_new(const struct psp_node *root, struct psp_schema *schema,
    int32_t today, struct psp_problems *problems, struct psp_error *err)
{
	struct psp_call_model *model = calloc(1, sizeof(*model));
	const struct reading reading = { model, problems, err };
	struct psp_file_keys common;
	struct file file = { .session = NULL };
	bool is_good;

	if (model == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	psp_arena_init(&model->arena);
	model->session_length = LENGTH;
	model->session_gap = GAP;
	is_good = psp_file_read(
	    root, "call settings", file_keys, &file, &common, problems);
	is_good = psp_schema_add_columns(schema, common.columns, problems, err)
	          && is_good;
	is_good = psp_schema_add_fields(schema, common.fields, problems, err)
	          && is_good;
	is_good = err->status == PSP_OK && read_model(&reading, &file, today)
	          && is_good;
	if (is_good)
		return model;
	psp_call_model_free(model);
	return NULL;
}

void
psp_call_model_free(struct psp_call_model *model)
{
	if (model == NULL)
		return;
	psp_advice_clear(&model->advice);
	psp_ratios_clear(&model->ratios);
	psp_outcomes_clear(&model->outcomes);
	psp_arena_clear(&model->arena);
	free(model);
}
