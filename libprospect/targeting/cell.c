/* Reading cells by type; see the header. */
#include <config.h>

#include "libprospect/targeting/cell.h"

#include "libprospect/base/text.h"
#include "libprospect/values/company.h"
#include "libprospect/values/date.h"
#include "libprospect/values/duration.h"
#include "libprospect/values/headcount.h"
#include "libprospect/values/phone.h"
#include "libprospect/values/wording.h"
#include "libprospect/values/words.h"

/* Months are not seconds: the mean month of the Gregorian calendar. */
enum { MONTH_SECONDS = 2629746, DAY_SECONDS = 86400 };

static void
set_number(struct psp_value *value, int64_t number)
{
	value->state = PSP_VALUE_READ;
	value->first = number;
	value->last = number;
}

static bool
read_number(struct psp_slice cell, const struct psp_cell_format *format,
    struct psp_value *value)
{
	struct psp_duration duration;
	int64_t number = 0;
	bool is_read = false;

	switch (format->type) {
	case PSP_TYPE_MONEY:
		is_read = psp_money_read(cell, format->style, &number);
		break;
	case PSP_TYPE_PERCENT:
		is_read = psp_percent_read(cell, format->style, &number);
		break;
	case PSP_TYPE_DURATION:
		is_read = psp_duration_read(cell, &duration);
		if (is_read)
			number = duration.seconds
			         + (int64_t)duration.days * DAY_SECONDS
			         + (int64_t)duration.months * MONTH_SECONDS;
		break;
	default:
		is_read = psp_number_read(cell, format->style, &number);
		break;
	}
	if (is_read)
		set_number(value, number);
	return is_read;
}

static void
read_date(struct psp_slice cell, struct psp_value *value)
{
	struct psp_days days;

	if (psp_date_read(cell, &days, NULL) != PSP_DATE_READ)
		return;
	value->state = PSP_VALUE_READ;
	value->first = days.first;
	value->last = days.last;
}

static void
read_headcount(struct psp_slice cell, const struct psp_cell_format *format,
    struct psp_value *value)
{
	struct psp_headcount headcount;

	if (!psp_headcount_read(cell, format->is_band, &headcount))
		return;
	value->state = PSP_VALUE_READ;
	value->first = headcount.first;
	value->last = headcount.last;
	value->is_not_employer = headcount.is_not_employer;
}

static void
read_department(
    struct psp_slice cell, enum psp_type type, struct psp_value *value)
{
	bool is_read;

	if (type == PSP_TYPE_POSTCODE)
		is_read =
		    psp_department_from_postcode(cell, &value->departments);
	else if (type == PSP_TYPE_COMMUNE)
		is_read =
		    psp_department_from_commune(cell, &value->departments);
	else
		is_read = psp_department_read(cell, &value->departments);
	if (is_read)
		value->state = PSP_VALUE_READ;
}

void
psp_naf_range(const char *digits, char low[6], char high[6])
{
	size_t size = strlen(digits);

	memset(low, 0, 6);
	memset(high, 0x7f, 5);
	high[5] = '\0';
	if (size > 5)
		size = 5;
	memcpy(low, digits, size);
	memcpy(high, digits, size);
}

static void
read_naf(struct psp_slice cell, struct psp_value *value)
{
	struct psp_naf naf;

	/* A section letter in a cell does not tell its nomenclature. */
	if (psp_naf_read(cell, &naf) != PSP_NAF_READ
	    || naf.level == PSP_NAF_SECTION)
		return;
	psp_naf_range(naf.digits, value->low, value->high);
	value->version = naf.version;
	value->state = PSP_VALUE_READ;
}

