/* The rules of calls to consumers; see the header. */
#include <config.h>

#include "libprospect/calls/consumers.h"

#include "libprospect/base/calendar.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/values/clock.h"
#include "libprospect/values/words.h"

enum { HOUR = 3600, SATURDAY = 6, SUNDAY = 7 };

enum psp_consent
psp_consent_read(struct psp_slice cell)
{
	static const char *const contracts[] = { "contrat", "contrat en cours",
		"client", "contract" };
	char folded[64];
	size_t size;
	bool is_given;

	if (psp_bool_read(cell, &is_given))
		return is_given ? PSP_CONSENT_GIVEN : PSP_CONSENT_NONE;
	if (!psp_text_fold_into(
		psp_text_trim(cell), folded, sizeof(folded), &size))
		return PSP_CONSENT_NONE;
	for (size_t i = 0; i < sizeof(contracts) / sizeof(contracts[0]); i++)
		if (psp_slice_is(psp_slice(folded, size), contracts[i]))
			return PSP_CONSENT_CONTRACT;
	return PSP_CONSENT_NONE;
}

/* Easter Sunday: the method of Meeus, Jones and Butcher. */
static int32_t
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 19 * l) / 433;
	int month = (h + l - 7 * m + 90) / 25;
	int day = (h + l - 7 * m + 33 * month + 19) % 32;

	return psp_days_from_civil(year, month, day);
}

bool
psp_is_public_holiday(int32_t day)
{
	static const struct {
		int month, day;
	} fixed[] = { { 1, 1 }, { 5, 1 }, { 5, 8 }, { 7, 14 }, { 8, 15 },
		{ 11, 1 }, { 11, 11 }, { 12, 25 } };
	static const int after_easter[] = { 1, 39, 50 };
	struct psp_civil date = psp_civil_from_days(day);
	int32_t sunday = easter(date.year);

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (date.month == fixed[i].month && date.day == fixed[i].day)
			return true;
	for (size_t i = 0; i < sizeof(after_easter) / sizeof(after_easter[0]);
	     i++)
		if (day == sunday + after_easter[i])
			return true;
	return false;
}

const char *
psp_consumer_forbids(const struct psp_consumer_call *call)
{
	int32_t day = (int32_t)(call->at / PSP_SECONDS_PER_DAY
				- (call->at % PSP_SECONDS_PER_DAY < 0));
	int32_t seconds =
	    (int32_t)(call->at - (int64_t)day * PSP_SECONDS_PER_DAY);
	bool is_free = call->consent == PSP_CONSENT_GIVEN;

	if (call->has_stop)
		return N_("asked not to be called");
	if (day >= psp_days_from_civil(2026, 8, 11)
	    && call->consent == PSP_CONSENT_NONE)
		return N_("no consent");
	if (!is_free && psp_weekday(day) >= SATURDAY)
		return N_("weekend");
	if (!is_free && psp_is_public_holiday(day))
		return N_("public holiday");
	if (!is_free
	    && !((seconds >= 10 * HOUR && seconds < 13 * HOUR)
		 || (seconds >= 14 * HOUR && seconds < 20 * HOUR)))
		return N_("outside 10-13 and 14-20 h");
	if (call->n_recent >= PSP_CONSUMER_CALLS)
		return N_("4 calls in 30 days");
	if (call->refused != INT32_MIN && day >= call->refused
	    && day - call->refused < PSP_CONSUMER_REST)
		return N_("refused less than 60 days ago");
	return NULL;
}

/* The last Sunday of a month. */
static int32_t
last_sunday(int year, int month)
{
	int32_t day =
	    psp_days_from_civil(year, month, psp_days_in_month(year, month));

	return day - psp_weekday(day) % SUNDAY;
}

/* The `n`-th Sunday of a month. */
static int32_t
nth_sunday(int year, int month, int n)
{
	int32_t first = psp_days_from_civil(year, month, 1);

	return first + (SUNDAY - psp_weekday(first)) % SUNDAY + 7 * (n - 1);
}

/* Hours that Paris is ahead of universal time: summer from 2 h of the last
 * Sunday of March to 3 h of that of October. */
static int
paris_offset(int64_t paris)
{
	int32_t day = (int32_t)(paris / PSP_SECONDS_PER_DAY);
	int year = psp_civil_from_days(day).year;
	int64_t from =
	    (int64_t)last_sunday(year, 3) * PSP_SECONDS_PER_DAY + 2 * HOUR;
	int64_t to =
	    (int64_t)last_sunday(year, 10) * PSP_SECONDS_PER_DAY + 3 * HOUR;

	return paris >= from && paris < to ? 2 : 1;
}

/* The same of Saint-Pierre-et-Miquelon, whose summer is North America's. */
static int
miquelon_offset(int64_t utc)
{
	int year =
	    psp_civil_from_days((int32_t)(utc / PSP_SECONDS_PER_DAY)).year;
	int64_t from =
	    (int64_t)nth_sunday(year, 3, 2) * PSP_SECONDS_PER_DAY + 5 * HOUR;
	int64_t to =
	    (int64_t)nth_sunday(year, 11, 1) * PSP_SECONDS_PER_DAY + 4 * HOUR;

	return utc >= from && utc < to ? -2 : -3;
}

int64_t
psp_local_time(int64_t paris, struct psp_slice department)
{
	static const struct {
		const char *code;
		int offset; /* hours from universal time */
	} zones[] = { { "971", -4 }, { "972", -4 }, { "973", -3 }, { "974", 4 },
		{ "976", 3 }, { "977", -4 }, { "978", -4 }, { "986", 12 },
		{ "987", -10 }, { "988", 11 } };
	struct psp_slice code = psp_text_trim(department);
	int64_t utc = paris - (int64_t)paris_offset(paris) * HOUR;

	if (code.size > 3)
		code.size = 3;
	if (psp_slice_is(code, "975"))
		return utc + (int64_t)miquelon_offset(utc) * HOUR;
	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
		if (psp_slice_is(code, zones[i].code))
			return utc + (int64_t)zones[i].offset * HOUR;
	return paris;
}
