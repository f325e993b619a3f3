/* Reading a call; see the header. */
#include <config.h>

#include "libprospect/calls/call.h"

#include "libprospect/base/calendar.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/base/word.h"
#include "libprospect/stream/column.h"
#include "libprospect/values/clock.h"
#include "libprospect/values/number.h"

enum { SUBJECT_SIZE = 512, QUARTER = 900, SIREN_SIZE = 9, SIRET_SIZE = 14 };

/* Seconds from 1901-01-01 to 1970-01-01, so that quarters are positive. */
static const int64_t before_1970 = INT64_C(25202) * PSP_SECONDS_PER_DAY;

void
psp_call_reading_init(struct psp_call_reading *reading,
    const struct psp_log_plan *plan, struct psp_symbols *symbols,
    struct psp_symbols *places, struct psp_call_tally *unread)
{
	/* Of the many memos those that are used. */
	memset(reading, 0,
	    offsetof(struct psp_call_reading, texts)
		+ plan->n_texts * sizeof(*reading->texts));
	reading->plan = plan;
	reading->symbols = symbols;
	reading->places = places;
	reading->unread = unread;
	reading->needs_subjects = plan->parts != 0;
	for (size_t i = 0; i < plan->n_cubes; i++)
		if (plan->cubes[i].units != 0)
			reading->needs_subjects = true;
	reading->is_glanced = !reading->needs_subjects;
}

/* A field as it stands (psp_record_raw), and the record around it
 * (psp_record_bytes), without a call for each. */
static inline struct psp_slice
raw_cell(struct psp_record *record, size_t column)
{
	size_t from;

	if (!record->is_flat)
		return psp_record_raw(record, column);
	record->n_asked++;
	from = column > 0 ? record->ends[column - 1] + 1 : 0;
	return psp_slice(
	    record->span->bytes + from, record->ends[column] - from);
}

/* A cell to be kept: without quotes; size SIZE_MAX where they hold others. */
static inline struct psp_slice
bare_cell(struct psp_record *record, size_t column)
{
	struct psp_slice cell = raw_cell(record, column);
	int quote = record->batch->dialect->quote;

	return cell.size >= 2 && (unsigned char)cell.bytes[0] == quote
	           ? psp_column_unquote(cell, quote)
	           : cell;
}

static inline struct psp_slice
around_cells(const struct psp_record *record)
{
	return psp_slice(record->span->bytes, record->span->size);
}

struct psp_slice
psp_call_text(const struct psp_log_plan *plan, struct psp_record *record,
    enum psp_call_field field)
{
	struct psp_slice text;

	if (!psp_call_has(&plan->columns, field))
		return psp_slice("", 0);
	text = psp_text_trim(
	    psp_record_text(record, plan->columns.fields[field].index));
	return psp_value_is_absent(text) ? psp_slice("", 0) : text;
}

/* The symbol of a cell that was not met lately; `index` is that of the text. */
static PSP_NOINLINE bool
put_symbol(struct psp_call_reading *reading, struct psp_record *record,
    size_t index, uint32_t *symbol, struct psp_error *err)
{
	struct psp_slice text =
	    psp_text_trim(psp_record_text(record, reading->plan->texts[index]));

	if (psp_value_is_absent(text))
		text = psp_slice("", 0);
	return psp_symbols_put_in(reading->symbols, index, text, symbol, err);
}

/* The symbols of the columns of texts, white space around them not counting. */
static inline bool
read_texts(struct psp_call_reading *reading, struct psp_record *record,
    struct psp_call *call, struct psp_error *err)
{
	const struct psp_log_plan *plan = reading->plan;
	struct psp_slice around = around_cells(record);

