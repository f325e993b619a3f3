/* Reading one record into a deal; see intake.h. */
#include <config.h>

#include "libprospect/base/calendar.h"
#include "libprospect/base/text.h"
#include "libprospect/deals/intake.h"
#include "libprospect/values/company.h"
#include "libprospect/values/date.h"
#include "libprospect/values/period.h"
#include "libprospect/values/wording.h"
#include "libprospect/values/words.h"

/* A record being read. */
struct taking {
	const struct psp_intake *intake;
	struct psp_record *record;
	struct psp_book *batch;
	struct psp_deal *deal;
	struct psp_buffer *scratch;
	enum psp_number_style style;
	struct psp_error *err;
};

/* Whether a cell says nothing by the words of `fields:`. */
static bool
is_absent_here(const struct psp_column *column, struct psp_slice cell)
{
	char key[64], word[64];
	size_t size, word_size;

	for (size_t i = 0; i < column->rules.n_absent; i++)
		if (psp_text_key_into(
			column->rules.absent[i], word, sizeof(word), &word_size)
		    && psp_text_key_into(cell, key, sizeof(key), &size)
		    && size == word_size && memcmp(key, word, size) == 0)
			return true;
	return false;
}

/* The cell of a fact; false where none is read or it says nothing. */
static inline bool
cell_of(const struct taking *t, enum psp_fact fact, struct psp_slice *cell)
{
	const struct psp_intake *intake = t->intake;

	if (intake->places[fact] == PSP_NOT_READ)
		return false;
	*cell = psp_record_text(t->record, intake->places[fact]);
	return !psp_value_is_absent(*cell)
	       && !(intake->has_absent[fact]
		    && is_absent_here(&intake->columns[fact], *cell));
}

static void
fill(const struct taking *t, enum psp_fact fact)
{
	t->deal->filled |= PSP_FACT_BIT(fact);
}

/* Counts a cell that is not understood and keeps the first. */
static bool
refuse(const struct taking *t, enum psp_fact fact, struct psp_slice cell)
{
	struct psp_unread *unread = &t->batch->unread[fact];

	if (unread->n++ > 0)
		return true;
	unread->file = t->record->batch->file;
	unread->line = psp_record_line(t->record);
	return psp_text_visible_cut(
	    cell, unread->text, sizeof(unread->text), t->scratch, t->err);
}

static bool
take_label(const struct taking *t, enum psp_fact fact, enum psp_label_kind kind)
{
	struct psp_slice cell;

	if (!cell_of(t, fact, &cell))
		return true;
	fill(t, fact);
	return psp_labels_put(&t->batch->labels[kind], psp_text_trim(cell),
	    &t->deal->labels[kind], t->err);
}

/* Number and name, one after the other in the book. */
static bool
take_texts(const struct taking *t)
{
	const struct psp_intake *intake = t->intake;
	struct psp_slice text = psp_text_trim(
	    psp_record_text(t->record, intake->columns[PSP_FACT_DEAL].index));

	t->deal->id_size = (uint32_t)text.size;
	t->deal->hash = psp_hash(text, 0);
	if (text.size > 0)
		fill(t, PSP_FACT_DEAL);
	if (!psp_buffer_slice(&t->batch->text, text, t->err))
		return false;
	if (!cell_of(t, PSP_FACT_NAME, &text))
		return true;
	text = psp_text_trim(text);
	fill(t, PSP_FACT_NAME);
	t->deal->name_size = (uint32_t)text.size;
	return psp_buffer_slice(&t->batch->text, text, t->err);
}

static bool
take_day(
    const struct taking *t, enum psp_fact fact, int32_t *day, uint8_t *said)
{
	enum psp_date_precision precision;
	struct psp_days days;
	struct psp_slice cell;

	if (!cell_of(t, fact, &cell))
		return true;
	if (psp_date_read(cell, &days, &precision) != PSP_DATE_READ)
		return refuse(t, fact, cell);
	*day = days.first;
	if (said != NULL)
		*said = (uint8_t)precision;
	fill(t, fact);
	return true;
}

