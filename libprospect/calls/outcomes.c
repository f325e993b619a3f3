/* Codes and their marks; see the header. */
#include <config.h>

#include "libprospect/calls/outcomes.h"

#include "libprospect/base/text.h"

enum { MAX_CODE = 256 };

enum reached {
	REACHED_NONE,
	REACHED_MACHINE,
	REACHED_INVALID,
	REACHED_GATE,
	REACHED_DM
};
enum gate { GATE_HELD, GATE_BLOCKED, GATE_PASSED, GATE_UNSAID };

static const char *const reached_names[] = { "none", "machine", "invalid",
	"gate", "dm", NULL };
static const char *const gate_names[] = { "held", "blocked", "passed", NULL };
static const char *const result_names[] = { "appointment", "refusal", "project",
	"lead", "callback", "bad_number", "stale_contact", "off_target",
	"do_not_call", NULL };

static const char *const mark_names[PSP_N_MARKS] = {
	[PSP_MARK_CALL] = "call",
	[PSP_MARK_NONE] = "none",
	[PSP_MARK_MACHINE] = "machine",
	[PSP_MARK_INVALID] = "invalid",
	[PSP_MARK_GATE] = "gate",
	[PSP_MARK_DM] = "dm",
	[PSP_MARK_REACHED_PERSON] = "reached_person",
	[PSP_MARK_GATE_MET] = "gate_met",
	[PSP_MARK_GATE_PASSED] = "gate_passed",
	[PSP_MARK_PITCHED] = "pitched",
	[PSP_MARK_FOLLOW_UP] = "follow_up",
	[PSP_MARK_APPOINTMENT] = "appointment",
	[PSP_MARK_REFUSAL] = "refusal",
	[PSP_MARK_PROJECT] = "project",
	[PSP_MARK_LEAD] = "lead",
	[PSP_MARK_CALLBACK] = "callback",
	[PSP_MARK_BAD_NUMBER] = "bad_number",
	[PSP_MARK_STALE_CONTACT] = "stale_contact",
	[PSP_MARK_OFF_TARGET] = "off_target",
	[PSP_MARK_DO_NOT_CALL] = "do_not_call",
};

/* What a code says, as settings write it. */
struct meaning {
	int reached; /* enum reached */
	int gate;    /* enum gate */
	bool pitched;
	bool follow_up;
	int result; /* index of result_names; -1: none */
};

/* The method's codes, and those that logs have beside them. */
static const struct {
	const char *code;
	struct meaning meaning;
} defaults[] = {
	{ "RDV", { REACHED_DM, GATE_UNSAID, true, false, 0 } },
	{ "REFUS", { REACHED_DM, GATE_UNSAID, true, false, 1 } },
	{ "RELANCE", { REACHED_DM, GATE_UNSAID, true, true, 1 } },
	{ "PROJET", { REACHED_DM, GATE_UNSAID, true, false, 2 } },
	{ "PISTE", { REACHED_GATE, GATE_UNSAID, false, false, 3 } },
	{ "RAPP", { REACHED_GATE, GATE_HELD, false, false, 4 } },
	{ "BARR", { REACHED_GATE, GATE_BLOCKED, false, false, 4 } },
	{ "REP", { REACHED_MACHINE, GATE_UNSAID, false, false, 4 } },
	{ "ABS", { REACHED_NONE, GATE_UNSAID, false, false, 4 } },
	{ "NRP", { REACHED_NONE, GATE_UNSAID, false, false, 4 } },
	{ "FN", { REACHED_INVALID, GATE_UNSAID, false, false, 5 } },
	{ "FAUX", { REACHED_INVALID, GATE_UNSAID, false, false, 5 } },
	{ "PARTI", { REACHED_GATE, GATE_UNSAID, false, false, 6 } },
	{ "HC", { REACHED_DM, GATE_UNSAID, false, false, 7 } },
	{ "STOP", { REACHED_DM, GATE_UNSAID, false, false, 8 } },
};

enum { N_DEFAULTS = sizeof(defaults) / sizeof(defaults[0]) };

int
psp_mark_find(struct psp_slice name)
{
	for (int i = 0; i < PSP_N_MARKS; i++)
		if (psp_slice_is(name, mark_names[i]))
			return i;
	return -1;
}

const char *
psp_mark_name(enum psp_mark mark)
{
	return mark_names[mark];
}

/* The marks without those of the gatekeeper. A gate that was passed is kept in
 * marks[1] for psp_outcomes_settle. */
