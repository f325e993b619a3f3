/* Reading a call; see the header. */
#include <config.h>

#include "libprospect/calls/call.h"

#include <stdio.h>

#include "libprospect/base/calendar.h"
#include "libprospect/base/text.h"
#include "libprospect/values/clock.h"
#include "libprospect/values/number.h"

enum {
	SUBJECT_SIZE = 512,
	ISO_DAY = 10,  /* 2026-11-23 */
	ISO_TIME = 19, /* 2026-11-23 09:12:58 */
	QUARTER = 900,
	SIREN_SIZE = 9,
	SIRET_SIZE = 14
};

/* Seconds from 1901-01-01 to 1970-01-01, so that quarters are positive. */
static const int64_t before_1970 = INT64_C(25202) * PSP_SECONDS_PER_DAY;

/*
 * A text of at most PSP_MEMO_TEXT bytes as two words: the first eight bytes and
 * the last eight, which may overlap; of a shorter one its bytes and 0.
 */
static struct psp_memo_place
memo_key(struct psp_slice text)
{
	struct psp_memo_place key = { 0, 0, (uint32_t)text.size + 1, 0 };

	if (text.size >= sizeof(key.first)) {
		memcpy(&key.first, text.bytes, sizeof(key.first));
		memcpy(&key.last, text.bytes + text.size - sizeof(key.last),
		    sizeof(key.last));
		return key;
	}
	for (size_t i = 0; i < text.size; i++)
		key.first = key.first << 8 | (unsigned char)text.bytes[i];
	return key;
}

/* The place of a text, or NULL when it is too long to be kept. */
static struct psp_memo_place *
memo_place(
    struct psp_memo *memo, struct psp_slice text, struct psp_memo_place *key)
{
	uint64_t mixed;

	if (text.size > PSP_MEMO_TEXT)
		return NULL;
	*key = memo_key(text);
	mixed = (key->first ^ key->last << 1 ^ key->size)
	        * UINT64_C(0x9E3779B97F4A7C15);
	return &memo->places[mixed >> 57];
}
_Static_assert(PSP_MEMO_PLACES == 1 << (64 - 57), "a place for each hash");

static bool
memo_has(const struct psp_memo_place *place, const struct psp_memo_place *key)
{
	return place != NULL && place->size == key->size
	       && place->first == key->first && place->last == key->last;
}

static void
memo_keep(
    struct psp_memo_place *place, struct psp_memo_place *key, uint32_t value)
{
	if (place == NULL)
		return;
	*place = *key;
	place->value = value;
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

/* The symbol of a cell as it stands, white space around it not counting. */
static bool
read_symbol(struct psp_call_reading *reading, struct psp_memo *memo,
    struct psp_slice cell, uint32_t *symbol, struct psp_error *err)
{
	struct psp_memo_place key, *place = memo_place(memo, cell, &key);
	struct psp_slice text;

	if (cell.size == 0) {
		*symbol = 0;
		return true;
	}
	if (memo_has(place, &key)) {
		*symbol = place->value;
		return true;
	}
	text = psp_text_trim(cell);
	if (psp_value_is_absent(text))
		text = psp_slice("", 0);
	if (!psp_symbols_put(reading->symbols, text, symbol, err))
		return false;
	memo_keep(place, &key, *symbol);
	return true;
}

/* Counts a cell that is not understood; with --strict it is an error. */
static bool
count_unread(struct psp_call_reading *reading, enum psp_unread what,
    struct psp_record *record, struct psp_slice text, struct psp_error *err)
{
	static const char *const names[] = { "date", "time", "duration" };
	struct psp_unread_tally *tally = &reading->unread[what];

	if (reading->plan->is_strict)
		return psp_error_set(err, PSP_ESYNTAX, record->batch->file,
		    psp_record_line(record), 0,
		    "%s: '%.*s' is not understood (--strict)", names[what],
		    PSP_SLICE_ARGS(text));
	if (tally->n++ > 0)
		return true;
	tally->record = reading->record_number;
	tally->line = psp_record_line(record);
	snprintf(tally->file, sizeof(tally->file), "%s", record->batch->file);
	snprintf(tally->text, sizeof(tally->text), "%.*s",
	    (int)(text.size < 40 ? text.size : 40), text.bytes);
	return true;
}

static int
digits2(const char *text)
{
	int high = text[0] - '0', low = text[1] - '0';

	return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low
	                                                      : 100;
}

/* A moment in the form most logs have, on the day read last; false when it
 * must be read at length. */
static bool
read_iso(const struct psp_call_reading *reading, struct psp_slice cell,
    int32_t *day, int32_t *seconds)
{
	const char *text = cell.bytes;
	int hour, minute, second;

	if (!reading->has_iso_day
	    || (cell.size != ISO_DAY && cell.size != ISO_TIME)
	    || memcmp(text, reading->iso_day, ISO_DAY) != 0)
		return false;
	*day = reading->iso_day_number;
	if (cell.size == ISO_DAY)
		return true;
	if ((text[10] != ' ' && text[10] != 'T') || text[13] != ':'
	    || text[16] != ':')
		return false;
	hour = digits2(text + 11);
	minute = digits2(text + 14);
	second = digits2(text + 17);
	*seconds = hour * 3600 + minute * 60 + second;
	return hour < 24 && minute < 60 && second < 60;
}

/* The date cell, which may hold the time too: `*seconds` then is not -1. */
static bool
read_date(struct psp_call_reading *reading, struct psp_record *record,
    int32_t *day, int32_t *seconds, struct psp_error *err)
{
	const struct psp_call_columns *columns = &reading->plan->columns;
	struct psp_slice cell;

	*day = PSP_NO_DAY;
	*seconds = -1;
	if (!psp_call_has(columns, PSP_CALL_DATE))
		return true;
	cell = psp_record_text(record, columns->fields[PSP_CALL_DATE].index);
	if (read_iso(reading, cell, day, seconds))
		return true;
	cell = psp_text_trim(cell);
	if (psp_value_is_absent(cell))
		return true;
	*day = PSP_NO_DAY;
	*seconds = -1;
	if (psp_moment_read(cell, day, seconds) == PSP_MOMENT_NONE) {
		*day = PSP_NO_DAY;
		*seconds = -1;
		return count_unread(
		    reading, PSP_UNREAD_DATE, record, cell, err);
	}
	if (cell.size >= ISO_DAY && cell.bytes[4] == '-'
	    && cell.bytes[7] == '-') {
		memcpy(reading->iso_day, cell.bytes, ISO_DAY);
		reading->iso_day_number = *day;
		reading->has_iso_day = true;
	}
	return true;
}

/* Day, start and end of the call, as far as they are known. */
static bool
read_times(struct psp_call_reading *reading, struct psp_record *record,
    struct psp_call *call, struct psp_error *err)
{
	const struct psp_log_plan *plan = reading->plan;
	struct psp_slice text = psp_call_text(plan, record, PSP_CALL_TIME);
	int32_t seconds, length = 0;