/* The day on which words of time were said. */
static int32_t
day_said(const struct taking *t)
{
	const struct psp_deal *deal = t->deal;

	if (deal->last_contact != PSP_NO_DAY)
		return deal->last_contact;
	if (deal->stage_date != PSP_NO_DAY)
		return deal->stage_date;
	return deal->created != PSP_NO_DAY ? deal->created : t->intake->today;
}

/* A date or a period in words. */
static bool
read_period(
    const struct taking *t, struct psp_slice cell, struct psp_days *days)
{
	return psp_date_read(cell, days, NULL) == PSP_DATE_READ
	       || psp_period_read(cell, day_said(t), days);
}

/* The next anniversary of a contract from today on. */
static int32_t
next_anniversary(int32_t day, int32_t today)
{
	int32_t years = 0;

	if (day >= today)
		return day;
	years = psp_months_between(day, today) / 12;
	while (psp_days_add_months(day, 12 * years) < today)
		years++;
	return psp_days_add_months(day, 12 * years);
}

/* The decision: its date, else the time that was said, else the renewal. */
static bool
take_decision(const struct taking *t)
{
	static const enum psp_fact facts[] = { PSP_FACT_DECISION_DATE,
		PSP_FACT_TIME };
	struct psp_deal *deal = t->deal;
	struct psp_slice cell;
	struct psp_days days;

	for (size_t i = 0; i < 2; i++) {
		if (!cell_of(t, facts[i], &cell))
			continue;
		if (!read_period(t, cell, &days)) {
			if (!refuse(t, facts[i], cell))
				return false;
			continue;
		}
		fill(t, facts[i]);
		fill(t, PSP_FACT_TIME);
		if (deal->decision_first != PSP_NO_DAY)
			continue;
		deal->decision_first = days.first;
		deal->decision_last = days.last;
	}
	if (deal->renewal != PSP_NO_DAY) {
		deal->renewal =
		    next_anniversary(deal->renewal, t->intake->today);
		fill(t, PSP_FACT_TIME);
	}
	return true;
}

static bool
take_amount(const struct taking *t)
{
	struct psp_deal *deal = t->deal;
	char currency[PSP_CURRENCY_SIZE] = "", column[PSP_CURRENCY_SIZE] = "";
	struct psp_slice cell;
	int64_t cents;

	if (!cell_of(t, PSP_FACT_AMOUNT, &cell))
		return true;
	switch (psp_amount_read(cell, t->style, &cents, currency)) {
	case PSP_AMOUNT_READ:
		break;
	case PSP_AMOUNT_CURRENCIES:
		deal->is_two_currencies = true;
		return refuse(t, PSP_FACT_AMOUNT, cell);
	case PSP_AMOUNT_UNREAD:
		return refuse(t, PSP_FACT_AMOUNT, cell);
	}
	fill(t, PSP_FACT_AMOUNT);
	if (cell_of(t, PSP_FACT_CURRENCY, &cell)) {
		if (!psp_currency_read(cell, column)) {
			if (!refuse(t, PSP_FACT_CURRENCY, cell))
				return false;
		} else
			fill(t, PSP_FACT_CURRENCY);
	}
	if (currency[0] != '\0' && column[0] != '\0'
	    && strcmp(currency, column) != 0) {
		deal->is_two_currencies = true;
		deal->filled &= ~PSP_FACT_BIT(PSP_FACT_AMOUNT);
		return refuse(t, PSP_FACT_CURRENCY, cell);
	}
	deal->amount = cents;
	return psp_labels_put(&t->batch->labels[PSP_LABEL_CURRENCY],
	    psp_slice_of(currency[0] != '\0' ? currency : column),
	    &deal->labels[PSP_LABEL_CURRENCY], t->err);
}

/* "0.3", "30 %", or 30 where the header or other cells say so. */
static bool
take_probability(const struct taking *t)
{
	struct psp_deal *deal = t->deal;
	struct psp_slice cell;
	bool has_sign;
	int64_t number;

	if (!cell_of(t, PSP_FACT_PROBABILITY, &cell))
		return true;
	has_sign =
	    t->intake->is_percent || memchr(cell.bytes, '%', cell.size) != NULL;
	if (has_sign ? !psp_percent_read(cell, t->style, &number)
		     : !psp_number_read(cell, t->style, &number))
		return refuse(t, PSP_FACT_PROBABILITY, cell);
	if (has_sign)
		number *= 10;
	if (number < 0
	    || number > (has_sign ? PSP_NUMBER_SCALE
				  : 100 * (int64_t)PSP_NUMBER_SCALE))
		return refuse(t, PSP_FACT_PROBABILITY, cell);
	deal->probability = (int32_t)number;
	deal->is_plain_share = !has_sign;
	fill(t, PSP_FACT_PROBABILITY);
	return true;
}