static void
mark(const struct meaning *meaning, struct psp_outcome *outcome)
{
	static const enum psp_mark of_reached[] = { PSP_MARK_NONE,
		PSP_MARK_MACHINE, PSP_MARK_INVALID, PSP_MARK_GATE,
		PSP_MARK_DM };
	psp_marks marks = PSP_MARK_BIT(PSP_MARK_CALL)
	                  | PSP_MARK_BIT(of_reached[meaning->reached]);

	if (meaning->reached >= REACHED_GATE)
		marks |= PSP_MARK_BIT(PSP_MARK_REACHED_PERSON);
	if (meaning->pitched)
		marks |= PSP_MARK_BIT(PSP_MARK_PITCHED);
	if (meaning->follow_up)
		marks |= PSP_MARK_BIT(PSP_MARK_FOLLOW_UP);
	if (meaning->result >= 0)
		marks |=
		    PSP_MARK_BIT((int)PSP_MARK_APPOINTMENT + meaning->result);
	if (meaning->gate == GATE_PASSED)
		marks |= PSP_MARK_BIT(PSP_MARK_GATE_PASSED);
	outcome->marks[0] = outcome->marks[1] = marks;
}

/* Folds a code; false when it is too long to be one. */
static bool
fold(struct psp_slice code, char folded[MAX_CODE], struct psp_slice *key)
{
	size_t size;

	if (!psp_text_fold_into(psp_text_trim(code), folded, MAX_CODE, &size))
		return false;
	*key = psp_slice(folded, size);
	return true;
}

/* Adds a code, or changes what it means. */
static bool
put(struct psp_outcomes *outcomes, struct psp_slice code,
    const struct meaning *meaning, struct psp_error *err)
{
	struct psp_map_entry *entry;
	struct psp_slice key;
	char folded[MAX_CODE];
	bool is_new;

	if (!fold(code, folded, &key))
		key = code;
	if (!psp_map_put(
		&outcomes->codes, key, outcomes->n, &entry, &is_new, err))
		return false;
	outcomes->items[entry->value].code = code;
	mark(meaning, &outcomes->items[entry->value]);
	outcomes->n += is_new;
	return true;
}

/* Results that only somebody on the telephone can give: those before
 * callback. */
enum { N_SPOKEN_RESULTS = 4 };

/* A problem where what a call came to needs somebody, and nobody was reached.
 */
static bool
check_reached(const struct psp_node *node, const struct meaning *meaning,
    struct psp_problems *problems)
{
	bool has_person = meaning->reached >= REACHED_GATE;
	bool needs_one =
	    meaning->result >= 0 && meaning->result < N_SPOKEN_RESULTS;

	if (!has_person && needs_one)
		return psp_node_problem(psp_node_get(node, "result"), problems,
		    "'result: %s' is what somebody says, and 'reached: %s' is "
		    "nobody: expected 'reached: dm', or gate",
		    result_names[meaning->result],
		    reached_names[meaning->reached]);
	if (!has_person && meaning->gate != GATE_UNSAID)
		return psp_node_problem(psp_node_get(node, "gate"), problems,
		    "'gate: %s' is what a gatekeeper does, and 'reached: %s' "
		    "is nobody: expected 'reached: gate', or dm",
		    gate_names[meaning->gate], reached_names[meaning->reached]);
	return true;
}

/* `{reached: dm, pitched: true, result: appointment}` */
static bool
read_meaning(const struct psp_node *node, struct meaning *meaning,
    struct psp_problems *problems)
{
	static const struct psp_key keys[] = {
		PSP_KEY_OF("reached", struct meaning, reached, reached_names),
		PSP_KEY_OF("gate", struct meaning, gate, gate_names),
		PSP_KEY("pitched", PSP_KEY_BOOL, struct meaning, pitched),
		PSP_KEY("follow_up", PSP_KEY_BOOL, struct meaning, follow_up),
		PSP_KEY_OF("result", struct meaning, result, result_names),
		PSP_KEY_END,
	};
	static const struct meaning unsaid = { REACHED_NONE, GATE_UNSAID, false,
		false, -1 };

	*meaning = unsaid;
	if (node->kind != PSP_NODE_MAP)
		return psp_node_problem(node, problems,
		    "an outcome is a map such as {reached: dm, pitched: true, "
		    "result: refusal}, found %s",
		    psp_node_kind_name(node));
	if (!psp_settings_read(
		node, "an outcome", keys, NULL, meaning, problems))
		return false;
	if (psp_node_get(node, "reached") == NULL)
		return psp_node_problem(node, problems,
		    "an outcome says how far the call came: 'reached' is one "
		    "of none, machine, invalid, gate, dm");
	if (meaning->pitched && meaning->reached != REACHED_DM)
		return psp_node_problem(psp_node_get(node, "pitched"), problems,
		    "a pitch is made to a decision maker: 'reached: dm' "
		    "expected beside 'pitched: true'");
	return check_reached(node, meaning, problems);
}

