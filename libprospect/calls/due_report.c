/*
 * The report `due`: whom to call again, by date. A person is due when its last
 * call was to be repeated (a callback, a refusal with a follow-up) or agreed on
 * a date; those who asked not to be called, left or were the wrong ones are
 * not. With --by it stands in the group of its last call.
 */
#include <config.h>

#include <stdlib.h>

#include "libprospect/base/catalog.h"
#include "libprospect/calls/call_reports.h"
#include "libprospect/values/clock.h"

static const struct psp_report_column columns[] = {
	{ N_("due"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("until"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("overdue_days"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
	{ N_("company"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("contact"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("agent"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("outcome"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("last_call"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("attempts"), PSP_REPORT_COUNT, PSP_REPORT_ALL, 0 },
};

static const psp_marks wanted =
    PSP_MARK_BIT(PSP_MARK_CALLBACK) | PSP_MARK_BIT(PSP_MARK_FOLLOW_UP);
static const psp_marks unwanted =
    PSP_MARK_BIT(PSP_MARK_DO_NOT_CALL) | PSP_MARK_BIT(PSP_MARK_BAD_NUMBER)
    | PSP_MARK_BIT(PSP_MARK_STALE_CONTACT) | PSP_MARK_BIT(PSP_MARK_OFF_TARGET);

static bool
plan_due(struct psp_log_plan *plan, struct psp_problems *problems)
{
	if (!plan->knows_persons)
		return psp_call_columns_need(&plan->columns, PSP_CALL_COMPANY,
		    N_("the report 'due'"), problems);
	psp_log_plan_cube(plan, NULL, 0, 0);
	plan->parts |= PSP_LOG_DUE;
	return true;
}

/* A person that is due, and what orders it. */
struct entry {
	const struct psp_person *person;
	const uint32_t *key;
	size_t rank; /* of its group */
};

/* By group and date, those without one last; then who waits longest. */
static int
by_date(const void *a, const void *b)
{
	size_t x_rank = ((const struct entry *)a)->rank;
	size_t y_rank = ((const struct entry *)b)->rank;
	const struct psp_due *x = &((const struct entry *)a)->person->due;
	const struct psp_due *y = &((const struct entry *)b)->person->due;
	bool x_open = x->next == PSP_NO_DAY, y_open = y->next == PSP_NO_DAY;

	if (x_rank != y_rank)
		return x_rank < y_rank ? -1 : 1;
	if (x_open != y_open)
		return x_open ? 1 : -1;
	if (x->next != y->next)
		return x->next < y->next ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return memcmp(((const struct entry *)a)->key,
	    ((const struct entry *)b)->key,
	    PSP_PERSON_WORDS * sizeof(uint32_t));
}

static void
put_text(struct psp_report *report, struct psp_slice text)
{
	if (text.size > 0)
		psp_report_text(report, text);
	else
		psp_report_unknown(report);
}

static void
put_entry(const struct psp_call_view *view, const struct entry *entry,
    struct psp_report *report)
{
	const struct psp_due *due = &entry->person->due;
	const struct psp_slice *texts = view->log->symbols.texts;
	int32_t today = view->plan->today;

	if (due->next != PSP_NO_DAY) {
		psp_report_day(report, due->next);
		psp_report_day(report, due->next_last);
		psp_report_count(report, due->next_last < today
					     ? (size_t)(today - due->next_last)
					     : 0);
	} else {
		psp_report_unknown(report);
		psp_report_unknown(report);
		psp_report_unknown(report);
	}
	put_text(report, texts[due->company]);
	put_text(report, texts[due->contact]);
	put_text(report, texts[due->agent]);
	put_text(report, view->model->outcomes.items[due->slot / 2].code);
	if (due->at != PSP_NO_TIME)
		psp_report_day(
		    report, (int32_t)(due->at / PSP_SECONDS_PER_DAY
				      - (due->at % PSP_SECONDS_PER_DAY < 0)));
	else
		psp_report_unknown(report);
	psp_report_count(report, entry->person->attempts.n);
}

/* Those who are due; `ranks` are those of the groups. */
static size_t
find_due(const struct psp_call_view *view, const size_t *ranks,
    struct entry *entries)
{
	const struct psp_people *people = &view->log->people;
	const struct psp_outcomes *outcomes = &view->model->outcomes;
	size_t n = 0;

	for (size_t i = 0; i < people->keys.n; i++) {
		const struct psp_due *due = &people->items[i].due;
		psp_marks marks =
		    outcomes->items[due->slot / 2].marks[due->slot % 2];

		if (marks & unwanted
		    || (!(marks & wanted) && due->next == PSP_NO_DAY))
			continue;
		entries[n].person = &people->items[i];
		entries[n].key = psp_keys_get(&people->keys, i);
		entries[n++].rank = ranks[due->group];
	}
	if (n > 1)
		qsort(entries, n, sizeof(*entries), by_date);
	return n;
}

static bool
fill(const struct psp_call_view *view, const struct psp_totals *groups,
    struct psp_report *report, struct psp_error *err)
{
	const struct psp_people *people = &view->log->people;
	struct entry *entries = calloc(people->keys.n + 1, sizeof(*entries));
	size_t *ranks = psp_totals_ranks(groups, err);
	bool is_done =
	    ranks != NULL && (entries != NULL || psp_error_memory(err));
	size_t n = is_done ? find_due(view, ranks, entries) : 0;

	for (size_t i = 0; is_done && i < n; i++) {
		is_done = psp_view_put_by(view, report,
		    psp_totals_ids(groups, entries[i].person->due.group), err);
		if (is_done)
			put_entry(view, &entries[i], report);
	}
	if (is_done && people->n_unknown > 0)
		psp_report_remark(report,
		    "%zu calls of nobody known are left out",
		    people->n_unknown);
	free(entries);
	free(ranks);
	return is_done;
}

static struct psp_report *
make_due(
    const struct psp_call_view *view, bool *has_findings, struct psp_error *err)
{
	(void)has_findings;
	return psp_view_make(view, "prospect-ratios/due/1", columns,
	    sizeof(columns) / sizeof(columns[0]), 0, SIZE_MAX, fill, err);
}

const struct psp_call_report psp_due_report = {
	.name = "due",
	.uses_today = true,
	.plan = plan_due,
	.make = make_due,
};
