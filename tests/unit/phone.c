/* values/phone: shapes, the numbering plan, numbers of other countries. All
 * numbers are reserved for fiction, or zeros. */
#include <config.h>

#include "tests/unit/unit.h"

#include "libprospect/values/phone-plan.h"
#include "libprospect/values/phone.h"

struct phone_case {
	const char *cell;
	enum psp_phone_result result;
	const char *e164;
	const char *zone;
	const char *type;
};

static const struct phone_case plan_cases[] = {
	{ "01 99 00 12 34", PSP_PHONE_VALID, "+33199001234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "0199001234", PSP_PHONE_VALID, "+33199001234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "01.99.00.12.34", PSP_PHONE_VALID, "+33199001234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "01-99-00-12-34", PSP_PHONE_VALID, "+33199001234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "+33 1 99 00 12 34", PSP_PHONE_VALID, "+33199001234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "+33 (0)1 99 00 12 34", PSP_PHONE_VALID, "+33199001234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "0033 1 99 00 12 34", PSP_PHONE_VALID, "+33199001234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "199001234", PSP_PHONE_ZERO_RESTORED, "+33199001234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "06 39 98 12 34", PSP_PHONE_VALID, "+33639981234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "+33639981234", PSP_PHONE_VALID, "+33639981234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "02 61 91 12 34", PSP_PHONE_VALID, "+33261911234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "03 53 01 12 34", PSP_PHONE_VALID, "+33353011234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "04 65 71 12 34", PSP_PHONE_VALID, "+33465711234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "05 36 49 12 34", PSP_PHONE_VALID, "+33536491234", "France",
	    "fictif (œuvres audiovisuelles)" },
	{ "01 62 00 00 00", PSP_PHONE_VALID, "+33162000000",
	    "France métropolitaine", "démarchage (polyvalent vérifié)" },
	{ "0948 00 00 00", PSP_PHONE_VALID, "+33948000000",
	    "France métropolitaine", "démarchage (polyvalent vérifié)" },
	{ "09 47 50 00 00", PSP_PHONE_VALID, "+33947500000",
	    "Guadeloupe, Saint-Martin, Saint-Barthélemy",
	    "démarchage (polyvalent vérifié)" },
	{ "09 37 00 00 00", PSP_PHONE_VALID, "+33937000000",
	    "France métropolitaine", "plateforme technique" },
	{ "08 00 00 00 00", PSP_PHONE_VALID, "+33800000000", "France",
	    "spécial gratuit" },
	{ "0892 00 00 00", PSP_PHONE_VALID, "+33892000000", "France",
	    "spécial majoré" },
	{ "0806 00 00 00", PSP_PHONE_VALID, "+33806000000", "France",
	    "spécial banalisé" },
	{ "0262 00 00 00", PSP_PHONE_VALID, "+262262000000", "La Réunion",
	    "fixe" },
	{ "0692 00 00 00", PSP_PHONE_VALID, "+262692000000", "La Réunion",
	    "mobile" },
	{ "+262 262 00 00 00", PSP_PHONE_VALID, "+262262000000", "La Réunion",
	    "fixe" },
	{ "+33 262 00 00 00", PSP_PHONE_CORRECTED, "+262262000000",
	    "La Réunion", "fixe" },
	{ "0590 00 00 00", PSP_PHONE_VALID, "+590590000000",
	    "Guadeloupe, Saint-Martin, Saint-Barthélemy", "fixe" },
	{ "+590 690 00 00 00", PSP_PHONE_VALID, "+590690000000",
	    "Guadeloupe, Saint-Martin, Saint-Barthélemy", "mobile" },
	{ "0594 00 00 00", PSP_PHONE_VALID, "+594594000000", "Guyane", "fixe" },
	{ "0596 00 00 00", PSP_PHONE_VALID, "+596596000000", "Martinique",
	    "fixe" },
	{ "0269 00 00 00", PSP_PHONE_VALID, "+262269000000", "Mayotte",
	    "fixe" },
	{ "+377 93 00 00 00", PSP_PHONE_VALID, "+37793000000", "Monaco",
	    "plan propre" },
	{ "+687 00 00 00", PSP_PHONE_VALID, "+687000000", "Nouvelle-Calédonie",
	    "plan propre" },
	{ "+32 2 000 00 00", PSP_PHONE_FOREIGN, "+3220000000", "étranger",
	    "étranger" },
	{ "3900", PSP_PHONE_SHORT, "", "", "" },
	{ "15", PSP_PHONE_SHORT, "", "", "" },
	{ "01 99 00 12", PSP_PHONE_LENGTH, "", "", "" },
	{ "01 99 00 12 34 5", PSP_PHONE_LENGTH, "", "", "" },
	{ "", PSP_PHONE_SHAPE, "", "", "" },
	{ "non communiqu\xC3\xA9", PSP_PHONE_SHAPE, "", "", "" },
	{ "00 00 00 00 00", PSP_PHONE_RANGE, "", "", "" },
	{ "+590 262 00 00 00", PSP_PHONE_MISMATCH, "", "", "" },
};