/* Whether both are one code: case and accents do not count. */
static bool
is_same(struct psp_slice a, struct psp_slice b)
{
	char folded[2][MAX_CODE];
	struct psp_slice keys[2];

	return fold(a, folded[0], &keys[0]) && fold(b, folded[1], &keys[1])
	       && psp_slice_equal(keys[0], keys[1]);
}

/* A problem where `node` says again what a code before it means. */
static bool
check_repeated(const struct psp_node *map, const struct psp_node *node,
    struct psp_problems *problems)
{
	for (const struct psp_node *before = map->first; before != node;
	     before = before->next)
		if (is_same(before->key, node->key))
			return psp_node_key_problem(node, problems,
			    "'%.*s' and '%.*s' are the same code: case and "
			    "accents do not count; keep one",
			    PSP_SLICE_ARGS(before->key),
			    PSP_SLICE_ARGS(node->key));
	return true;
}

/* The codes of the settings. */
static bool
put_map(struct psp_outcomes *outcomes, const struct psp_node *map,
    struct psp_problems *problems, struct psp_error *err)
{
	bool is_good = true;

	for (const struct psp_node *node = map->first; node != NULL;
	     node = node->next) {
		struct meaning meaning;

		if (!read_meaning(node, &meaning, problems)
		    || !check_repeated(map, node, problems))
			is_good = false;
		else if (!put(outcomes, node->key, &meaning, err))
			return false;
	}
	return is_good;
}

bool
psp_outcomes_init(struct psp_outcomes *outcomes, const struct psp_node *map,
    struct psp_problems *problems, struct psp_error *err)
{
	size_t n = N_DEFAULTS + 1 + (map != NULL ? map->n_children : 0);

	memset(outcomes, 0, sizeof(*outcomes));
	psp_map_init(&outcomes->codes);
	psp_arena_init(&outcomes->arena);
	if (n > PSP_MAX_OUTCOMES)
		return psp_node_problem(map, problems,
		    "%zu outcomes: at most %d can be told apart",
		    map->n_children, PSP_MAX_OUTCOMES - N_DEFAULTS - 1);
	outcomes->items =
	    psp_arena_array(&outcomes->arena, n, sizeof(*outcomes->items), err);
	if (outcomes->items == NULL)
		return false;
	outcomes->n = 1;
	outcomes->items[PSP_OUTCOME_UNKNOWN].marks[0] =
	    outcomes->items[PSP_OUTCOME_UNKNOWN].marks[1] =
		PSP_MARK_BIT(PSP_MARK_CALL);
	for (size_t i = 0; i < N_DEFAULTS; i++)
		if (!put(outcomes, psp_slice_of(defaults[i].code),
			&defaults[i].meaning, err))
			return false;
	return map == NULL || put_map(outcomes, map, problems, err);
}

void
psp_outcomes_clear(struct psp_outcomes *outcomes)
{
	psp_map_clear(&outcomes->codes);
	psp_arena_clear(&outcomes->arena);
	outcomes->items = NULL;
	outcomes->n = 0;
}

void
psp_outcomes_settle(struct psp_outcomes *outcomes, bool has_gate_type)
{
	const psp_marks met = PSP_MARK_BIT(PSP_MARK_GATE_MET);
	const psp_marks passed = PSP_MARK_BIT(PSP_MARK_GATE_PASSED);

	for (size_t i = 1; i < outcomes->n; i++) {
		for (size_t j = 0; j < 2; j++) {
			psp_marks *marks = &outcomes->items[i].marks[j];
			bool is_dm = *marks & PSP_MARK_BIT(PSP_MARK_DM);

			if (j == 1 || *marks & PSP_MARK_BIT(PSP_MARK_GATE)
			    || *marks & passed || (is_dm && !has_gate_type))
				*marks |= met;
			if (is_dm && *marks & met)
				*marks |= passed;
		}
	}
}

size_t
psp_outcomes_find(const struct psp_outcomes *outcomes, struct psp_slice code)
{
	const struct psp_map_entry *entry;
	struct psp_slice key;
	char folded[MAX_CODE];

	if (!fold(code, folded, &key))
		return PSP_OUTCOME_UNKNOWN;
	entry = psp_map_get(&outcomes->codes, key);
	return entry != NULL ? entry->value : PSP_OUTCOME_UNKNOWN;
}
