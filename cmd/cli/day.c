/* Reading a day; see the header. */
#include <config.h>

#include "cmd/cli/day.h"

#include "libprospect/values/date.h"

bool
cli_read_day(const char *text, void *value, struct psp_error *err)
{
	enum psp_date_precision precision;
	struct psp_days days;

	switch (psp_date_read(psp_slice_of(text), &days, &precision)) {
	case PSP_DATE_READ:
		if (precision == PSP_PRECISION_DAY) {
			*(int32_t *)value = days.first;
			return true;
		}
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a day such as 2026-11-23, '%s' is a longer time",
		    text);
	case PSP_DATE_IMPOSSIBLE:
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "there is no such day as '%s'; expected one such as "
		    "2026-11-23",
		    text);
	case PSP_DATE_BOUNDS:
		return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
		    "expected a day from 1800 to 2100, not '%s'", text);
	case PSP_DATE_SHAPE:
		break;
	}
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0,
	    "expected a day such as 2026-11-23 or 23/11/2026, not '%s'", text);
}
