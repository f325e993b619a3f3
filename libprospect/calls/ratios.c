/* The ratios of the method and those of the settings; see the header. */
#include <config.h>

#include "libprospect/calls/ratios.h"

#include <math.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/values/number.h"

enum { SECONDS_PER_HOUR = 3600, MAX_KNOWN = 120 };

const char *const psp_unit_names[] = { "call", "company", "person", NULL };

/* What a ratio says, as settings write it. */
struct written {
	struct psp_slice num, den;
	int unit;
};

static const struct {
	const char *name;
	const char *num;
	const char *den;
	enum psp_unit unit;
	bool has_unit;
} defaults[] = {
	{ "calls_per_hour", "call", "hour", PSP_UNIT_CALL, false },
	{ "calls_per_session", "call", "session", PSP_UNIT_CALL, false },
	{ "pitches_per_hour", "pitched", "hour", PSP_UNIT_PERSON, true },
	{ "pitches_per_session", "pitched", "session", PSP_UNIT_PERSON, true },
	{ "pitch_rate", "pitched", "call", PSP_UNIT_CALL, false },
	{ "pitch_rate_companies", "pitched", "call", PSP_UNIT_COMPANY, false },
	{ "gatekeeper_pass_rate", "gate_passed", "gate_met", PSP_UNIT_CALL,
	    false },
	{ "decision_maker_rate", "dm", "call", PSP_UNIT_CALL, false },
	{ "decision_maker_rate_companies", "dm", "call", PSP_UNIT_COMPANY,
	    false },
	{ "appointment_rate", "appointment", "pitched", PSP_UNIT_PERSON, true },
	{ "refusal_rate", "refusal", "pitched", PSP_UNIT_PERSON, true },
	{ "refusal_rate_reached", "refusal", "reached_person", PSP_UNIT_PERSON,
	    true },
	{ "callback_rate", "callback", "call", PSP_UNIT_CALL, false },
	{ "stale_contact_rate", "stale_contact", "call", PSP_UNIT_CALL, false },
};

enum { N_DEFAULTS = sizeof(defaults) / sizeof(defaults[0]) };

/* A problem with a term that is no mark, with the marks; below the line hours
 * and sessions are terms too. */
static bool
refuse_term(
    const struct psp_node *node, bool is_below, struct psp_problems *problems)
{
	struct psp_slice names[PSP_N_MARKS + 3];
	struct psp_slices known = { names, 0 };
	struct psp_slice nearest;

	for (int i = 0; i < PSP_N_MARKS; i++)
		names[known.n++] =
		    psp_slice_of(psp_mark_name((enum psp_mark)i));
	if (is_below) {
		names[known.n++] = psp_slice_of("hour");
		names[known.n++] = psp_slice_of("session");
	}
	nearest = psp_text_nearest(node->text, known);
	return psp_node_problem(node, problems,
	    "'%.*s' is nothing that calls are counted by; %s%.*s%s",
	    PSP_SLICE_ARGS(node->text),
	    nearest.size > 0 ? _("did you mean '")
			     : _("expected a mark such as call, dm, pitched, "
				 "appointment, or hour or session below"),
	    PSP_SLICE_ARGS(nearest), nearest.size > 0 ? "'?" : "");
}

/* What stands below the line. */
static bool
read_denominator(struct psp_slice text, struct psp_ratio *ratio)
{
	int found = psp_mark_find(text);

	ratio->per = PSP_PER_MARK;
	if (psp_slice_is(text, "hour"))
		ratio->per = PSP_PER_HOUR;
	else if (psp_slice_is(text, "session"))
		ratio->per = PSP_PER_SESSION;
	else if (psp_slice_is(text, "person"))
		found = PSP_MARK_CALL;
	ratio->den = found >= 0 ? (enum psp_mark)found : PSP_MARK_CALL;
	return found >= 0 || ratio->per != PSP_PER_MARK;
}

/* `{num: appointment, den: pitched, unit: person}` */
static bool
read_ratio(const struct psp_node *node, struct psp_ratio *ratio,
    struct psp_problems *problems)
{
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED("num", PSP_KEY_TEXT, struct written, num),
		PSP_KEY_REQUIRED("den", PSP_KEY_TEXT, struct written, den),
		PSP_KEY_OF("unit", struct written, unit, psp_unit_names),
		PSP_KEY_END,
	};
	struct written written = { { NULL, 0 }, { NULL, 0 }, PSP_UNIT_CALL };
	int num;

	if (node->kind != PSP_NODE_MAP)
		return psp_node_problem(node, problems,
		    "a ratio is a map such as {num: appointment, den: pitched, "
		    "unit: person}, found %s",
		    psp_node_kind_name(node));
	if (!psp_settings_read(node, "a ratio", keys, NULL, &written, problems))
		return false;
	num = psp_mark_find(written.num);
	if (num < 0)
		return refuse_term(psp_node_get(node, "num"), false, problems);
	ratio->num = (enum psp_mark)num;
	if (!read_denominator(written.den, ratio))
		return refuse_term(psp_node_get(node, "den"), true, problems);
	ratio->unit = (enum psp_unit)written.unit;
	ratio->has_unit = psp_node_get(node, "unit") != NULL;
	return true;
}