	for (size_t i = 0; i < plan->n_texts; i++) {
		struct psp_slice cell = bare_cell(record, plan->texts[i]);
		struct psp_memo_place *place;
		uint64_t key;

		call->texts[i] = 0;
		if (PSP_UNLIKELY(!psp_memo_takes(cell))) {
			if (cell.size > 0
			    && !put_symbol(
				reading, record, i, &call->texts[i], err))
				return false;
			continue;
		}
		key = psp_memo_key(cell, around);
		if (PSP_LIKELY(
			psp_memo_find(&reading->texts[i], cell, key, &place))) {
			call->texts[i] = place->value;
			continue;
		}
		if (!put_symbol(reading, record, i, &call->texts[i], err))
			return false;
		psp_memo_keep(place, cell, key, call->texts[i]);
	}
	psp_call_set_names(call, plan);
	return true;
}

/* Counts a cell that is not understood; with --strict it is an error. */
static bool
count_unread(struct psp_call_reading *reading, enum psp_unread what,
    struct psp_record *record, struct psp_slice text, struct psp_error *err)
{
	static const struct {
		const char *name;
		const char *expected;
	} values[PSP_N_UNREAD] = {
		[PSP_UNREAD_DATE] = { "date",
		    N_("a day such as 2026-11-24 or 24/11/2026") },
		[PSP_UNREAD_TIME] = { "time",
		    N_("a time such as 9:12:58 or 9h12") },
		[PSP_UNREAD_DURATION] = { "duration",
		    N_("seconds, or h:mm:ss") },
		[PSP_UNREAD_NEXT_DATE] = { "next_date",
		    N_("a day such as 2026-11-24 or 24/11/2026") },
	};

	if (reading->plan->is_strict)
		return psp_error_set(err, PSP_ESYNTAX, record->batch->file,
		    psp_record_line(record), 0,
		    "%s: '%.*s' is not understood, expected %s (--strict)",
		    values[what].name, PSP_SLICE_ARGS(text),
		    _(values[what].expected));
	return psp_call_tally_add(&reading->unread[what], reading->places,
	    reading->record_number, record, text, err);
}

bool
psp_call_next_date(struct psp_call_reading *reading, struct psp_record *record,
    struct psp_days *days, struct psp_error *err)
{
	struct psp_slice text =
	    psp_call_text(reading->plan, record, PSP_CALL_NEXT_DATE);

	days->first = days->last = PSP_NO_DAY;
	return text.size == 0
	       || psp_period_read(text, reading->plan->today, days)
	       || count_unread(
		   reading, PSP_UNREAD_NEXT_DATE, record, text, err);
}

/* The date cell, not on the day written last. */
static PSP_NOINLINE bool
read_any_date(struct psp_call_reading *reading, struct psp_record *record,
    int32_t *day, int32_t *seconds, struct psp_error *err)
{
	size_t column = reading->plan->columns.fields[PSP_CALL_DATE].index;
	struct psp_slice cell = psp_record_text(record, column);

	*day = PSP_NO_DAY;
	*seconds = -1;
	cell = psp_text_trim(cell);
	if (psp_value_is_absent(cell))
		return true;
	if (psp_moment_read(cell, day, seconds) == PSP_MOMENT_NONE) {
		*day = PSP_NO_DAY;
		*seconds = -1;
		return count_unread(
		    reading, PSP_UNREAD_DATE, record, cell, err);
	}
	if (cell.size >= PSP_ISO_DAY && cell.bytes[4] == '-'
	    && cell.bytes[7] == '-') {
		memcpy(reading->day.text, cell.bytes, PSP_ISO_DAY);
		reading->day.day = *day;
		reading->day.is_known = true;
	}
	return true;
}

/* The date cell, which may hold the time too: `*seconds` then is not -1. */
static inline bool
read_date(struct psp_call_reading *reading, struct psp_record *record,
    int32_t *day, int32_t *seconds, struct psp_error *err)
{
	const struct psp_call_columns *columns = &reading->plan->columns;

	*day = PSP_NO_DAY;
	*seconds = -1;
	if (!psp_call_has(columns, PSP_CALL_DATE))
		return true;
	return PSP_LIKELY(psp_day_memo_read(&reading->day,
		   raw_cell(record, columns->fields[PSP_CALL_DATE].index), day,
		   seconds))
	       || read_any_date(reading, record, day, seconds, err);
}

