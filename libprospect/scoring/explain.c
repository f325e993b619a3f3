/* Explaining a score; see the header. */
#include <config.h>

#include "libprospect/scoring/explain.h"

#include "libprospect/base/catalog.h"
#include "libprospect/scoring/reasons.h"
#include "libprospect/values/date.h"

enum {
	KEY,
	SCORE,
	GROUP,
	RULE,
	VALUE,
	RAW,
	DECAY,
	CAP,
	POINTS,
	BECAUSE,
	N_CELLS
};

enum { DECAY_SCALE = 10000, STRENGTH_SCALE = 1000000 };

/* A line being made, and the digits that its cells point to. */
struct line {
	struct psp_cell cells[N_CELLS];
	char digits[N_CELLS][PSP_POINTS_SIZE];
	char date[16];
	struct psp_rows *rows;
	size_t n; /* lines of the record so far */
};

struct psp_slices
psp_explain_cells(void)
{
	static const struct psp_slice names[N_CELLS] = { { N_("key"), 3 },
		{ N_("score"), 5 }, { N_("group"), 5 }, { N_("rule"), 4 },
		{ N_("value"), 5 }, { N_("raw"), 3 }, { N_("decay"), 5 },
		{ N_("cap"), 3 }, { N_("points"), 6 }, { N_("because"), 7 } };
	struct psp_slices cells = { names, N_CELLS };

	return cells;
}

static void
set_text(struct line *line, size_t cell, struct psp_slice text)
{
	line->cells[cell].kind = PSP_CELL_TEXT;
	line->cells[cell].text = text;
}

static void
set_number(struct line *line, size_t cell, int64_t value, int64_t scale)
{
	size_t size = psp_decimal_format(value, scale, line->digits[cell]);

	line->cells[cell].kind = PSP_CELL_NUMBER;
	line->cells[cell].text = psp_slice(line->digits[cell], size);
}

static void
set_points(struct line *line, size_t cell, int64_t points)
{
	set_number(line, cell, points, 100);
}

/* Begins a line: all but key and score is unknown. */
static void
begin(struct line *line, struct psp_slice group, struct psp_slice rule,
    struct psp_slice because)
{
	for (size_t i = GROUP; i < N_CELLS; i++)
		line->cells[i].kind = PSP_CELL_NULL;
	set_text(line, GROUP, group);
	set_text(line, RULE, rule);
	set_text(line, BECAUSE, because);
}

static bool
end(struct line *line, struct psp_error *err)
{
	line->n++;
	return psp_rows_put(line->rows, NULL, line->cells, err);
}

static int64_t
round_strength(int64_t points, int64_t strength)
{
	struct psp_decay none = psp_decay_of(0, 0);

	return psp_decay_apply(points, strength, none);
}

/* A line for each occurrence of the rule's signal. */
static bool
put_occurrences(struct line *line, const struct psp_rule *rule,
    struct psp_slice group, const struct psp_score *score, int32_t today,
    struct psp_error *err)
{
	const struct psp_signal *signal;
	struct psp_decay decay;
	int64_t given = 0, points;
	size_t at = 0;

	while (
	    (signal = psp_signal_next(rule, score, today, &at, &given, &points))
	    != NULL) {
		begin(line, group, rule->name, rule->because);
		psp_date_format(signal->date, line->date);
		set_text(line, VALUE, psp_slice_of(line->date));
		set_points(
		    line, RAW, round_strength(rule->points, signal->strength));
		decay = psp_decay_of(today - signal->date, rule->half_life);
		set_number(line, DECAY, psp_decay_shown(decay), DECAY_SCALE);
		if (rule->cap != PSP_POINTS_NONE)
			set_points(line, CAP, rule->cap);
		set_points(line, POINTS, points);
		if (!end(line, err))
			return false;
	}
	return true;
}

static bool
put_rule(struct line *line, const struct psp_bound_rule *bound,
    struct psp_slice group, struct psp_evaluation *evaluation,
    const struct psp_score *score, size_t number, int32_t today,
    struct psp_error *err)
{
	const struct psp_outcome *outcome = &score->rules[number];
	const struct psp_rule *rule = bound->rule;

	if (rule->kind == PSP_RULE_SIGNAL && outcome->is_known)
		return put_occurrences(line, rule, group, score, today, err);
	if (outcome->is_known && outcome->points == 0)
		return true;
	begin(line, group, rule->name, rule->because);
	if (rule->kind == PSP_RULE_BINS || rule->kind == PSP_RULE_MAP)
		set_text(line, VALUE, psp_field_text(evaluation, bound->field));
	else if (rule->kind == PSP_RULE_WHEN)
		set_text(line, VALUE,
		    psp_slice_of(!outcome->is_known                ? "unknown"
				 : outcome->points == rule->points ? "true"
								   : "false"));
	if (outcome->is_known || outcome->points != 0)
		set_points(line, RAW, outcome->points);
	set_points(line, POINTS, outcome->points);
	return end(line, err);
}

/* What a bound took or gave; no line when nothing. */
static bool
put_cut(struct line *line, struct psp_slice group, int64_t before,
    int64_t after, struct psp_error *err)
{
	bool is_max = after < before;

	if (before == after)
		return true;
	begin(line, group, psp_slice_of(is_max ? "max" : "min"),
	    psp_slice_of(group.size > 0
			     ? (is_max ? _("group cut at its max")
				       : _("group raised to its min"))
			     : (is_max ? _("score cut at its max")
				       : _("score raised to its min"))));
	set_points(line, RAW, before);
	set_points(line, CAP, after);
	set_points(line, POINTS, after - before);
	return end(line, err);
}

static bool
put_disqualifier(struct line *line, const struct psp_model *model,
    const struct psp_score *score, struct psp_error *err)
{
	struct psp_slice because;

	if (score->disqualified_by == SIZE_MAX)
		return true;
	because = model->disqualifiers[score->disqualified_by].because;
	begin(line, psp_slice(NULL, 0), psp_slice_of("disqualify"), because);
	set_text(line, VALUE, psp_slice_of("true"));
	set_points(line, POINTS, score->total - score->cut);
	return end(line, err);
}

bool
psp_explain_put(const struct psp_score_plan *plan,
    struct psp_evaluation *evaluation, struct psp_record *record,
    const struct psp_score *score, struct psp_rows *rows, struct psp_error *err)
{
	const struct psp_model *model = plan->model;
	struct psp_slice none = { NULL, 0 };
	struct line line = { .rows = rows };

	set_text(&line, KEY, psp_record_text(record, plan->key.index));
	set_points(&line, SCORE, score->total);
	for (size_t i = 0; i < model->n_groups; i++) {
		const struct psp_group *group = &model->groups[i];

		for (size_t j = 0; j < group->n_rules; j++) {
			size_t n = group->first_rule + j;

			if (!put_rule(&line, &plan->rules[n], group->name,
				evaluation, score, n, model->terms->rules.today,
				err))
				return false;
		}
		if (!put_cut(&line, group->name, score->sums[i],
			score->groups[i], err))
			return false;
	}
	if (!put_cut(&line, none, score->sum, score->cut, err)
	    || !put_disqualifier(&line, model, score, err))
		return false;
	if (line.n > 0)
		return true;
	begin(&line, none, none, psp_slice_of(_("no rule gave points")));
	set_points(&line, POINTS, 0);
	return end(&line, err);
}
