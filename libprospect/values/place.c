/*
 * Departments, regions, postal and commune codes. Codes are arithmetic: the
 * rank of a department follows from its number (see rank_of_number); names are
 * looked up in place-names.c. A cell may carry both ("13 - Bouches-du-Rhône"):
 * they must agree.
 */
#include <config.h>

#include "libprospect/values/place.h"

#include "libprospect/base/text.h"
#include "libprospect/values/place-names.h"
#include "libprospect/values/plain.h"

/* Ranks: 01-19, 21-29, 2A, 2B, 30-95, then overseas in the order of the
 * codes. */
enum {
	RANK_2A = 28,
	RANK_2B = 29,
	RANK_971 = 96,
	RANK_984 = 104,
	NO_RANK = -1
};

static int
rank_of_number(unsigned number)
{
	if (number >= 1 && number <= 19)
		return (int)number - 1;
	if (number >= 21 && number <= 29)
		return (int)number - 2;
	if (number >= 30 && number <= 95)
		return (int)number;
	if (number >= 971 && number <= 978)
		return RANK_971 + (int)number - 971;
	if (number == 984)
		return RANK_984;
	if (number >= 986 && number <= 989)
		return RANK_984 + (int)number - 985;
	return NO_RANK;
}

static void
clear(struct psp_departments *departments)
{
	memset(departments, 0, sizeof(*departments));
}

/* Adds a rank; false for NO_RANK. */
static bool
add_rank(struct psp_departments *departments, int rank)
{
	if (rank == NO_RANK)
		return false;
	departments->bits[rank / 64] |= (uint64_t)1 << (rank % 64);
	return true;
}