/* Shapes of our own; the zone and type are those of the plan. */
static const struct phone_case cases[] = {
	{ "tel:+33199001234", PSP_PHONE_VALID, "+33199001234", NULL, NULL },
	{ "T\xC3\xA9l. : 01 99 00 12 34", PSP_PHONE_VALID, "+33199001234", NULL,
	    NULL },
	{ "'0199001234", PSP_PHONE_VALID, "+33199001234", NULL, NULL },
	{ "01/99/00/12/34", PSP_PHONE_VALID, "+33199001234", NULL, NULL },
	{ "01\xC2\xA0"
	  "99\xE2\x80\xAF"
	  "00 12 34",
	    PSP_PHONE_VALID, "+33199001234", NULL, NULL },
	{ "\xE2\x80\xAA+33 1 99 00 12 34\xE2\x80\xAC", PSP_PHONE_VALID,
	    "+33199001234", NULL, NULL },
	{ "(+33) 1 99 00 12 34", PSP_PHONE_VALID, "+33199001234", NULL, NULL },
	{ "0033 (0)1 99 00 12 34", PSP_PHONE_VALID, "+33199001234", NULL,
	    NULL },
	{ "+33 01 99 00 12 34", PSP_PHONE_CORRECTED, "+33199001234", NULL,
	    NULL },
	{ "33199001234", PSP_PHONE_CORRECTED, "+33199001234", NULL, NULL },
	{ "262262000000", PSP_PHONE_CORRECTED, "+262262000000", NULL, NULL },
	{ "262000000", PSP_PHONE_ZERO_RESTORED, "+262262000000",
	    "La R\xC3\xA9union", "fixe" },
	{ "+262 639 00 00 00", PSP_PHONE_VALID, "+262639000000", "Mayotte",
	    "mobile" },
	{ "0700 0000 0000 00", PSP_PHONE_VALID, "+337000000000000", "France",
	    "mobile \xC3\xA9tendu" },
	{ "0700000000", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "01990012340000", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "0840 00 00 00", PSP_PHONE_RANGE, "", NULL, NULL },
	{ "+33 840 00 00 00", PSP_PHONE_RANGE, "", NULL, NULL },
	{ "+590 1 99 00 12 34", PSP_PHONE_MISMATCH, "", NULL, NULL },
	{ "+44 (0)20 0000 0000", PSP_PHONE_FOREIGN, "+442000000000", NULL,
	    NULL },
	{ "+39 06 0000 0000", PSP_PHONE_FOREIGN, "+390600000000", NULL, NULL },
	{ "+39 (0)6 0000 0000", PSP_PHONE_FOREIGN, "+390600000000", NULL,
	    NULL },
	{ "+1 (000) 000-0000", PSP_PHONE_FOREIGN, "+10000000000", NULL, NULL },
	{ "+123456", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "+1234567890123456", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "+687 00 00 00 0", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "33099001234", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "+687 00 00", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "+0 199 00 12 34", PSP_PHONE_RANGE, "", NULL, NULL },
	{ "118000", PSP_PHONE_SHORT, "", NULL, NULL },
	{ "112", PSP_PHONE_SHORT, "", NULL, NULL },
	{ "1013", PSP_PHONE_SHORT, "", NULL, NULL },
	{ "+33 3900", PSP_PHONE_SHORT, "", NULL, NULL },
	{ "1234", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "0", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "0199001234 / 0199001235", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "0199001234 0199001235 0199001236", PSP_PHONE_LENGTH, "", NULL,
	    NULL },
	{ "+33199001234+33199001235", PSP_PHONE_SHAPE, "", NULL, NULL },
	{ "01 99 00 12 34 poste 5", PSP_PHONE_SHAPE, "", NULL, NULL },
	{ "199001234.0", PSP_PHONE_LENGTH, "", NULL, NULL },
	{ "+", PSP_PHONE_SHAPE, "", NULL, NULL },
	{ "00", PSP_PHONE_SHAPE, "", NULL, NULL },
	{ "tel", PSP_PHONE_SHAPE, "", NULL, NULL },
	{ "\xFF\xFE", PSP_PHONE_SHAPE, "", NULL, NULL },
};