/* The column of times: what it says comes before what the date's cell says. */
static bool
read_time(struct psp_call_reading *reading, struct psp_record *record,
    int32_t *seconds, struct psp_error *err)
{
	struct psp_slice text =
	    psp_call_text(reading->plan, record, PSP_CALL_TIME);
	int32_t plain = text.size == sizeof("hh:mm:ss") - 1
	                    ? psp_clock_read_word(psp_word_load(text.bytes))
	                    : -1;

	if (plain >= 0) {
		*seconds = plain;
		return true;
	}
	return text.size == 0 || psp_clock_read(text, seconds)
	       || count_unread(reading, PSP_UNREAD_TIME, record, text, err);
}

/* How long the call took; 0 where nothing says it. */
static inline bool
read_length(struct psp_call_reading *reading, struct psp_record *record,
    int32_t *length, struct psp_error *err)
{
	const struct psp_log_plan *plan = reading->plan;
	struct psp_slice text;

	*length = 0;
	if (!psp_call_has(&plan->columns, PSP_CALL_DURATION))
		return true;
	*length = psp_plain_length(
	    raw_cell(record, plan->columns.fields[PSP_CALL_DURATION].index),
	    around_cells(record));
	if (PSP_LIKELY(*length >= 0))
		return true;
	text = psp_call_text(plan, record, PSP_CALL_DURATION);
	if (text.size > 0 && psp_call_length_read(text, length))
		return true;
	*length = 0;
	return text.size == 0
	       || count_unread(reading, PSP_UNREAD_DURATION, record, text, err);
}

/* Day, start and end of the call, as far as they are known. */
static inline bool
read_times(struct psp_call_reading *reading, struct psp_record *record,
    struct psp_call *call, struct psp_error *err)
{
	int32_t day, seconds, length;

	if (!read_date(reading, record, &day, &seconds, err)
	    || (psp_call_has(&reading->plan->columns, PSP_CALL_TIME)
		&& !read_time(reading, record, &seconds, err))
	    || !read_length(reading, record, &length, err))
		return false;
	psp_call_set_times(call, day, seconds, length);
	return true;
}

uint32_t
psp_iso_week(int32_t day)
{
	/* The week belongs to the year of its Thursday. */
	int32_t thursday = day + 4 - psp_weekday(day);
	int year = psp_civil_from_days(thursday).year;
	int32_t first = psp_days_from_civil(year, 1, 1);

	return (uint32_t)(year * 100 + (thursday - first) / 7 + 1);
}

uint32_t
psp_call_time_id(enum psp_dim_kind kind, const struct psp_call *call)
{
	struct psp_civil date;

	if (kind == PSP_DIM_HOUR)
		return call->start == PSP_NO_TIME
		           ? PSP_NO_ID
		           : (uint32_t)((call->start + before_1970)
					% PSP_SECONDS_PER_DAY / 3600);
	if (kind == PSP_DIM_QUARTER)
		return call->start == PSP_NO_TIME || call->start < -before_1970
		           ? PSP_NO_ID
		           : (uint32_t)((call->start + before_1970) / QUARTER);
	if (call->day == PSP_NO_DAY)
		return PSP_NO_ID;
	if (kind == PSP_DIM_WEEKDAY)
		return (uint32_t)psp_weekday(call->day);
	if (kind == PSP_DIM_WEEK)
		return psp_iso_week(call->day);
	date = psp_civil_from_days(call->day);
	return (uint32_t)(date.year * 12 + date.month - 1);
}

/* Appends digits of a SIREN or SIRET, nine of them; false when it is none. */
static bool
put_siren(struct psp_slice company, char *text, size_t *size)
{
	char digits[SIRET_SIZE];
	size_t n = 0;

	for (size_t i = 0; i < company.size; i++) {
		char c = company.bytes[i];

		if (c == ' ' || c == '\xC2' || c == '\xA0')
			continue;
		if (c < '0' || c > '9' || n == SIRET_SIZE)
			return false;
		digits[n++] = c;
	}
	if (n != SIREN_SIZE && n != SIRET_SIZE)
		return false;
	memcpy(text, digits, SIREN_SIZE);
	*size = SIREN_SIZE;
	return true;
}