/* The words of site types, folded. */
static bool
find_site(struct psp_slice word, int64_t *site)
{
	static const struct {
		const char *word;
		int64_t site;
	} words[] = {
		{ "siege", PSP_SITE_HEAD },
		{ "siege social", PSP_SITE_HEAD },
		{ "head", PSP_SITE_HEAD },
		{ "head office", PSP_SITE_HEAD },
		{ "headquarters", PSP_SITE_HEAD },
		{ "hq", PSP_SITE_HEAD },
		{ "principal", PSP_SITE_MAIN },
		{ "etablissement principal", PSP_SITE_MAIN },
		{ "main", PSP_SITE_MAIN },
		{ "secondaire", PSP_SITE_SECONDARY },
		{ "etablissement secondaire", PSP_SITE_SECONDARY },
		{ "secondary", PSP_SITE_SECONDARY },
		{ "branch", PSP_SITE_SECONDARY },
		{ "ancien siege", PSP_SITE_FORMER_HEAD },
		{ "former head office", PSP_SITE_FORMER_HEAD },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (psp_slice_is(word, words[i].word)) {
			*site = words[i].site;
			return true;
		}
	return false;
}

static bool
read_site(struct psp_slice cell, struct psp_value *value,
    struct psp_buffer *text, struct psp_error *err)
{
	int64_t site;
	bool is_head;

	if (!psp_text_fold(text, psp_text_trim(cell), err))
		return false;
	if (find_site(psp_buffer_content(text), &site))
		set_number(value, site);
	else if (psp_bool_read(cell, &is_head)) /* etablissementSiege */
		set_number(value, is_head ? PSP_SITE_HEAD : PSP_SITE_SECONDARY);
	return true;
}

/* Yes or no, in words of its own. */
static bool
find_listed(struct psp_slice word, bool *is_listed)
{
	static const char *const yes[] = { "cotee", "cote", "listed", "public",
		"publique" };
	static const char *const no[] = { "unlisted", "private", "privee",
		"prive", "privately held" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (psp_slice_is(word, yes[i])) {
			*is_listed = true;
			return true;
		}
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (psp_slice_is(word, no[i])) {
			*is_listed = false;
			return true;
		}
	return false;
}

/* Names of markets have three letters at least, an ISIN two and ten more
 * characters; "C3" and "G4+" are marks of credit. */
static bool
may_be_market(struct psp_slice word)
{
	size_t n_letters = 0;

	for (size_t i = 0; i < word.size; i++)
		n_letters += word.bytes[i] >= 'a' && word.bytes[i] <= 'z';
	return n_letters >= 3 || (n_letters == 2 && word.size == 12);
}

/* Yes or no; else the name of a market or an ISIN, which mean yes. */
static bool
read_listed(struct psp_slice cell, struct psp_value *value,
    struct psp_buffer *text, struct psp_error *err)
{
	struct psp_slice word;
	bool is_listed;

	if (psp_bool_read(cell, &is_listed)) {
		set_number(value, is_listed);
		return true;
	}
	if (!psp_text_fold(text, psp_text_trim(cell), err))
		return false;
	word = psp_buffer_content(text);
	if (find_listed(word, &is_listed)) {
		set_number(value, is_listed);
		return true;
	}
	switch (psp_denial_read(cell)) {
	case PSP_DENIAL_NONE:
		set_number(value, 0);
		break;
	case PSP_DENIAL_OPEN:
		break;
	case PSP_DENIAL_NOT:
		if (!may_be_market(word))
			break;
		set_number(value, 1);
		value->text = word;
		break;
	}
	return true;
}

/* Presence in France is none abroad. */
static bool
is_home(struct psp_slice member)
{
	static const struct psp_word_meaning names[] = { { "france", 0 },
		{ "fr", 0 }, { "fra", 0 } };
	struct psp_wording wording;

	return psp_wording_read(member, &wording)
	       && psp_word_find(psp_wording_slice(&wording), names,
		      sizeof(names) / sizeof(names[0]))
	              >= 0;
}

/* A set of words: countries other than home are counted; online presences are
 * some number over 0. */
static void
read_members(struct psp_slice cell, const struct psp_cell_format *format,
    struct psp_value *value)
{
	struct psp_slice member;
	size_t at = 0;
	int64_t n = 0;

	switch (psp_denial_read(cell)) {
	case PSP_DENIAL_NONE:
		set_number(value, 0);
		return;
	case PSP_DENIAL_OPEN:
		return;
	case PSP_DENIAL_NOT:
		break;
	}
	while (psp_set_next(cell, format->separator, &at, &member))
		if (format->type != PSP_TYPE_INTERNATIONAL || !is_home(member))
			n += PSP_NUMBER_SCALE;
	set_number(value, n);
	value->has_members = true;
	value->text = cell;
	if (format->type == PSP_TYPE_DIGITAL && n > 0) {
		value->first = 1;
		value->last = INT64_MAX;
	}
}

/* A number, yes or no, or a set of words. */
static void
read_number_or_set(struct psp_slice cell, const struct psp_cell_format *format,
    struct psp_value *value)
{
	int64_t number;
	bool flag;

	if (psp_number_read(cell, format->style, &number)) {
		if (number >= 0)
			set_number(value, number);
	} else if (psp_bool_read(cell, &flag)) {
		value->state = PSP_VALUE_READ;
		value->first = flag ? 1 : 0;
		value->last = flag ? INT64_MAX : 0;
		if (flag && format->type == PSP_TYPE_INTERNATIONAL)
			value->first = PSP_NUMBER_SCALE;
	} else {
		read_members(cell, format, value);
	}
}

/* Without blanks and case; not folded: codes are compared as bytes. */
static bool
put_code(struct psp_slice cell, struct psp_buffer *text, struct psp_error *err)
{
	for (size_t i = 0; i < cell.size; i++) {
		char c = cell.bytes[i];

		if (c == ' ' || c == '\t')
			continue;
		if (c == '\xC2' && i + 1 < cell.size
		    && cell.bytes[i + 1] == '\xA0') {
			i++;
			continue;
		}
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!psp_buffer_put(text, c, err))
			return false;
	}
	return true;
}

/* A phone number that has a normal form. */
static bool
put_phone(struct psp_slice cell, struct psp_buffer *text, struct psp_error *err)
{
	struct psp_phone phone;

	switch (psp_phone_read(cell, &phone)) {
	case PSP_PHONE_VALID:
	case PSP_PHONE_ZERO_RESTORED:
	case PSP_PHONE_CORRECTED:
	case PSP_PHONE_FOREIGN:
		return psp_buffer_slice(text, psp_slice_of(phone.e164), err);
	default:
		return true;
	}
}

/* The normal form of a text by its type; nothing put means not understood. */
static bool
put_text(struct psp_slice cell, enum psp_type type, struct psp_buffer *text,
    struct psp_error *err)
{
	char digits[15];
	enum psp_id_result result;

	switch (type) {
	case PSP_TYPE_CODE:
		return put_code(cell, text, err);
	case PSP_TYPE_SIREN:
		result = psp_siren_read(cell, digits);
		if (result == PSP_ID_LENGTH)
			result = psp_siret_read(cell, digits);
		digits[9] = '\0'; /* of a SIRET its first nine */
		break;
	case PSP_TYPE_SIRET:
		result = psp_siret_read(cell, digits);
		break;
	case PSP_TYPE_PHONE:
		return put_phone(cell, text, err);
	case PSP_TYPE_EMAIL:
		return psp_email_normal(text, cell, err);
	case PSP_TYPE_DOMAIN:
		return psp_domain_normal(text, cell, err);
	default:
		return psp_text_fold(text, psp_text_trim(cell), err);
	}
	if (result != PSP_ID_VALID && result != PSP_ID_CHECKSUM)
		return true;
	return psp_buffer_slice(text, psp_slice_of(digits), err);
}

bool
psp_cell_read(struct psp_slice cell, const struct psp_cell_format *format,
    struct psp_value *value, struct psp_buffer *text, struct psp_error *err)
{
	bool flag;

	/* What a family does not use stays as it was: this is a hot place. */
	value->state = PSP_VALUE_UNREAD;
	value->is_not_employer = false;
	value->has_members = false;
	value->text = psp_slice(NULL, 0);
	text->size = 0;
	switch (psp_type_family(format->type)) {
	case PSP_FAMILY_NUMBER:
		(void)read_number(cell, format, value);
		return true;
	case PSP_FAMILY_DATE:
		read_date(cell, value);
		return true;
	case PSP_FAMILY_HEADCOUNT:
		read_headcount(cell, format, value);
		return true;
	case PSP_FAMILY_BOOL:
		if (psp_bool_read(cell, &flag))
			set_number(value, flag);
		return true;
	case PSP_FAMILY_DEPARTMENT:
		read_department(cell, format->type, value);
		return true;
	case PSP_FAMILY_NAF:
		read_naf(cell, value);
		return true;
	case PSP_FAMILY_LEGAL_FORM:
		if (psp_legal_form_read(cell, &value->form))
			value->state = PSP_VALUE_READ;
		return true;
	case PSP_FAMILY_LISTED:
		return read_listed(cell, value, text, err);
	case PSP_FAMILY_SITE:
		return read_site(cell, value, text, err);
	case PSP_FAMILY_INTERNATIONAL:
	case PSP_FAMILY_DIGITAL:
		read_number_or_set(cell, format, value);
		return true;
	case PSP_FAMILY_SET:
		value->state = PSP_VALUE_READ;
		value->has_members = true;
		value->text = cell;
		return true;
	case PSP_FAMILY_TEXT:
	case PSP_N_FAMILIES:
		break;
	}
	if (!put_text(cell, format->type, text, err))
		return false;
	value->text = psp_buffer_content(text);
	if (text->size > 0)
		value->state = PSP_VALUE_READ;
	return true;
}

int64_t
psp_value_number(enum psp_type type, const struct psp_value *value)
{
	struct psp_headcount headcount;

	if (type != PSP_TYPE_HEADCOUNT)
		return value->first;
	headcount.first = (int32_t)value->first;
	headcount.last = (int32_t)value->last;
	headcount.is_not_employer = value->is_not_employer;
	return psp_headcount_middle(&headcount);
}
