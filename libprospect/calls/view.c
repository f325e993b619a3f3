/* What the reports on calls share; see call_reports.h. */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"

enum { SECONDS_PER_HOUR = 3600, LEVEL_DECIMALS = 2 };

struct psp_report *
psp_view_report(const struct psp_call_view *view, const char *schema,
    const struct psp_report_column *columns, size_t n_columns,
    struct psp_error *err)
{
	size_t n_by = view->plan->n_by;
	struct psp_report_column *all =
	    psp_arena_array(view->arena, n_by + n_columns, sizeof(*all), err);

	if (all == NULL)
		return NULL;
	for (size_t i = 0; i < n_by; i++) {
		const char *name =
		    psp_arena_copy(view->arena, view->plan->dims[i].name, err);

		if (name == NULL)
			return NULL;
		all[i].name = name;
	}
	memcpy(all + n_by, columns, n_columns * sizeof(*all));
	return psp_report_new(schema, all, n_by + n_columns, err);
}

struct psp_report *
psp_view_make(const struct psp_call_view *view, const char *schema,
    const struct psp_report_column *columns, size_t n_columns, size_t cube,
    size_t sessions, psp_view_fill_fn *fill, struct psp_error *err)
{
	struct psp_report *report =
	    psp_view_report(view, schema, columns, n_columns, err);
	struct psp_totals totals = { .log = NULL };
	bool is_done;

	is_done = report != NULL
	          && psp_totals_init(
		      &totals, view->log, view->plan, cube, sessions, err)
	          && fill(view, &totals, report, err);
	psp_totals_clear(&totals);
	if (is_done)
		return report;
	psp_report_free(report);
	return NULL;
}

bool
psp_view_put_by(const struct psp_call_view *view, struct psp_report *report,
    const uint32_t *ids, struct psp_error *err)
{
	struct psp_buffer text;
	bool is_done = true;

	psp_buffer_init(&text);
	for (size_t i = 0; is_done && i < view->plan->n_by; i++) {
		text.size = 0;
		is_done =
		    psp_dim_put(view->log, view->plan, i, ids[i], &text, err);
		if (text.size > 0)
			psp_report_text(report, psp_buffer_content(&text));
		else
			psp_report_unknown(report);
	}
	psp_buffer_clear(&text);
	return is_done;
}

const char *
psp_view_group(const struct psp_call_view *view, const uint32_t *ids,
    struct psp_error *err)
{
	struct psp_buffer text;
	const char *copy = NULL;
	size_t n = view->plan->n_by;
	bool is_done = true;

	psp_buffer_init(&text);
	for (size_t i = 0; is_done && i < n; i++) {
		size_t start = text.size;

		is_done =
		    psp_dim_put(view->log, view->plan, i, ids[i], &text, err);
		if (is_done && text.size == start)
			is_done = psp_buffer_put(&text, '-', err);
		is_done = is_done
		          && psp_buffer_slice(&text,
			      psp_slice_of(i + 1 < n ? ", " : ": "), err);
	}
	if (is_done)
		copy =
		    psp_arena_copy(view->arena, psp_buffer_content(&text), err);
	psp_buffer_clear(&text);
	return copy;
}

struct psp_interval
psp_ratio_interval(
    const struct psp_ratio *ratio, const struct psp_fraction *fraction)
{
	struct psp_interval none = { false, 0, 0 };

	switch (ratio->per) {
	case PSP_PER_HOUR:
		return psp_garwood(fraction->num,
		    (double)fraction->seconds / SECONDS_PER_HOUR);
	case PSP_PER_MARK:
		return psp_wilson(fraction->num, fraction->den);
	case PSP_PER_SESSION:
		break;
	}
	return none;
}

void
psp_view_put_share(struct psp_report *report, size_t n_yes, size_t n)
{
	struct psp_interval interval = psp_wilson(n_yes, n);

	psp_report_share(report, n_yes, n);
	psp_report_interval(report, &interval, true, 0);
}

void
psp_view_put_ratio(struct psp_report *report, const struct psp_ratio *ratio,
    const struct psp_fraction *fraction)
{
	struct psp_interval interval = psp_ratio_interval(ratio, fraction);

	psp_report_count(report, fraction->num);
	if (ratio->per != PSP_PER_HOUR)
		psp_report_count(report, fraction->den);
	else if (fraction->seconds > 0)
		psp_report_number(
		    report, (double)fraction->seconds / SECONDS_PER_HOUR);
	else
		psp_report_unknown(report);
	if (ratio->per == PSP_PER_MARK)
		psp_report_share(report, fraction->num, fraction->den);
	else
		psp_report_number(report, psp_fraction_value(ratio, fraction));
	psp_report_interval(
	    report, &interval, ratio->per == PSP_PER_MARK, LEVEL_DECIMALS);
}
