/*
 * What a record says, read once each and kept until the next; see the header.
 * The tests themselves are in decide.c. A thing that was read carries the stamp
 * of its record, so that moving on costs one addition.
 */
#include <config.h>

#include "libprospect/targeting/evaluation.h"

#include <stdlib.h>

#include "libprospect/base/calendar.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/ahead.h"

enum {
	NO_BIRTH = -25567, /* 1900-01-01: the register's "unknown" */
	SHARE_UNIT = 100 * PSP_PERCENT_SCALE
};

/* calloc that gives something for nothing. */
static bool
take(void *place, size_t n, size_t size, struct psp_error *err)
{
	void *items = calloc(n == 0 ? 1 : n, size);

	memcpy(place, &items, sizeof(items));
	return items != NULL || psp_error_memory(err);
}

struct psp_evaluation *
psp_evaluation_new(const struct psp_plan *plan,
    const struct psp_signals *signals, struct psp_error *err)
{
	struct psp_evaluation *e = calloc(1, sizeof(*e));
	size_t n = plan->n_fields, n_slots = plan->rules.n_virtuals;
	size_t n_sources = plan->n_sources;

	if (e == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	e->plan = plan;
	e->signals = signals;
	e->stamp = 1;
	e->row = SIZE_MAX;
	e->n_found_words = (plan->n_keywords + 63) / 64;
	if (!take(&e->values, n, sizeof(*e->values), err)
	    || !take(&e->texts, n, sizeof(*e->texts), err)
	    || !take(&e->value_stamps, n, sizeof(*e->value_stamps), err)
	    || !take(&e->tallies, n, sizeof(*e->tallies), err)
	    || !take(&e->supplied, n_slots, sizeof(*e->supplied), err)
	    || !take(
		&e->supplied_stamps, n_slots, sizeof(*e->supplied_stamps), err)
	    || !take(
		&e->found, n_sources * e->n_found_words, sizeof(*e->found), err)
	    || !take(&e->found_anywhere, e->n_found_words,
		sizeof(*e->found_anywhere), err)
	    || !take(
		&e->source_stamps, n_sources, sizeof(*e->source_stamps), err)
	    || !take(&e->source_is_absent, n_sources,
		sizeof(*e->source_is_absent), err)
	    || !psp_ahead_init(e, err))
		goto failed;
	if (plan->memos != NULL) {
		e->memos = psp_memos_take(plan->memos, err);
		if (e->memos == NULL)
			goto failed;
	}
	if (plan->has_patterns) {
		e->matcher = psp_matcher_new(err);
		if (e->matcher == NULL)
			goto failed;
	}
	return e;
failed:
	psp_evaluation_free(e);
	return NULL;
}

void
psp_evaluation_free(struct psp_evaluation *e)
{
	if (e == NULL)
		return;
	for (size_t i = 0; e->texts != NULL && i < e->plan->n_fields; i++)
		psp_buffer_clear(&e->texts[i]);
	free(e->values);
	free(e->texts);
	free(e->value_stamps);
	free(e->tallies);
	free(e->supplied);
	free(e->supplied_stamps);
	free(e->found);
	free(e->found_anywhere);
	free(e->source_stamps);
	free(e->source_is_absent);
	psp_ahead_clear(e);
	psp_memos_give(e->plan->memos, e->memos);
	psp_buffer_clear(&e->key);
	psp_buffer_clear(&e->scratch);
	psp_matcher_free(e->matcher);
	free(e);
}

void
psp_evaluation_reset(struct psp_evaluation *e)
{
	memset(e->tallies, 0, e->plan->n_fields * sizeof(*e->tallies));
	e->record = NULL;
}

void
psp_evaluation_seek(struct psp_evaluation *e, struct psp_record *record)
{
	e->record = record;
	e->row = SIZE_MAX;
	if (record != NULL)
		e->style =
		    (enum psp_number_style)record->batch->dialect->decimal;
	e->stamp++;
}

void
psp_evaluation_supply(
    struct psp_evaluation *e, size_t slot, const struct psp_value *value)
{
	e->supplied[slot] = *value;
	e->supplied_stamps[slot] = e->stamp;
	/* What was read of it before is read again. */
	if (e->plan->slot_fields[slot] != SIZE_MAX)
		e->value_stamps[e->plan->slot_fields[slot]] = 0;
}

/* Keeps the place of a tally's cell. */
static void
note_place(struct psp_evaluation *e, size_t number, struct psp_error *err)
{
	struct psp_tally *tally = &e->tallies[number];
	struct psp_slice cell = psp_field_text(e, number);
	size_t size;

	tally->record_number = psp_record_number(e->record);
	tally->line = psp_record_line(e->record);
	tally->file = e->record->batch->file;
	e->scratch.size = 0;
	if (cell.size > sizeof(tally->text))
		cell.size = sizeof(tally->text);
	if (!psp_text_visible(&e->scratch, cell, err))
		return;
	size = e->scratch.size;
	if (size > sizeof(tally->text) - 1)
		size = sizeof(tally->text) - 1;
	while (size > 0 && size < e->scratch.size
	       && (e->scratch.bytes[size] & 0xC0) == 0x80)
		size--;
	if (size > 0)
		memcpy(tally->text, e->scratch.bytes, size);
	tally->text[size] = '\0';
}

void
psp_tally_limit(struct psp_evaluation *e, size_t number, struct psp_error *err)
{
	if (e->plan->fields[number].kind == PSP_FIELD_COLUMN
	    && e->tallies[number].n_unread + e->tallies[number].n_limits == 0)
		note_place(e, number, err);
	e->tallies[number].n_limits++;
}

/* By the usual words or those of `fields:`. */
bool
psp_cell_is_absent(struct psp_evaluation *e, const struct psp_field *field,
    struct psp_slice cell, struct psp_error *err)
{
	if (psp_value_is_absent(cell))
		return true;
	if (field->n_absent == 0)
		return false;
	e->scratch.size = 0;
	if (!psp_text_fold(&e->scratch, psp_text_trim(cell), err))
		return false;
	for (size_t i = 0; i < field->n_absent; i++)
		if (psp_slice_equal(
			field->absent[i], psp_buffer_content(&e->scratch)))
			return true;
	return false;
}

/* A NAF code counts by the nomenclature beside it, or by the one declared. */
static void
settle_naf(struct psp_evaluation *e, const struct psp_field *field,
    struct psp_value *value)
{
	enum psp_naf_version version = PSP_NAF_ANY;
	struct psp_slice cell;

	if (field->rules != NULL)
		version = field->rules->version;
	if (field->nomenclature != SIZE_MAX) {
		cell = psp_record_text(e->record, field->nomenclature);
		if (!psp_value_is_absent(cell)) {
			version = psp_naf_version_find(cell);
			if (version == PSP_NAF_ANY) {
				value->state = PSP_VALUE_ABSENT;
				return;
			}
		}
	}
	if (value->version == PSP_NAF_ANY)
		value->version = version;
}

/* What a type's reader cannot know of a value. */
static void
settle_value(struct psp_evaluation *e, const struct psp_field *field,
    struct psp_value *value)
{
	const struct psp_field_rules *rules = field->rules;

	if (field->format.type == PSP_TYPE_NAF)
		settle_naf(e, field, value);
	if (value->state != PSP_VALUE_READ)
		return;
	if (field->is_created && field->format.type == PSP_TYPE_DATE
	    && value->first == NO_BIRTH && value->last == NO_BIRTH)
		value->state = PSP_VALUE_ABSENT;
	if (rules != NULL && rules->has_scale
	    && field->format.type == PSP_TYPE_NUMBER
	    && (value->first < rules->scale_low
		|| value->first > rules->scale_high))
		value->state = PSP_VALUE_UNREAD;
}

static bool
read_column(struct psp_evaluation *e, size_t number, struct psp_error *err)
{
	const struct psp_field *field = &e->plan->fields[number];
	struct psp_value *value = &e->values[number];
	struct psp_cell_format format = field->format;
	struct psp_slice cell = psp_record_text(e->record, field->index);

	if (psp_cell_is_absent(e, field, cell, err)) {
		value->state = PSP_VALUE_ABSENT;
		return true;
	}
	format.style = e->style;
	if (!psp_cell_read(cell, &format, value, &e->texts[number], err))
		return false;
	settle_value(e, field, value);
	if (value->state == PSP_VALUE_UNREAD) {
		if (e->tallies[number].n_unread == 0)
			note_place(e, number, err);
		e->tallies[number].n_unread++;
	}
	return err->status == PSP_OK;
}

/* Whole years from a day to today. */
static int64_t
years_since(int64_t day, int32_t today)
{
	return (int64_t)(psp_months_between((int32_t)day, today) / 12)
	       * PSP_NUMBER_SCALE;
}

static bool
read_age(struct psp_evaluation *e, const struct psp_field *field,
    struct psp_value *value, struct psp_error *err)
{
	const struct psp_value *created;
	int32_t today = e->plan->rules.today;

	value->state = PSP_VALUE_ABSENT;
	if (!psp_field_value(e, field->operands[0], &created, err))
		return false;
	if (created->state != PSP_VALUE_READ || created->first > today)
		return true;
	value->state = PSP_VALUE_READ;
	value->first =
	    created->last > today ? 0 : years_since(created->last, today);
	value->last = years_since(created->first, today);
	return true;
}

/* A share of two amounts, in thousandths of a percent; unknown of nothing. */
static bool
read_share(struct psp_evaluation *e, const struct psp_field *field,
    struct psp_value *value, struct psp_error *err)
{
	const struct psp_value *part, *whole;
	int64_t num, den, share;

	value->state = PSP_VALUE_ABSENT;
	if (!psp_field_value(e, field->operands[0], &part, err)
	    || !psp_field_value(e, field->operands[1], &whole, err))
		return false;
	if (part->state != PSP_VALUE_READ || whole->state != PSP_VALUE_READ
	    || whole->first <= 0)
		return true;
	num = part->first;
	den = whole->first;
	while (
	    num > INT64_MAX / SHARE_UNIT || num < -(INT64_MAX / SHARE_UNIT)) {
		num /= 10;
		den /= 10;
	}
	if (den == 0)
		return true;
	num *= SHARE_UNIT;
	share = num / den;
	if (num % den > den / 2 || (den % 2 == 0 && num % den == den / 2))
		share++;
	else if (num % den < -(den / 2)
		 || (den % 2 == 0 && num % den == -(den / 2)))
		share--;
	value->state = PSP_VALUE_READ;
	value->first = share;
	value->last = share;
	return true;
}

static bool
read_silent(
    struct psp_evaluation *e, struct psp_value *value, struct psp_error *err)
{
	const struct psp_signal *signals;
	size_t n;
	bool is_known;

	if (!psp_evaluation_signals(e, &signals, &n, &is_known, err))
		return false;
	value->state = is_known ? PSP_VALUE_READ : PSP_VALUE_ABSENT;
	value->first = n == 0 ? 1 : 0;
	value->last = value->first;
	return true;
}

static bool
read_field(struct psp_evaluation *e, size_t number, struct psp_error *err)
{
	const struct psp_field *field = &e->plan->fields[number];
	struct psp_value *value = &e->values[number];

	switch (field->kind) {
	case PSP_FIELD_COLUMN:
		return read_column(e, number, err);
	case PSP_FIELD_VIRTUAL:
		if (e->supplied_stamps[field->index] == e->stamp)
			*value = e->supplied[field->index];
		else
			value->state = PSP_VALUE_ABSENT;
		return true;
	case PSP_FIELD_AGE:
		return read_age(e, field, value, err);
	case PSP_FIELD_SHARE:
		return read_share(e, field, value, err);
	case PSP_FIELD_SILENT:
		break;
	}
	return read_silent(e, value, err);
}

bool
psp_field_value(struct psp_evaluation *e, size_t number,
    const struct psp_value **value, struct psp_error *err)
{
	*value = &e->values[number];
	if (e->value_stamps[number] == e->stamp)
		return true;
	if (!read_field(e, number, err))
		return false;
	e->value_stamps[number] = e->stamp;
	return true;
}

struct psp_slice
psp_field_text(struct psp_evaluation *e, size_t number)
{
	const struct psp_field *field = &e->plan->fields[number];

	if (field->kind != PSP_FIELD_COLUMN)
		return psp_slice(NULL, 0);
	return psp_record_text(e->record, field->index);
}

bool
psp_evaluation_signals(struct psp_evaluation *e,
    const struct psp_signal **signals, size_t *n, bool *is_known,
    struct psp_error *err)
{
	const struct psp_column *key = &e->plan->key_column;

	if (e->key_stamp != e->stamp) {
		e->key.size = 0;
		e->company = NULL;
		e->n_company = 0;
		if (e->plan->has_key
		    && !psp_key_normal(&e->key,
			psp_record_text(e->record, key->index), key->type, err))
			return false;
		e->key_is_known = e->key.size > 0;
		if (e->key_is_known && e->signals != NULL)
			e->company = psp_signals_get(e->signals,
			    psp_buffer_content(&e->key), &e->n_company);
		e->key_stamp = e->stamp;
	}
	*signals = e->company;
	*n = e->n_company;
	*is_known = e->key_is_known;
	return true;
}

/* The keywords in a text of each signal of the company. */
static bool
search_signals(struct psp_evaluation *e, size_t part, uint64_t *found,
    bool *is_known, struct psp_error *err)
{
	const struct psp_signal *signals;
	struct psp_slice text;
	size_t n;

	if (!psp_evaluation_signals(e, &signals, &n, is_known, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		text = signals[i].title;
		if (part == 1)
			text = signals[i].source;
		else if (part == 2)
			text = signals[i].url;
		if (text.size > 0
		    && !psp_keywords_search(
			e->plan->keywords, text, found, &e->scratch, err))
			return false;
	}
	return true;
}

const uint64_t *
psp_source_found(struct psp_evaluation *e, size_t number, struct psp_error *err)
{
	const struct psp_source *source = &e->plan->sources[number];
	uint64_t *found = e->found + number * e->n_found_words;
	const struct psp_field *field;
	struct psp_slice cell;
	bool is_known = true;

	if (e->source_stamps[number] == e->stamp)
		return e->source_is_absent[number] ? NULL : found;
	memset(found, 0, e->n_found_words * sizeof(*found));
	if (source->is_signal) {
		if (!search_signals(e, source->part, found, &is_known, err))
			return NULL;
	} else {
		field = &e->plan->fields[source->part];
		cell = psp_field_text(e, source->part);
		is_known = !psp_cell_is_absent(e, field, cell, err);
		if (is_known
		    && !psp_keywords_search(
			e->plan->keywords, cell, found, &e->scratch, err))
			return NULL;
	}
	e->source_is_absent[number] = !is_known;
	e->source_stamps[number] = e->stamp;
	return is_known ? found : NULL;
}

const struct psp_tally *
psp_evaluation_tally(const struct psp_evaluation *e, size_t number)
{
	return &e->tallies[number];
}

void
psp_evaluation_merge(
    struct psp_evaluation *into, const struct psp_evaluation *next)
{
	for (size_t i = 0; i < into->plan->n_fields; i++) {
		struct psp_tally *tally = &into->tallies[i];
		const struct psp_tally *more = &next->tallies[i];
		size_t n_unread = tally->n_unread + more->n_unread;
		size_t n_limits = tally->n_limits + more->n_limits;

		if (tally->n_unread == 0
		    && (more->n_unread > 0 || tally->n_limits == 0))
			*tally = *more;
		tally->n_unread = n_unread;
		tally->n_limits = n_limits;
	}
}