static bool
take_status(const struct taking *t)
{
	static const struct psp_word_meaning words[] = {
		{ "open", PSP_STATUS_OPEN }, { "ouvert", PSP_STATUS_OPEN },
		{ "ouverte", PSP_STATUS_OPEN }, { "en cours", PSP_STATUS_OPEN },
		{ "won", PSP_STATUS_WON }, { "gagne", PSP_STATUS_WON },
		{ "gagnee", PSP_STATUS_WON }, { "signe", PSP_STATUS_WON },
		{ "closed won", PSP_STATUS_WON }, { "lost", PSP_STATUS_LOST },
		{ "perdu", PSP_STATUS_LOST }, { "perdue", PSP_STATUS_LOST },
		{ "closed lost", PSP_STATUS_LOST }
	};
	struct psp_wording wording;
	struct psp_slice cell;
	int meaning = -1;

	if (!cell_of(t, PSP_FACT_STATUS, &cell))
		return true;
	if (psp_wording_read(cell, &wording))
		meaning = psp_word_find(psp_wording_slice(&wording), words,
		    sizeof(words) / sizeof(words[0]));
	if (meaning < 0)
		return refuse(t, PSP_FACT_STATUS, cell);
	t->deal->status = (uint8_t)meaning;
	return true;
}

static bool
take_role(const struct taking *t)
{
	enum psp_role role = PSP_ROLE_UNKNOWN;
	enum psp_qualification said = PSP_QUALIFICATION_NONE;
	struct psp_slice cell;

	if (cell_of(t, PSP_FACT_SOURCE_ROLE, &cell)) {
		if (!psp_role_read(cell, &role)) {
			if (!refuse(t, PSP_FACT_SOURCE_ROLE, cell))
				return false;
		} else if (role != PSP_ROLE_UNKNOWN)
			fill(t, PSP_FACT_SOURCE_ROLE);
		t->deal->role = (uint8_t)role;
	}
	if (cell_of(t, PSP_FACT_QUALIFICATION, &cell)) {
		if (!psp_qualification_read(cell, &said))
			return refuse(t, PSP_FACT_QUALIFICATION, cell);
		fill(t, PSP_FACT_QUALIFICATION);
		t->deal->qualification = (uint8_t)said;
	}
	return true;
}

static bool
take_siren(const struct taking *t)
{
	struct psp_slice cell;
	char siren[10];
	int64_t number;

	if (!cell_of(t, PSP_FACT_SIREN, &cell))
		return true;
	switch (psp_siren_read(cell, siren)) {
	case PSP_ID_VALID:
	case PSP_ID_CHECKSUM:
		break;
	default:
		return refuse(t, PSP_FACT_SIREN, cell);
	}
	if (!psp_number_read(psp_slice(siren, 9), PSP_STYLE_POINT, &number))
		return refuse(t, PSP_FACT_SIREN, cell);
	t->deal->siren = (int32_t)(number / PSP_NUMBER_SCALE);
	fill(t, PSP_FACT_SIREN);
	return true;
}

/* Facts that are only there or not: texts, and what is yes. */
static bool
take_others(const struct taking *t)
{
	static const enum psp_fact texts[] = { PSP_FACT_DECISION_MAKER,
		PSP_FACT_OBJECT };
	static const enum psp_fact answers[] = { PSP_FACT_BLOCKED,
		PSP_FACT_SUSPENDED, PSP_FACT_CRITICAL_STEP };
	struct psp_slice cell;
	bool answer;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (cell_of(t, texts[i], &cell))
			fill(t, texts[i]);
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		if (!cell_of(t, answers[i], &cell))
			continue;
		if (psp_bool_read(cell, &answer))
			fill(t, answers[i]);
		else if (!refuse(t, answers[i], cell))
			return false;
	}
	return true;
}