static struct psp_ratio *
find(const struct psp_ratios *ratios, struct psp_slice name)
{
	for (size_t i = 0; i < ratios->n; i++)
		if (psp_slice_equal(ratios->items[i].name, name))
			return &ratios->items[i];
	return NULL;
}

static bool
read_targets(struct psp_ratios *ratios, const struct psp_node *map,
    struct psp_problems *problems)
{
	struct psp_slice names[MAX_KNOWN];
	struct psp_slices known = { names, 0 };
	bool is_good = true;

	while (known.n < ratios->n && known.n < MAX_KNOWN) {
		names[known.n] = ratios->items[known.n].name;
		known.n++;
	}
	for (const struct psp_node *node = map->first; node != NULL;
	     node = node->next) {
		struct psp_ratio *ratio = find(ratios, node->key);

		if (ratio == NULL) {
			is_good = psp_node_unknown_key(
			    node, "'targets'", known, problems);
		} else if (node->kind != PSP_NODE_SCALAR
			   || !psp_number_read(
			       node->text, PSP_STYLE_POINT, &ratio->target)
			   || ratio->target < 0
			   || (ratio->per == PSP_PER_MARK
			       && ratio->target > PSP_NUMBER_SCALE)) {
			is_good = psp_node_problem(node, problems,
			    "a target is a number, such as 0.5 for 50 %% or 5 "
			    "for five an hour");
		} else {
			ratio->has_target = true;
		}
	}
	return is_good;
}

static bool
put_defaults(struct psp_ratios *ratios)
{
	bool is_good = true;

	for (size_t i = 0; i < N_DEFAULTS; i++) {
		struct psp_ratio *ratio = &ratios->items[ratios->n++];

		ratio->name = psp_slice_of(defaults[i].name);
		ratio->num =
		    (enum psp_mark)psp_mark_find(psp_slice_of(defaults[i].num));
		is_good = read_denominator(psp_slice_of(defaults[i].den), ratio)
		          && is_good;
		ratio->unit = defaults[i].unit;
		ratio->has_unit = defaults[i].has_unit;
	}
	return is_good;
}

bool
psp_ratios_init(struct psp_ratios *ratios, const struct psp_node *map,
    const struct psp_node *targets, struct psp_problems *problems,
    struct psp_error *err)
{
	size_t n = N_DEFAULTS + (map != NULL ? map->n_children : 0);
	bool is_good;

	memset(ratios, 0, sizeof(*ratios));
	psp_arena_init(&ratios->arena);
	ratios->items =
	    psp_arena_array(&ratios->arena, n, sizeof(*ratios->items), err);
	if (ratios->items == NULL)
		return false;
	is_good = put_defaults(ratios);
	for (const struct psp_node *node = map != NULL ? map->first : NULL;
	     node != NULL; node = node->next) {
		struct psp_ratio *ratio = find(ratios, node->key);

		if (ratio == NULL)
			ratio = &ratios->items[ratios->n++];
		ratio->name = node->key;
		is_good = read_ratio(node, ratio, problems) && is_good;
	}
	return (targets == NULL || read_targets(ratios, targets, problems))
	       && is_good;
}

void
psp_ratios_clear(struct psp_ratios *ratios)
{
	psp_arena_clear(&ratios->arena);
	ratios->items = NULL;
	ratios->n = 0;
}

void
psp_ratios_set_unit(struct psp_ratios *ratios, enum psp_unit unit)
{
	for (size_t i = 0; i < ratios->n; i++)
		if (ratios->items[i].has_unit)
			ratios->items[i].unit = unit;
}

const struct psp_ratio *
psp_ratios_find(const struct psp_ratios *ratios, struct psp_slice name)
{
	return find(ratios, name);
}

double
psp_fraction_value(
    const struct psp_ratio *ratio, const struct psp_fraction *fraction)
{
	if (ratio->per == PSP_PER_HOUR)
		return fraction->seconds > 0
		           ? (double)fraction->num * SECONDS_PER_HOUR
		                 / (double)fraction->seconds
		           : (double)NAN;
	return fraction->den > 0 ? (double)fraction->num / (double)fraction->den
	                         : (double)NAN;
}

bool
psp_fraction_millionths(const struct psp_ratio *ratio,
    const struct psp_fraction *fraction, int64_t *millionths)
{
	bool is_level = ratio->per == PSP_PER_HOUR;
	uint64_t below =
	    is_level ? (uint64_t)fraction->seconds : (uint64_t)fraction->den;
	uint64_t above = (uint64_t)fraction->num;
	uint64_t whole, rest;

	if (is_level)
		above *= SECONDS_PER_HOUR;
	if ((is_level && fraction->seconds <= 0) || below == 0)
		return false;
	whole = above / below;
	rest = above % below;
	*millionths =
	    (int64_t)(whole * PSP_NUMBER_SCALE
		      + (rest * PSP_NUMBER_SCALE + below / 2) / below);
	return true;
}