/* `number` of two digits or three, 20 being both Corsican departments. */
static bool
add_number(struct psp_departments *departments, unsigned number)
{
	if (number == 20)
		return add_rank(departments, RANK_2A)
		       && add_rank(departments, RANK_2B);
	return add_rank(departments, rank_of_number(number));
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The value of `text` when it is all digits and not empty. */
static bool
read_number(struct psp_slice text, unsigned *number)
{
	*number = 0;
	for (size_t i = 0; i < text.size; i++) {
		if (!is_digit(text.bytes[i]))
			return false;
		*number = *number * 10 + (unsigned)(text.bytes[i] - '0');
	}
	return text.size > 0;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/*
 * Codes that end in a letter: 2A and 2B; 9A to 9F, the health statistics'
 * (FINESS, SAE) for 971 to 976; 69D and 69M, the two parts of the Rhône.
 */
static bool
add_lettered(struct psp_departments *departments, struct psp_slice code)
{
	char letter = lower(code.bytes[code.size - 1]);

	if (code.size == 2 && code.bytes[0] == '2'
	    && (letter == 'a' || letter == 'b'))
		return add_rank(departments, letter == 'a' ? RANK_2A : RANK_2B);
	if (code.size == 2 && code.bytes[0] == '9' && letter >= 'a'
	    && letter <= 'f')
		return add_rank(departments, RANK_971 + letter - 'a');
	if (code.size == 3 && code.bytes[0] == '6' && code.bytes[1] == '9'
	    && (letter == 'd' || letter == 'm'))
		return add_number(departments, 69);
	return false;
}

/* A code of one to three characters: 1, 01, 001, 2A, 971. */
static bool
add_code(struct psp_departments *departments, struct psp_slice code)
{
	unsigned number;

	if (code.size == 0 || code.size > 3)
		return false;
	if (!read_number(code, &number))
		return add_lettered(departments, code);
	return add_number(departments, number);
}

/* The rank of a full code ("07", "2A"), which is in our lists. */
static int
rank_of_code(struct psp_slice code)
{
	unsigned number;

	if (read_number(code, &number))
		return rank_of_number(number);
	return psp_slice_is(code, "2A") ? RANK_2A : RANK_2B;
}

/* Adds the departments of a list of ours, such as "01-95 971". */
static bool
add_list(struct psp_departments *departments, const char *list)
{
	const char *p = list;

	while (*p != '\0') {
		size_t size = strcspn(p, " -");
		int first = rank_of_code(psp_slice(p, size)), last = first;

		p += size;
		if (*p == '-') {
			size = strcspn(++p, " ");
			last = rank_of_code(psp_slice(p, size));
			p += size;
		}
		for (int rank = first; rank <= last; rank++)
			if (!add_rank(departments, rank))
				return false;
		p += *p == ' ';
	}
	return true;
}

/* A name of a department as one key. */
static bool
add_department_name(struct psp_departments *departments, struct psp_slice name)
{
	const char *codes = psp_plain_find(
	    psp_department_names, PSP_DEPARTMENT_NAME_COUNT, name);

	return codes != NULL && add_list(departments, codes);
}

/* INSEE's code of a region, `1` for `01` too, or a group's own name. */
static bool
add_region_code(struct psp_departments *departments, struct psp_slice code)
{
	char padded[2] = { '0', '\0' };
	const char *list;

	if (code.size == 1) {
		padded[1] = code.bytes[0];
		code = psp_slice(padded, 2);
	}
	list = psp_plain_find(psp_regions, PSP_REGION_COUNT, code);
	return list != NULL && add_list(departments, list);
}

static bool
add_region_name(struct psp_departments *departments, struct psp_slice name)
{
	const char *code =
	    psp_plain_find(psp_region_names, PSP_REGION_NAME_COUNT, name);

	return code != NULL && add_region_code(departments, psp_slice_of(code));
}

/* Words that may stand before a code or a name and say nothing. */
static bool
is_filler(struct psp_slice word)
{
	static const char *const fillers[] = { "departement", "departements",
		"dept", "dep", "dpt", "region", "fr", "le", "la", "les", "l",
		"de", "du", "des", "d" };

	for (size_t i = 0; i < sizeof(fillers) / sizeof(fillers[0]); i++)
		if (psp_slice_is(word, fillers[i]))
			return true;
	return false;
}

typedef bool add_function(struct psp_departments *, struct psp_slice);

/* What a list of codes and names knows: a department's or a region's. */
struct reader {
	add_function *add_code;
	add_function *add_name;
};

/* The words from `first` to before `end`, fillers passed over, as a name. */
static bool
read_name(const struct reader *reader, const struct psp_plain *plain,
    size_t first, size_t end, struct psp_departments *departments)
{
	while (first + 1 < end && is_filler(plain->words[first]))
		first++;
	clear(departments);
	return reader->add_name(
	    departments, psp_plain_key(plain, first, end - first));
}

/*
 * `code` and a name in the words from `first` to before `end`: what both mean.
 * False when they disagree or either is not known.
 */
static bool
read_both(const struct reader *reader, const struct psp_plain *plain,
    struct psp_slice code, size_t first, size_t end,
    struct psp_departments *departments)
{
	struct psp_departments named;

	clear(departments);
	if (!reader->add_code(departments, code))
		return false;
	if (first == end)
		return true;
	if (!read_name(reader, plain, first, end, &named))
		return false;
	departments->bits[0] &= named.bits[0];
	departments->bits[1] &= named.bits[1];
	return (departments->bits[0] | departments->bits[1]) != 0;
}

static bool
read_place(const struct reader *reader, struct psp_slice cell,
    struct psp_departments *departments)
{
	struct psp_plain plain;
	size_t first = 0, n;

	if (!psp_plain_read(cell, &plain) || plain.n_words == 0)
		return false;
	n = plain.n_words;
	if (read_name(reader, &plain, 0, n, departments))
		return true;
	while (first + 1 < n && is_filler(plain.words[first]))
		first++;
	return read_both(reader, &plain, plain.words[first], first + 1, n,
		   departments)
	       || read_both(reader, &plain, plain.words[n - 1], first, n - 1,
		   departments);
}

bool
psp_department_read(struct psp_slice cell, struct psp_departments *departments)
{
	static const struct reader reader = { add_code, add_department_name };

	clear(departments);
	if (add_code(departments, cell))
		return true;
	if (read_place(&reader, cell, departments))
		return true;
	clear(departments);
	return false;
}

bool
psp_region_read(struct psp_slice name, struct psp_departments *departments)
{
	static const struct reader reader = { add_region_code,
		add_region_name };

	if (read_place(&reader, name, departments))
		return true;
	clear(departments);
	return false;
}

/*
 * The digits of a postal code, at most five: white space between them and the
 * country in front (F-75001) do not count. Returns how many, 0 when there is
 * anything else.
 */
static size_t
collect_postcode(struct psp_slice cell, char digits[5])
{
	size_t at = 0, n = 0;

	cell = psp_text_trim(cell);
	if (cell.size > 2 && lower(cell.bytes[0]) == 'f')
		at = lower(cell.bytes[1]) == 'r' ? 2 : 1;
	if (at > 0 && cell.bytes[at++] != '-')
		return 0;
	while (at < cell.size) {
		uint32_t character = psp_utf8_next(cell, &at);

		if (psp_plain_is_space(character))
			continue;
		if (character < '0' || character > '9' || n == 5)
			return 0;
		digits[n++] = (char)character;
	}
	return n;
}

bool
psp_postcode_read(struct psp_slice cell, char text[6])
{
	char digits[5];
	size_t n = collect_postcode(cell, digits);

	if (n < 4 || (n == 4 && digits[0] == '0'))
		return false;
	text[0] = '0';
	memcpy(text + 5 - n, digits, n);
	text[5] = '\0';
	return true;
}

/*
 * Codes served from another department than their prefix says. Sixteen more
 * have a commune or two across a border: they count for their main department,
 * which is the prefix's. Source: La Poste.
 */
static unsigned
number_of_exception(unsigned code)
{
	switch (code) {
	case 94390: /* Paray-Vieille-Poste */
		return 91;
	case 97133: /* Saint-Barthélemy */
		return 977;
	case 97150: /* Saint-Martin */
		return 978;
	case 98799: /* Clipperton */
		return 989;
	default:
		return 0;
	}
}

bool
psp_department_from_postcode(
    struct psp_slice cell, struct psp_departments *departments)
{
	char text[6];
	unsigned code, number;

	clear(departments);
	if (!psp_postcode_read(cell, text)
	    || !read_number(psp_slice(text, 5), &code))
		return false;
	number = number_of_exception(code);
	if (number == 0)
		number = code >= 97000 ? code / 100 : code / 1000;
	if (number == 20)
		return add_rank(departments, code < 20200 ? RANK_2A : RANK_2B);
	return add_rank(departments, rank_of_number(number));
}

/* Codes of communes that moved: Mayotte was 985, two islands were in 971. */
static unsigned
number_of_commune(unsigned code)
{
	if (code == 97123)
		return 977;
	if (code == 97127)
		return 978;
	if (code / 100 == 985)
		return 976;
	return code >= 97000 ? code / 100 : code / 1000;
}

bool
psp_department_from_commune(
    struct psp_slice cell, struct psp_departments *departments)
{
	unsigned code;

	clear(departments);
	cell = psp_text_trim(cell);
	if (cell.size == 5 && cell.bytes[0] == '2'
	    && (lower(cell.bytes[1]) == 'a' || lower(cell.bytes[1]) == 'b'))
		return read_number(
			   psp_slice(cell.bytes + 2, cell.size - 2), &code)
		       && add_lettered(departments, psp_slice(cell.bytes, 2));
	if (!read_number(cell, &code)
	    || !(cell.size == 5 || (cell.size == 4 && cell.bytes[0] != '0')))
		return false;
	return add_number(departments, number_of_commune(code));
}

const char *
psp_department_code(size_t rank)
{
	return rank < PSP_DEPARTMENT_COUNT ? psp_department_codes[rank] : NULL;
}