	if (!read_date(reading, record, &call->day, &seconds, err))
		return false;
	if (text.size > 0 && !psp_clock_read(text, &seconds)
	    && !count_unread(reading, PSP_UNREAD_TIME, record, text, err))
		return false;
	call->has_clock_only = call->day == PSP_NO_DAY && seconds >= 0;
	call->start = call->end = call->counted.at = PSP_NO_TIME;
	if (call->day == PSP_NO_DAY)
		return true;
	/* A day without a time still tells what comes after what. */
	call->counted.at = (int64_t)call->day * PSP_SECONDS_PER_DAY;
	if (seconds < 0)
		return true;
	call->counted.at += seconds;
	call->start = call->end = call->counted.at;
	text = psp_call_text(plan, record, PSP_CALL_DURATION);
	if (text.size == 0)
		return true;
	if (!psp_call_length_read(text, &length))
		return count_unread(
		    reading, PSP_UNREAD_DURATION, record, text, err);
	call->end += length;
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

/* The id of a dimension that time makes. */
static uint32_t
time_id(enum psp_dim_kind kind, const struct psp_call *call)
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

/* The code and what it means. */
static void
read_outcome(struct psp_call_reading *reading, struct psp_record *record,
    struct psp_call *call)
{
	const struct psp_log_plan *plan = reading->plan;
	const struct psp_outcomes *outcomes = &plan->model->outcomes;
	struct psp_slice cell = psp_record_text(
	    record, plan->columns.fields[PSP_CALL_OUTCOME].index);
	struct psp_memo_place key;
	struct psp_memo_place *place =
	    memo_place(&reading->outcomes, cell, &key);
	uint32_t outcome;
	bool has_gate =
	    psp_call_text(plan, record, PSP_CALL_GATE_TYPE).size > 0;

	if (memo_has(place, &key)) {
		outcome = place->value;
	} else {
		outcome = (uint32_t)psp_outcomes_find(outcomes, cell);
		memo_keep(place, &key, outcome);
	}
	call->counted.slot = PSP_SLOT(outcome, has_gate);
	call->counted.marks = outcomes->items[outcome].marks[has_gate];
	call->is_outcome_absent = outcome == PSP_OUTCOME_UNKNOWN
	                          && psp_value_is_absent(psp_text_trim(cell));
}

static bool
read_dims(struct psp_call_reading *reading, struct psp_record *record,
    struct psp_call *call, struct psp_error *err)
{
	const struct psp_log_plan *plan = reading->plan;

	for (size_t i = 0; i < plan->n_dims; i++) {
		const struct psp_dim *dim = &plan->dims[i];

		if (dim->kind == PSP_DIM_SESSION)
			continue;
		if (dim->kind != PSP_DIM_TEXT)
			call->ids[i] = time_id(dim->kind, call);
		else if (!read_symbol(reading, &reading->dims[i],
			     psp_record_text(record, dim->index), &call->ids[i],
			     err))
			return false;
	}
	return true;
}

bool
psp_call_read(struct psp_call_reading *reading, struct psp_record *record,
    struct psp_call *call, struct psp_error *err)
{
	const struct psp_log_plan *plan = reading->plan;
	const struct psp_call_columns *columns = &plan->columns;
	const struct psp_slice nobody = { "", 0 };
	bool needs_subjects = plan->parts != 0;

	read_outcome(reading, record, call);
	if (!read_times(reading, record, call, err))
		return false;
	call->agent = call->session_key = 0;
	if (psp_call_has(columns, PSP_CALL_AGENT)
	    && !read_symbol(reading, &reading->agents,
		psp_record_text(record, columns->fields[PSP_CALL_AGENT].index),
		&call->agent, err))
		return false;
	if (psp_call_has(columns, PSP_CALL_SESSION)
	    && !read_symbol(reading, &reading->sessions,
		psp_record_text(
		    record, columns->fields[PSP_CALL_SESSION].index),
		&call->session_key, err))
		return false;
	for (size_t i = 0; i < plan->n_cubes; i++)
		needs_subjects = needs_subjects || plan->cubes[i].units != 0;
	if (needs_subjects) {
		struct psp_slice company =
		    psp_call_text(plan, record, PSP_CALL_COMPANY);

		call->counted.subjects[PSP_UNIT_COMPANY] =
		    psp_call_subject(company, nobody);
		call->counted.subjects[PSP_UNIT_PERSON] = psp_call_subject(
		    company, psp_call_text(plan, record, PSP_CALL_CONTACT));
	}
	return read_dims(reading, record, call, err);
}