static void
check(const struct phone_case *c)
{
	struct psp_phone phone;

	assert_int_equal(
	    psp_phone_read(psp_slice_of(c->cell), &phone), c->result);
	assert_string_equal(phone.e164, c->e164);
	if (c->zone != NULL)
		assert_string_equal(phone.zone, c->zone);
	if (c->type != NULL)
		assert_string_equal(phone.type, c->type);
}

static void
numbers_of_the_plan_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(plan_cases) / sizeof(plan_cases[0]); i++)
		check(&plan_cases[i]);
}

static void
other_shapes_are_read_or_refused(void **state)
{
	struct psp_phone phone;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(&cases[i]);
	assert_int_equal(psp_phone_read(psp_slice("0199001234\0", 11), &phone),
	    PSP_PHONE_SHAPE);
}

static void
platforms_are_told(void **state)
{
	static const struct {
		const char *cell;
		bool is_sales_platform;
	} numbers[] = { { "0162000000", true }, { "+33 4 25 00 00 00", true },
		{ "0947500000", true }, { "0947400000", false },
		{ "0937000000", false }, { "0199001234", false } };
	struct psp_phone phone;

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		assert_int_equal(
		    psp_phone_read(psp_slice_of(numbers[i].cell), &phone),
		    PSP_PHONE_VALID);
		assert_int_equal(
		    phone.is_sales_platform, numbers[i].is_sales_platform);
	}
}

/* A number of zeros in each range is read and gets the range's own names. */
static void
ranges_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < PSP_PHONE_RANGE_COUNT; i++) {
		const struct psp_phone_range *range = &psp_phone_ranges[i];
		char digits[16] = "00000000000000";
		struct psp_phone phone;

		if (i > 0)
			assert_true(
			    strcmp(range[-1].prefix, range->prefix) < 0);
		memcpy(digits, range->prefix, strlen(range->prefix));
		/* Zeros behind 07 are in the longer range 0700. */
		if (strcmp(range->prefix, "07") == 0)
			digits[2] = '9';
		digits[range->size] = '\0';
		assert_int_equal(psp_phone_read(psp_slice_of(digits), &phone),
		    PSP_PHONE_VALID);
		assert_string_equal(phone.type, range->type);
		assert_string_equal(phone.zone, range->zone);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_the_plan_are_read),
		cmocka_unit_test(other_shapes_are_read_or_refused),
		cmocka_unit_test(platforms_are_told),
		cmocka_unit_test(ranges_are_found),
	};

	return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
