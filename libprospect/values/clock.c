/* Times of day; see the header. */
#include <config.h>

#include "libprospect/values/clock.h"

#include <stdio.h>

#include "libprospect/base/text.h"
#include "libprospect/values/date.h"
#include "libprospect/values/duration.h"

enum { MINUTE = 60, HOUR = 3600, MAX_DIGITS = 6 };

/* Takes a number of at most `most` digits at `*at`; -1 when there is none. */
static int32_t
take_number(struct psp_slice text, size_t *at, size_t most)
{
	int32_t value = 0;
	size_t start = *at;

	while (*at < text.size && text.bytes[*at] >= '0'
	       && text.bytes[*at] <= '9') {
		if (*at - start == most)
			return -1;
		value = value * 10 + (text.bytes[(*at)++] - '0');
	}
	return *at > start ? value : -1;
}

static void
skip_blanks(struct psp_slice text, size_t *at)
{
	while (*at < text.size && text.bytes[*at] == ' ')
		(*at)++;
}

/* Whether one of `signs` (case aside) stands at `*at`, which moves past it. */
static bool
take_sign(struct psp_slice text, size_t *at, const char *signs)
{
	char c;

	if (*at == text.size || text.bytes[*at] == '\0')
		return false;
	c = text.bytes[*at];
	if (c >= 'A' && c <= 'Z')
		c = (char)(c - 'A' + 'a');
	if (strchr(signs, c) == NULL)
		return false;
	(*at)++;
	return true;
}

/* What may stand behind a time: AM or PM; a fraction and an offset. */
static bool
take_rest(struct psp_slice text, size_t at, bool has_seconds, int32_t *hour)
{
	bool is_pm;

	if (has_seconds && at < text.size
	    && (text.bytes[at] == '.' || text.bytes[at] == ',')) {
		at++;
		while (at < text.size && text.bytes[at] >= '0'
		       && text.bytes[at] <= '9')
			at++;
	}
	skip_blanks(text, &at);
	if (at == text.size)
		return true;
	if (has_seconds && take_sign(text, &at, "z+-")) {
		while (at < text.size
		       && ((text.bytes[at] >= '0' && text.bytes[at] <= '9')
			   || text.bytes[at] == ':'))
			at++;
		return at == text.size;
	}
	is_pm = text.bytes[at] == 'p' || text.bytes[at] == 'P';
	if (!take_sign(text, &at, "ap") || !take_sign(text, &at, "m")
	    || at != text.size || *hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (is_pm ? 12 : 0);
	return true;
}

bool
psp_clock_read(struct psp_slice cell, int32_t *seconds)
{
	struct psp_slice text = psp_text_trim(cell);
	int32_t hour, minute = 0, second = 0;
	bool has_minutes, has_seconds = false;
	size_t at = 0;

	hour = take_number(text, &at, 2);
	skip_blanks(text, &at);
	if (hour < 0 || !take_sign(text, &at, ":h"))
		return false;
	has_minutes = text.bytes[at - 1] == ':';
	skip_blanks(text, &at);
	if (has_minutes || at < text.size) {
		minute = take_number(text, &at, 2);
		if (minute < 0 || minute > 59)
			return false;
		if (take_sign(text, &at, ":m") && at < text.size) {
			second = take_number(text, &at, 2);
			if (second < 0 || second > 59)
				return false;
			has_seconds = true;
			(void)take_sign(text, &at, "s");
		}
	}
	if (!take_rest(text, at, has_seconds, &hour) || hour > 23)
		return false;
	*seconds = hour * HOUR + minute * MINUTE + second;
	return true;
}

/* Where the time begins in a cell that has a date first; its size when there
 * is none. */
static size_t
find_time(struct psp_slice text)
{
	for (size_t i = 1; i + 2 < text.size; i++) {
		size_t at = i + 1;

		if (text.bytes[i] != ' ' && text.bytes[i] != 'T'
		    && text.bytes[i] != 't')
			continue;
		if (take_number(text, &at, 2) < 0)
			continue;
		skip_blanks(text, &at);
		if (take_sign(text, &at, ":h"))
			return i;
	}
	return text.size;
}

enum psp_moment_result
psp_moment_read(struct psp_slice cell, int32_t *day, int32_t *seconds)
{
	struct psp_slice text = psp_text_trim(cell);
	enum psp_date_precision precision;
	struct psp_days days;
	size_t at = find_time(text);

	if (psp_date_read(psp_slice(text.bytes, at), &days, &precision)
		!= PSP_DATE_READ
	    || precision != PSP_PRECISION_DAY)
		return PSP_MOMENT_NONE;
	*day = days.first;
	if (at == text.size)
		return PSP_MOMENT_DAY;
	return psp_clock_read(
		   psp_slice(text.bytes + at + 1, text.size - at - 1), seconds)
	           ? PSP_MOMENT_TIMED
	           : PSP_MOMENT_NONE;
}

bool
psp_call_length_read(struct psp_slice cell, int32_t *seconds)
{
	struct psp_slice text = psp_text_trim(cell);
	struct psp_duration duration;
	int32_t parts[3];
	size_t at = 0, n = 0;

	while (n < 3) {
		parts[n] = take_number(text, &at, MAX_DIGITS);
		if (parts[n] < 0)
			break;
		if (n > 0 && parts[n] > 59)
			return false;
		n++;
		if (at == text.size || !take_sign(text, &at, ":"))
			break;
	}
	if (n > 0 && at == text.size && text.bytes[at - 1] != ':') {
		*seconds = n == 1 ? parts[0]
		           : n == 2
		               ? parts[0] * MINUTE + parts[1]
		               : parts[0] * HOUR + parts[1] * MINUTE + parts[2];
		return *seconds < PSP_SECONDS_PER_DAY;
	}
	if (!psp_duration_read(text, &duration) || duration.months != 0
	    || duration.days != 0 || duration.seconds < 0
	    || duration.seconds >= PSP_SECONDS_PER_DAY)
		return false;
	*seconds = (int32_t)duration.seconds;
	return true;
}

void
psp_length_format(int64_t seconds, char text[32])
{
	snprintf(text, 32, "%lld:%02d:%02d", (long long)(seconds / HOUR),
	    (int)(seconds % HOUR / MINUTE), (int)(seconds % MINUTE));
}

void
psp_clock_format(int32_t seconds, char text[16])
{
	snprintf(text, 16, "%02d:%02d", (int)(seconds / HOUR % 24),
	    (int)(seconds % HOUR / MINUTE));
}
