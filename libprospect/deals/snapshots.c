/* Comparing snapshots; see the header. */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/snapshots.h"

#include <stdlib.h>

#include "libprospect/deals/intake.h"
#include "libprospect/values/date.h"

static const struct psp_report_column columns[] = {
	{ N_("deal"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("date"), PSP_REPORT_DAY, PSP_REPORT_ALL, 0 },
	{ N_("from"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("to"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("amount"), PSP_REPORT_MONEY, PSP_REPORT_ALL, 0 },
	{ N_("owner"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("family"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
	{ N_("reason"), PSP_REPORT_TEXT, PSP_REPORT_ALL, 0 },
};

/* A deal on a day: a record of a snapshot. */
struct sight {
	uint32_t deal;  /* numbered by first sight */
	uint32_t index; /* of the record, in the book */
	int32_t date;
	uint32_t before; /* record of the sight before; UINT32_MAX: none */
};

struct comparing {
	bool only_binds; /* headers are looked at, and no record */
	const struct psp_handbook *handbook;
	struct psp_book book; /* all records, each for itself */
	struct psp_labels deals;
	struct sight *sights;
	size_t n, capacity;
	size_t n_repeats;
	struct psp_buffer scratch;
	struct psp_problems *problems;
	struct psp_error *err;
};

/* The last day written in a file's name: 2026-03-31 or 20260331. */
static bool
day_of_name(const char *path, int32_t *day)
{
	const char *slash = strrchr(path, '/');
	struct psp_slice name = psp_slice_of(slash != NULL ? slash + 1 : path);
	static const size_t sizes[] = { 10, 8 };
	bool is_found = false;

	for (size_t i = 0; i < name.size; i++)
		for (size_t j = 0; j < 2; j++) {
			struct psp_slice part =
			    psp_slice(name.bytes + i, sizes[j]);
			enum psp_date_precision precision;
			struct psp_days days;

			if (i + sizes[j] > name.size || part.bytes[0] < '0'
			    || part.bytes[0] > '9'
			    || psp_date_read(part, &days, &precision)
				   != PSP_DATE_READ
			    || precision != PSP_PRECISION_DAY)
				continue;
			*day = days.first;
			is_found = true;
			i += sizes[j] - 1;
			break;
		}
	return is_found;
}

/* The column `snapshot`, when there is one. */
static bool
bind_day(struct comparing *c, const struct psp_reader *reader,
    struct psp_column *column, bool *is_bound)
{
	char message[512];

	*is_bound = false;
	switch (psp_schema_bind(c->handbook->schema, psp_reader_header(reader),
	    psp_slice_of("snapshot"), column, message, sizeof(message))) {
	case PSP_BOUND:
		*is_bound = true;
		return true;
	case PSP_BIND_MISSING:
		return true;
	case PSP_BIND_TWICE:
		return psp_problems_add(
		    c->problems, PSP_EUSAGE, NULL, 0, 0, "%s", message);
	case PSP_BIND_FAILED:
		break;
	}
	return psp_error_memory(c->err);
}

static bool
put_sight(struct comparing *c, int32_t date)
{
	const struct psp_book *book = &c->book;
	struct psp_slice id = psp_deal_id(book, &book->deals[book->n - 1]);
	struct sight *sights;
	uint32_t number;

	if (id.size == 0)
		return true;
	sights = psp_array_reserve(
	    c->sights, &c->capacity, c->n + 1, sizeof(*sights), c->err);
	if (sights == NULL)
		return false;
	c->sights = sights;
	if (!psp_labels_put(&c->deals, id, &number, c->err))
		return false;
	sights[c->n].deal = number;
	sights[c->n].index = (uint32_t)(book->n - 1);
	sights[c->n].date = date;
	sights[c->n].before = UINT32_MAX;
	c->n++;
	return true;
}

/* The records of one file. */
static bool
read_records(struct comparing *c, struct psp_reader *reader,
    const struct psp_intake *intake, const struct psp_column *column,
    int32_t date)
{
	struct psp_record *record;
	struct psp_days days;
	int more;

	while ((more = psp_reader_next(reader, &record, c->err)) == 1) {
		if (column != NULL) {
			struct psp_slice cell =
			    psp_record_text(record, column->index);

			if (psp_date_read(cell, &days, NULL) != PSP_DATE_READ)
				return psp_error_set(c->err, PSP_ESYNTAX,
				    psp_reader_name(reader),
				    psp_record_line(record), column->index + 1,
				    "'%.*s' is no day of a snapshot: expected "
				    "such as 2026-03-31",
				    PSP_SLICE_ARGS(cell));
			date = days.first;
		}
		if (!psp_intake_take(
			intake, record, NULL, &c->book, &c->scratch, c->err)
		    || !put_sight(c, date))
			return false;
	}
	return more == 0;
}

static bool
read_file(struct comparing *c, const char *path,
    const struct psp_reader_options *options)
{
	uint32_t needs =
	    PSP_FACT_BIT(PSP_FACT_AMOUNT) | PSP_FACT_BIT(PSP_FACT_OWNER)
	    | PSP_FACT_BIT(PSP_FACT_FAMILIES) | PSP_FACT_BIT(PSP_FACT_REASON);
	struct psp_reader *reader = psp_reader_open(path, options, c->err);
	struct psp_intake intake = { .plan = NULL };
	struct psp_column column;
	bool has_column, is_read = false;
	int32_t date = 0;

	if (reader == NULL || !bind_day(c, reader, &column, &has_column))
		goto done;
	if (!has_column && !day_of_name(path, &date)) {
		psp_error_set(c->err, PSP_EUSAGE, path, 0, 0,
		    "of which day is this snapshot? expected a column "
		    "'snapshot', or the day in the name: deals-2026-03-31.csv");
		goto done;
	}
	if (!psp_intake_init(&intake, c->handbook, psp_reader_header(reader),
		needs, false, date, c->problems, c->err))
		goto done;
	is_read = c->only_binds
	    || read_records(c, reader, &intake, has_column ? &column : NULL, date);
done:
	psp_intake_clear(&intake);
	psp_reader_close(reader);
	return is_read;
}

static int
compare_by_deal(const void *a, const void *b)
{
	const struct sight *left = a, *right = b;

	if (left->deal != right->deal)
		return left->deal < right->deal ? -1 : 1;
	if (left->date != right->date)
		return left->date < right->date ? -1 : 1;
	return left->index < right->index ? -1 : 1;
}

static int
compare_by_day(const void *a, const void *b)
{
	const struct sight *left = a, *right = b;

	if (left->date != right->date)
		return left->date < right->date ? -1 : 1;
	return left->deal < right->deal ? -1 : left->deal > right->deal;
}

/* Whether a deal is at another stage than before, or worth something else. */
static bool
has_changed(const struct comparing *c, const struct sight *sight)
{
	const struct psp_deal *now = &c->book.deals[sight->index];
	const struct psp_deal *before = &c->book.deals[sight->before];

	return now->amount != before->amount
	       || !psp_slice_equal(psp_deal_stage_name(&c->book, now),
		   psp_deal_stage_name(&c->book, before));
}

/* Says which deals were open when they were seen last, in no snapshot that
 * comes later. The sights stand by deal and day. */
static void
note_vanished(const struct comparing *c, const struct psp_notes *notes)
{
	const struct sight *first = NULL;
	int32_t last = INT32_MIN;
	size_t n = 0;
	char day[16];

	for (size_t i = 0; i < c->n; i++)
		last = c->sights[i].date > last ? c->sights[i].date : last;
	for (size_t i = 0; i < c->n; i++) {
		const struct sight *sight = &c->sights[i];

		if ((i + 1 < c->n && sight[1].deal == sight->deal)
		    || sight->date == last
		    || psp_deal_state(&c->book, &c->book.deals[sight->index])
			   != PSP_STATE_OPEN)
			continue;
		if (n++ == 0)
			first = sight;
	}
	if (first == NULL)
		return;
	psp_date_format(first->date, day);
	psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
	    psp_message_plural(
		"%zu open deal is in no later snapshot, '%.*s' after %s: how "
		"it ended is not known",
		"%zu open deals are in no later snapshot, first '%.*s' after "
		"%s: how they ended is not known",
		n),
	    n,
	    PSP_SLICE_ARGS(
		psp_deal_id(&c->book, &c->book.deals[first->index])),
	    day);
}

/* Keeps the sights at which a deal had moved, or its amount changed. */
static bool
keep_moves(struct comparing *c)
{
	size_t n = 0;

	for (size_t i = 0, last = 0; i < c->n; i++) {
		struct sight sight = c->sights[i];
		bool is_first = i == 0 || c->sights[last].deal != sight.deal;

		/* `last` is the sight before in the part not yet overwritten:
		 * what is kept lies at or before it. */
		if (!is_first && c->sights[last].date == sight.date) {
			c->n_repeats++;
			continue;
		}
		sight.before = is_first ? UINT32_MAX : c->sights[last].index;
		last = i;
		if (!is_first && !has_changed(c, &sight))
			continue;
		if (n < i)
			c->sights[n] = sight;
		else
			c->sights[i].before = sight.before;
		n++;
	}
	c->n = n;
	if (n > 1) /* else there may be no sights to point to */
		qsort(c->sights, n, sizeof(*c->sights), compare_by_day);
	return true;
}

static void
put_moves(const struct comparing *c, struct psp_report *report)
{
	const struct psp_book *book = &c->book;

	for (size_t i = 0; i < c->n; i++) {
		const struct sight *sight = &c->sights[i];
		const struct psp_deal *deal = &book->deals[sight->index];

		psp_report_text(report, psp_deal_id(book, deal));
		psp_report_day(report, sight->date);
		psp_report_text(report,
		    sight->before != UINT32_MAX
			? psp_deal_stage_name(book, &book->deals[sight->before])
			: psp_slice("", 0));
		psp_report_text(report, psp_deal_stage_name(book, deal));
		if (deal->amount != PSP_NO_AMOUNT)
			psp_report_money(report, deal->amount);
		else
			psp_report_unknown(report);
		psp_report_text(
		    report, psp_deal_label(book, deal, PSP_LABEL_OWNER));
		psp_report_text(
		    report, psp_deal_label(book, deal, PSP_LABEL_FAMILIES));
		psp_report_text(
		    report, psp_deal_label(book, deal, PSP_LABEL_REASON));
	}
}

static bool
settle_stages(struct comparing *c)
{
	for (size_t i = 0; i < c->book.n; i++) {
		struct psp_deal *deal = &c->book.deals[i];

		if (!psp_book_stage(&c->book, deal->labels[PSP_LABEL_STAGE],
			&deal->stage, c->err))
			return false;
	}
	return true;
}

struct psp_report *
psp_snapshots_compare(const struct psp_handbook *handbook,
    const char *const *paths, size_t n_paths, bool only_binds,
    const struct psp_reader_options *options, struct psp_problems *problems,
    struct psp_error *err)
{
	struct comparing c = { .only_binds = only_binds,
		.handbook = handbook,
		.problems = problems,
		.err = err };
	struct psp_report *report = NULL;

	if (n_paths == 0) {
		psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "which snapshots? name their files: deals-2026-03-31.csv "
		    "deals-2026-04-30.csv");
		return NULL;
	}
	psp_book_init(&c.book, handbook);
	psp_labels_init(&c.deals);
	c.deals.is_exact = true;
	psp_buffer_init(&c.scratch);
	for (size_t i = 0; i < n_paths; i++)
		if (!read_file(&c, paths[i], options))
			goto done;
	if (!settle_stages(&c))
		goto done;
	if (c.n > 1)
		qsort(c.sights, c.n, sizeof(*c.sights), compare_by_deal);
	note_vanished(&c, &options->notes);
	if (!keep_moves(&c))
		goto done;
	if (c.n_repeats > 0)
		psp_note(&options->notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural(
			"%zu record of a deal that stands twice in a "
			"snapshot: the first counts",
			"%zu records of deals that stand twice in a snapshot: "
			"the first counts",
			c.n_repeats),
		    c.n_repeats);
	report = psp_report_new("prospect-pipeline/history/1", columns,
	    sizeof(columns) / sizeof(columns[0]), err);
	if (report != NULL)
		put_moves(&c, report);
done:
	free(c.sights);
	psp_buffer_clear(&c.scratch);
	psp_labels_clear(&c.deals);
	psp_book_clear(&c.book);
	return report;
}