static bool
take_facts(const struct taking *t)
{
	struct psp_deal *deal = t->deal;

	return take_texts(t) && take_label(t, PSP_FACT_STAGE, PSP_LABEL_STAGE)
	       && take_status(t) && take_siren(t)
	       && take_label(t, PSP_FACT_OWNER, PSP_LABEL_OWNER)
	       && take_label(t, PSP_FACT_FAMILIES, PSP_LABEL_FAMILIES)
	       && take_label(t, PSP_FACT_SOURCE, PSP_LABEL_SOURCE)
	       && take_label(t, PSP_FACT_REASON, PSP_LABEL_REASON)
	       && take_amount(t) && take_probability(t)
	       && take_day(t, PSP_FACT_CREATED, &deal->created, NULL)
	       && take_day(t, PSP_FACT_STAGE_DATE, &deal->stage_date,
		   &deal->stage_date_precision)
	       && take_day(t, PSP_FACT_NEXT_DATE, &deal->next_date, NULL)
	       && take_day(t, PSP_FACT_RENEWAL, &deal->renewal, NULL)
	       && take_day(t, PSP_FACT_LAST_CONTACT, &deal->last_contact, NULL)
	       && take_day(
		   t, PSP_FACT_CLOSED, &deal->closed, &deal->closed_precision)
	       && take_decision(t) && take_role(t) && take_others(t);
}

static void
supply(const struct taking *t, struct psp_evaluation *evaluation,
    enum psp_fact fact, int32_t first, int32_t last)
{
	struct psp_value value = { .state = PSP_VALUE_READ };

	if (first == PSP_NO_DAY)
		return;
	value.first = first;
	value.last = last;
	psp_evaluation_supply(evaluation, t->intake->slots[fact], &value);
}

/* Which of the criteria of a stage are what they are together. */
static bool
ask_parts(const struct taking *t, struct psp_evaluation *evaluation,
    size_t stage, enum psp_truth together)
{
	const struct psp_test *const *parts = t->intake->tests[stage].parts;

	for (size_t i = 0; i < PSP_MAX_CRITERIA && parts[i] != NULL; i++) {
		enum psp_truth truth;

		if (!psp_evaluate(evaluation, parts[i], &truth, t->err))
			return false;
		t->deal->unmet |= (uint32_t)(truth == together) << i;
	}
	return true;
}

/* Asks the criteria of the stage that the deal is in. */
static bool
ask_criteria(const struct taking *t, struct psp_evaluation *evaluation)
{
	struct psp_deal *deal = t->deal;
	const struct psp_test *test;
	enum psp_truth truth;
	uint8_t stage;

	if (!psp_book_stage(
		t->batch, deal->labels[PSP_LABEL_STAGE], &stage, t->err))
		return false;
	test = stage < PSP_MAX_STAGES ? t->intake->tests[stage].all : NULL;
	if (test == NULL)
		return true;
	psp_evaluation_seek(evaluation, t->record);
	supply(t, evaluation, PSP_FACT_CREATED, deal->created, deal->created);
	supply(t, evaluation, PSP_FACT_DECISION_DATE, deal->decision_first,
	    deal->decision_last);
	supply(t, evaluation, PSP_FACT_CLOSED, deal->closed, deal->closed);
	if (!psp_evaluate(evaluation, test, &truth, t->err))
		return false;
	deal->criteria = (uint8_t)truth;
	return truth == PSP_TRUE || ask_parts(t, evaluation, stage, truth);
}

bool
psp_intake_take(const struct psp_intake *intake, struct psp_record *record,
    struct psp_evaluation *evaluation, struct psp_book *batch,
    struct psp_buffer *scratch, struct psp_error *err)
{
	struct taking taking = { .intake = intake,
		.record = record,
		.batch = batch,
		.scratch = scratch,
		.err = err };

	taking.style = (enum psp_number_style)record->batch->dialect->decimal;
	taking.deal = psp_book_new_deal(batch, err);
	if (taking.deal == NULL)
		return false;
	taking.deal->file = record->batch->file;
	taking.deal->line = (uint32_t)psp_record_line(record);
	if (!take_facts(&taking))
		return false;
	return evaluation == NULL || ask_criteria(&taking, evaluation);
}