/* Folds a text of any length: of a long one its hash stands for it. */
static size_t
put_folded(struct psp_slice text, char *folded)
{
	uint64_t hash;
	size_t size;

	if (psp_text_fold_into(text, folded, SUBJECT_SIZE / 2 - 1, &size))
		return size;
	hash = psp_hash(text, 0);
	memcpy(folded, &hash, sizeof(hash));
	return sizeof(hash);
}

struct psp_subject
psp_call_subject(struct psp_slice company, struct psp_slice contact)
{
	struct psp_subject subject = { company.size + contact.size > 0, { 0 } };
	char text[SUBJECT_SIZE];
	size_t n = 0, m = 0;

	if (!subject.is_known)
		return subject;
	if (company.size > 0 && !put_siren(company, text, &n))
		n = put_folded(company, text);
	text[n++] = '\x1f';
	if (contact.size > 0)
		m = put_folded(contact, text + n);
	psp_hash128(psp_slice(text, n + m), subject.hash);
	return subject;
}

/* The outcome of a cell, and whether it holds no code at all. */
static PSP_NOINLINE uint32_t
find_outcome(
    const struct psp_log_plan *plan, struct psp_record *record, bool *is_absent)
{
	struct psp_slice cell = psp_record_text(
	    record, plan->columns.fields[PSP_CALL_OUTCOME].index);
	size_t outcome = psp_outcomes_find(&plan->model->outcomes, cell);

	*is_absent = outcome == PSP_OUTCOME_UNKNOWN
	             && psp_value_is_absent(psp_text_trim(cell));
	return (uint32_t)outcome;
}

/* The code and what it means. Codes that nobody knows are not kept. */
static inline void
read_outcome(struct psp_call_reading *reading, struct psp_record *record,
    struct psp_call *call)
{
	const struct psp_log_plan *plan = reading->plan;
	struct psp_slice cell =
	    bare_cell(record, plan->columns.fields[PSP_CALL_OUTCOME].index);
	struct psp_memo_place *place;
	uint32_t outcome;
	uint64_t key;
	bool has_gate =
	    psp_call_has(&plan->columns, PSP_CALL_GATE_TYPE)
	    && psp_call_text(plan, record, PSP_CALL_GATE_TYPE).size > 0;

	call->is_outcome_absent = false;
	if (PSP_UNLIKELY(!psp_memo_takes(cell))) {
		outcome = find_outcome(plan, record, &call->is_outcome_absent);
	} else {
		key = psp_memo_key(cell, around_cells(record));
		if (PSP_LIKELY(
			psp_memo_find(&reading->outcomes, cell, key, &place))) {
			outcome = place->value;
		} else {
			outcome = find_outcome(
			    plan, record, &call->is_outcome_absent);
			if (outcome != PSP_OUTCOME_UNKNOWN)
				psp_memo_keep(place, cell, key, outcome);
		}
	}
	psp_call_set_outcome(call, plan, outcome, has_gate);
}

/* Who was called. */
static void
read_subjects(const struct psp_log_plan *plan, struct psp_record *record,
    struct psp_cube_call *call)
{
	struct psp_slice company =
	    psp_call_text(plan, record, PSP_CALL_COMPANY);

	call->subjects[PSP_UNIT_COMPANY] =
	    psp_call_subject(company, psp_slice("", 0));
	call->subjects[PSP_UNIT_PERSON] = psp_call_subject(
	    company, psp_call_text(plan, record, PSP_CALL_CONTACT));
}

bool
psp_call_read(struct psp_call_reading *reading, struct psp_record *record,
    struct psp_call *call, struct psp_error *err)
{
	const struct psp_log_plan *plan = reading->plan;

	if (!read_times(reading, record, call, err)
	    || !read_texts(reading, record, call, err))
		return false;
	read_outcome(reading, record, call);
	if (reading->needs_subjects)
		read_subjects(plan, record, &call->counted);
	return true;
}
