/* Reading NAF codes of conditions; see the header. */
#include <config.h>

#include "libprospect/targeting/naf_constant.h"

#include <stdio.h>

#include "libprospect/base/text.h"

struct reading {
	struct psp_constant *constant;
	const struct psp_constant_rules *rules;
	struct psp_problems *problems;
	bool is_range; /* a bound need not be a code: 40..45 */
};

/* A section letter stands for divisions, which depend on the nomenclature. */
static bool
read_naf_section(struct reading *r, char section)
{
	struct psp_constant *c = r->constant;
	enum psp_naf_version version = PSP_NAF_ANY;
	char digits[12], unused[6];
	int first, last;

	if (r->rules->field != NULL)
		version = r->rules->field->version;
	if (version == PSP_NAF_ANY)
		return psp_place_problem(c->place, r->problems,
		    "section '%c' is not the same in NAF rev. 2 and NAF 2025: "
		    "say which with 'fields: {naf: {version: rev2}}' (or "
		    "2025), or give divisions such as 10..33",
		    section);
	if (!psp_naf_section_divisions(section, version, &first, &last))
		return psp_constant_refuse(
		    r->constant, PSP_TYPE_NAF, r->problems);
	(void)snprintf(digits, sizeof(digits), "%02d", first);
	psp_naf_range(digits, c->low, unused);
	(void)snprintf(digits, sizeof(digits), "%02d", last);
	psp_naf_range(digits, unused, c->high);
	c->version = version;
	return true;
}

/* One code or prefix, the ends of which go to low and high. */
static bool
read_naf_part(struct reading *r, struct psp_slice text)
{
	struct psp_constant *c = r->constant;
	bool is_prefix = r->rules->op->core == PSP_CORE_STARTS;
	char digits[6] = "";
	struct psp_naf naf;
	size_t n = 0;

	text = psp_text_trim(text);
	if (text.size > 0 && text.bytes[text.size - 1] == '*') {
		is_prefix = true;
		text.size--;
	}
	if (is_prefix && text.size > 0 && text.bytes[text.size - 1] == '.')
		text.size--;
	switch (psp_naf_read(text, &naf)) {
	case PSP_NAF_READ:
		if (naf.level == PSP_NAF_SECTION)
			return read_naf_section(r, naf.digits[0]);
		psp_naf_range(naf.digits, c->low, c->high);
		c->version = naf.version;
		return true;
	case PSP_NAF_UNKNOWN:
		if (r->is_range && naf.level < PSP_NAF_SUBCLASS) {
			psp_naf_range(naf.digits, c->low, c->high);
			return true;
		}
		return psp_place_problem(c->place, r->problems,
		    "'%.*s' is neither in NAF rev. 2 nor in NAF 2025: expected "
		    "a code or prefix such as 62.01Z or 62",
		    PSP_SLICE_ARGS(text));
	case PSP_NAF_SHAPE:
		break;
	}
	for (size_t i = 0; i < text.size && n < 4; i++)
		if (text.bytes[i] != '.')
			digits[n++] = text.bytes[i];
	if (!is_prefix || !psp_all_digits(psp_slice(digits, n)))
		return psp_constant_refuse(
		    r->constant, PSP_TYPE_NAF, r->problems);
	psp_naf_range(digits, c->low, c->high);
	return true;
}

bool
psp_naf_constant_read(struct psp_constant *c,
    const struct psp_constant_rules *rules, struct psp_problems *problems)
{
	struct reading reading = { c, rules, problems, false };
	struct reading *r = &reading;
	struct psp_constant part;
	struct psp_slice text = c->text;
	bool is_range;
	size_t i;

	for (i = 0; i + 1 < text.size; i++)
		if (text.bytes[i] == '.' && text.bytes[i + 1] == '.')
			break;
	if (i + 1 >= text.size)
		return read_naf_part(r, text);
	r->is_range = true;
	part = *c;
	part.text = psp_slice(text.bytes + i + 2, text.size - i - 2);
	r->constant = &part;
	if (!read_naf_part(r, part.text))
		return false;
	r->constant = c;
	c->text.size = i;
	if (!read_naf_part(r, c->text))
		return false;
	is_range = psp_constant_join(c, &part, PSP_TYPE_NAF, r->problems);
	c->text = text;
	return is_range;
}
