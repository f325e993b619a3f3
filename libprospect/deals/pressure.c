/*
 * pressure: how often open deals are touched, against what their stage asks
 * for: who is worked too little, and who is asked too often.
 */
#include <config.h>

#include <math.h>
#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/reports.h"
#include "libprospect/deals/sums.h"
#include "libprospect/deals/touches.h"

static const struct psp_report_column columns[] = {
	{ N_("deals"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("touches"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("mean"), PSP_REPORT_NUMBER, PSP_REPORT_ALL, 2 },
	{ N_("under"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("within"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("over"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("under_share"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
	{ N_("over_share"), PSP_REPORT_RATE, PSP_REPORT_ALL, 0 },
};

struct worked {
	size_t n, n_touches, n_under, n_over;
};

struct pressing {
	struct psp_inquiry *inquiry;
	struct psp_grouping grouping;
	struct worked *all; /* by group */
	size_t n_ready, capacity;
	uint32_t *counts; /* touches by deal */
	struct psp_error *err;
};

static bool
grow(struct pressing *p)
{
	size_t n = p->grouping.n;
	struct worked *items = psp_array_reserve(
	    p->all, &p->capacity, n + 1, sizeof(*items), p->err);

	if (items == NULL)
		return false;
	p->all = items;
	for (; p->n_ready < n; p->n_ready++)
		memset(&items[p->n_ready], 0, sizeof(*items));
	return true;
}

static bool
add_deal(struct pressing *p, size_t index)
{
	const struct psp_book *book = &p->inquiry->book;
	const struct psp_deal *deal = &book->deals[index];
	const struct psp_touches *asked;
	const char *where = "within";
	const size_t *groups;
	size_t n;

	if (deal->stage >= book->handbook->n_stages
	    || psp_deal_state(book, deal) == PSP_STATE_LOST)
		return true;
	asked = &book->handbook->stages[deal->stage].touches;
	if (!asked->is_there)
		return true;
	if (!psp_grouping_put(&p->grouping, deal, &groups, &n, p->err)
	    || !grow(p))
		return false;
	if (p->counts[index] < asked->min)
		where = "under";
	else if (p->counts[index] > asked->max)
		where = "over";
	for (size_t i = 0; i < n; i++) {
		struct worked *worked = &p->all[groups[i]];

		worked->n++;
		worked->n_touches += p->counts[index];
		worked->n_under += where[0] == 'u';
		worked->n_over += where[0] == 'o';
		psp_inquiry_count_in(
		    p->inquiry, index, &p->grouping, groups[i], "deals");
		psp_inquiry_count_in(
		    p->inquiry, index, &p->grouping, groups[i], where);
	}
	return true;
}

static bool
put_rows(struct pressing *p)
{
	struct psp_report *report = p->inquiry->report;
	size_t *order = calloc(p->grouping.n + 1, sizeof(*order));
	bool is_put = order != NULL || psp_error_memory(p->err);

	is_put = is_put && psp_grouping_order(&p->grouping, order, p->err);
	for (size_t i = 0; is_put && i < p->grouping.n; i++) {
		const struct worked *worked = &p->all[order[i]];

		psp_inquiry_put_group(
		    p->inquiry, &p->grouping, order[i], psp_slice("", 0));
		psp_report_count(report, worked->n);
		psp_report_count(report, worked->n_touches);
		psp_report_number(
		    report, worked->n > 0
				? (double)worked->n_touches / (double)worked->n
				: NAN);
		psp_report_count(report, worked->n_under);
		psp_report_count(
		    report, worked->n - worked->n_under - worked->n_over);
		psp_report_count(report, worked->n_over);
		psp_report_share(report, worked->n_under, worked->n);
		psp_report_share(report, worked->n_over, worked->n);
	}
	free(order);
	return is_put;
}

static void
free_sums(void *sums)
{
	struct pressing *p = sums;

	if (p == NULL)
		return;
	free(p->all);
	free(p->counts);
	psp_grouping_clear(&p->grouping);
	free(p);
}

static void *
new_sums(struct psp_inquiry *inquiry, struct psp_error *err)
{
	struct pressing *p = calloc(1, sizeof(*p));

	if (p == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	p->inquiry = inquiry;
	p->err = err;
	psp_grouping_init(&p->grouping, &inquiry->book, inquiry->options.by,
	    inquiry->options.n_by);
	if (grow(p))
		return p;
	free_sums(p);
	return NULL;
}

static bool
collect(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	const struct psp_inquiry_options *options = &inquiry->options;
	struct pressing *p = sums;
	struct psp_touch_faults faults;

	p->err = err;
	p->counts = calloc(inquiry->book.n + 1, sizeof(*p->counts));
	if (p->counts == NULL)
		return psp_error_memory(err);
	if (!psp_touches_count(options->touches, &inquiry->book, options->today,
		&options->side->reader, p->counts, &faults, err))
		return false;
	psp_touches_note(
	    &faults, options->touches, options->is_partial, &options->notes);
	for (size_t i = 0; i < inquiry->book.n; i++)
		if (!add_deal(p, i))
			return false;
	return true;
}

static void
write_sums(const struct psp_inquiry *inquiry, const void *sums,
    struct psp_partial *partial)
{
	const struct pressing *p = sums;

	(void)inquiry;
	for (size_t i = 0; i < p->grouping.n; i++) {
		const struct worked *worked = &p->all[i];

		psp_partial_line(partial, "group");
		psp_group_write(&p->grouping, i, partial);
		psp_partial_number(partial, (int64_t)worked->n);
		psp_partial_number(partial, (int64_t)worked->n_touches);
		psp_partial_number(partial, (int64_t)worked->n_under);
		psp_partial_number(partial, (int64_t)worked->n_over);
	}
}

static bool
read_sums(struct psp_inquiry *inquiry, void *sums,
    struct psp_partial_reader *reader, struct psp_error *err)
{
	struct pressing *p = sums;
	struct worked *worked;
	size_t group;

	p->err = err;
	if (!psp_partial_is(reader, "group"))
		return psp_partial_refuse(reader, err);
	if (!psp_group_read(inquiry, &p->grouping, reader, &group, err)
	    || !grow(p))
		return false;
	worked = &p->all[group];
	return psp_partial_add_count(reader, &worked->n, err)
	       && psp_partial_add_count(reader, &worked->n_touches, err)
	       && psp_partial_add_count(reader, &worked->n_under, err)
	       && psp_partial_add_count(reader, &worked->n_over, err);
}

static bool
show(struct psp_inquiry *inquiry, void *sums, struct psp_error *err)
{
	struct pressing *p = sums;

	p->err = err;
	if (!put_rows(p))
		return false;
	if (p->grouping.n == 0)
		psp_report_remark(
		    inquiry->report, "no deal is in a stage with 'touches:'");
	return true;
}

static const struct psp_summing summing = {
	.new_sums = new_sums,
	.free_sums = free_sums,
	.collect = collect,
	.write = write_sums,
	.read = read_sums,
	.show = show,
};

const struct psp_inquiry_form psp_form_pressure = {
	.name = "pressure",
	.schema = "prospect-pipeline/pressure/1",
	.columns = columns,
	.n_columns = sizeof(columns) / sizeof(columns[0]),
	.countable = "deals under within over",
	.needs = PSP_FACT_BIT(PSP_FACT_SIREN),
	.is_grouped = true,
	.by = PSP_BY_STAGE,
	.allows_currencies = true,
	.summing = &summing,
};
