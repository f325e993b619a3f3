/* Words for a score; see the header. */
#include <config.h>

#include "libprospect/scoring/reasons.h"

#include "libprospect/values/date.h"

enum { POINTS_SCALE = 100 };

size_t
psp_points_format(int64_t points, bool is_signed, char *text)
{
	size_t sign = is_signed && points > 0 ? 1 : 0;

	text[0] = '+';
	/* Most are whole and below 100. */
	if (points >= 0 && points < 100 * POINTS_SCALE
	    && points % POINTS_SCALE == 0) {
		unsigned whole = (unsigned)points / POINTS_SCALE;
		size_t n = sign;

		if (whole >= 10)
			text[n++] = (char)('0' + whole / 10);
		text[n++] = (char)('0' + whole % 10);
		return n;
	}
	return sign + psp_decimal_format(points, POINTS_SCALE, text + sign);
}

/* Sorts the rules that gave or took points; insertion keeps equal ones in
 * written order. */
static size_t
sort_rules(
    const struct psp_model *model, const struct psp_score *score, size_t *order)
{
	size_t n = 0;

	for (size_t i = 0; i < model->n_rules; i++) {
		size_t at = n;

		if (score->rules[i].points == 0)
			continue;
		for (; at > 0
		       && score->rules[order[at - 1]].points
			      < score->rules[i].points;
		     at--)
			order[at] = order[at - 1];
		order[at] = i;
		n++;
	}
	return n;
}

bool
psp_reasons_put(const struct psp_score_plan *plan,
    const struct psp_score *score, size_t *order, struct psp_buffer *out,
    struct psp_error *err)
{
	const struct psp_model *model = plan->model;
	size_t n = sort_rules(model, score, order);
	char digits[PSP_POINTS_SIZE];
	size_t size;

	out->size = 0;
	if (score->disqualified_by != SIZE_MAX
	    && !psp_buffer_slice(
		out, model->disqualifiers[score->disqualified_by].because, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct psp_rule *rule = plan->rules[order[i]].rule;

		size = psp_points_format(
		    score->rules[order[i]].points, true, digits);
		if ((out->size > 0 && !psp_buffer_append(out, "; ", 2, err))
		    || !psp_buffer_slice(out, rule->because, err)
		    || !psp_buffer_put(out, ' ', err)
		    || !psp_buffer_append(out, digits, size, err))
			return false;
	}
	return true;
}

/* What a signal gives by all rules of its code, caps apart. */
static int64_t
add_rules(const struct psp_model *model, const struct psp_signal *signal)
{
	struct psp_decay decay;
	int64_t points = 0;

	for (size_t i = 0; i < model->n_groups; i++)
		for (size_t j = 0; j < model->groups[i].n_rules; j++) {
			const struct psp_rule *rule =
			    &model->groups[i].rules[j];

			if (rule->kind == PSP_RULE_SIGNAL
			    && rule->code == signal->code)
				points += psp_signal_points(rule, signal,
				    model->terms->rules.today, &decay);
		}
	return points;
}

bool
psp_context_put(const struct psp_score_plan *plan,
    const struct psp_score *score, struct psp_buffer *out,
    struct psp_error *err)
{
	const struct psp_model *model = plan->model;
	const struct psp_signal *best = NULL;
	int64_t most = 0, points;
	char date[16];

	out->size = 0;
	for (size_t i = 0; i < score->n_signals; i++) {
		points = add_rules(model, &score->signals[i]);
		if (points < 0 || (best != NULL && points <= most))
			continue;
		best = &score->signals[i];
		most = points;
	}
	if (best == NULL)
		return true;
	psp_date_format(best->date, date);
	return psp_buffer_slice(out,
		   best->title.size > 0 ? best->title
					: model->terms->codes.names[best->code],
		   err)
	       && psp_buffer_format(out, err, " (%s", date)
	       && (best->source.size == 0
		   || (psp_buffer_append(out, ", ", 2, err)
		       && psp_buffer_slice(out, best->source, err)))
	       && psp_buffer_put(out, ')', err);
}
