/* Advice; see the header. */
#include <config.h>

#include "libprospect/calls/advice.h"

#include "libprospect/targeting/clause.h"
#include "libprospect/values/number.h"

/* What the method asks when a ratio is out of the ordinary. */
static const char method[] =
    "- {if: {callback_rate: {ge: 0.5, min_n: 20}},\n"
    "   say: [exhausting, other_channel, file_targeting, other_hours]}\n"
    "- {if: {refusal_rate: {ge: 0.6, min_n: 10}},\n"
    "   say: [offer_relevance, targeting, script, differentiation]}\n"
    "- {if: {appointments_trend: up}, say: [well_done]}\n"
    "- {if: {appointments_trend: down},\n"
    "   say: [fatigue, end_of_file, target_change, shrinking_market]}\n"
    "- {if: {sessions: {lt: 3}}, say: [first_values]}\n";

/* A reading of rules. */
struct reading {
	struct psp_advice *advice;
	const struct psp_ratios *ratios;
	struct psp_problems *problems;
	struct psp_error *err;
};

/* Slots of the virtual fields: the ratios, their trends, then these. */
enum { SLOT_APPOINTMENTS, SLOT_SESSIONS, SLOT_CALLS, N_MORE_SLOTS };

static bool
name_fields(struct psp_advice *advice, const struct psp_ratios *ratios,
    struct psp_error *err)
{
	static const char suffix[] = "_trend";
	size_t n = ratios->n;
	struct psp_virtual_field *fields = psp_arena_array(
	    &advice->arena, 2 * n + N_MORE_SLOTS, sizeof(*fields), err);

	if (fields == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct psp_slice name = ratios->items[i].name;
		char *trend = psp_arena_alloc(
		    &advice->arena, name.size + sizeof(suffix), err);

		if (trend == NULL)
			return false;
		memcpy(trend, name.bytes, name.size);
		memcpy(trend + name.size, suffix, sizeof(suffix));
		fields[i].name = name;
		fields[i].type = PSP_TYPE_NUMBER;
		fields[n + i].name = psp_slice_of(trend);
		fields[n + i].type = PSP_TYPE_CODE;
	}
	fields[2 * n + SLOT_APPOINTMENTS].name =
	    psp_slice_of("appointments_trend");
	fields[2 * n + SLOT_APPOINTMENTS].type = PSP_TYPE_CODE;
	fields[2 * n + SLOT_SESSIONS].name = psp_slice_of("sessions");
	fields[2 * n + SLOT_SESSIONS].type = PSP_TYPE_NUMBER;
	fields[2 * n + SLOT_CALLS].name = psp_slice_of("calls");
	fields[2 * n + SLOT_CALLS].type = PSP_TYPE_NUMBER;
	advice->virtuals = fields;
	advice->n_ratios = n;
	return true;
}

/* Whether the field is the trend of a ratio, or of appointments. */
static bool
is_trend(const struct psp_advice *advice, struct psp_slice name)
{
	size_t n = advice->n_ratios;

	for (size_t i = n; i <= 2 * n + SLOT_APPOINTMENTS; i++)
		if (psp_slice_equal(advice->virtuals[i].name, name))
			return true;
	return false;
}

/* The words that a trend is compared with: another one never holds. */
static bool
check_words(const struct reading *reading, const struct psp_node *node)
{
	static const char *const words[] = { "up", "down", "steady", "empty",
		"not_empty" };
	static const char *const operators[] = { "eq", "ne", "in", "not_in" };
	bool is_good = true;

	if (node->kind == PSP_NODE_SCALAR) {
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			if (psp_slice_is(node->text, words[i]))
				return true;
		return psp_node_problem(node, reading->problems,
		    "'%.*s' is no trend: up, down or steady expected",
		    PSP_SLICE_ARGS(node->text));
	}
	for (const struct psp_node *child = node->first; child != NULL;
	     child = child->next) {
		bool is_asked = node->kind == PSP_NODE_LIST;

		for (size_t i = 0; i < sizeof(operators) / sizeof(*operators);
		     i++)
			is_asked =
			    is_asked || psp_slice_is(child->key, operators[i]);
		if (is_asked)
			is_good = check_words(reading, child) && is_good;
	}
	return is_good;
}

/* Checks the trends that a condition asks for, however deep. */
static bool
check_trends(const struct reading *reading, const struct psp_node *node)
{
	bool is_good = true;

	for (const struct psp_node *child = node->first; child != NULL;
	     child = child->next)
		is_good = (node->kind == PSP_NODE_MAP
				      && is_trend(reading->advice, child->key)
				  ? check_words(reading, child)
				  : check_trends(reading, child))
		          && is_good;
	return is_good;
}

/* Copies `node` without the keys min_n, which are noted in `rule`. */
static struct psp_node *
copy_condition(const struct reading *reading, const struct psp_node *node,
    struct psp_advice_rule *rule)
{
	struct psp_node *copy = psp_arena_alloc(
	    &reading->advice->arena, sizeof(*copy), reading->err);
	struct psp_node **last;

	if (copy == NULL)
		return NULL;
	*copy = *node;
	copy->first = copy->next = NULL;
	copy->n_children = 0;
	last = &copy->first;
	for (const struct psp_node *child = node->first; child != NULL;
	     child = child->next) {
		if (node->kind == PSP_NODE_MAP
		    && psp_slice_is(child->key, "min_n")) {
			const struct psp_ratio *ratio =
			    psp_ratios_find(reading->ratios, node->key);

			if (ratio == NULL) {
				psp_node_key_problem(child, reading->problems,
				    "'min_n' stands beside the operator of a "
				    "ratio: {refusal_rate: {ge: 0.6, min_n: "
				    "10}}");
				return NULL;
			}
			if (!psp_node_integer(child,
				&rule->least[rule->n_least], reading->problems))
				return NULL;
			rule->ratios[rule->n_least++] =
			    (size_t)(ratio - reading->ratios->items);
			continue;
		}
		*last = copy_condition(reading, child, rule);
		if (*last == NULL)
			return NULL;
		last = &(*last)->next;
		copy->n_children++;
	}
	return copy;
}

/* How many keys min_n there can be: nodes of the condition. */
static size_t
count_nodes(const struct psp_node *node)
{
	size_t n = 1;

	for (const struct psp_node *child = node->first; child != NULL;
	     child = child->next)
		n += count_nodes(child);
	return n;
}

static bool
read_say(const struct reading *reading, const struct psp_node *list,
    struct psp_advice_rule *rule)
{
	struct psp_slice *items = psp_arena_array(&reading->advice->arena,
	    list->n_children + 1, sizeof(*items), reading->err);
	size_t n = 0;

	if (items == NULL)
		return false;
	for (const struct psp_node *node = list->first; node != NULL;
	     node = node->next) {
		if (node->kind != PSP_NODE_SCALAR)
			return psp_node_problem(node, reading->problems,
			    "'say' is a list of codes or sentences, such as "
			    "[script, \"ask the team\"]: found %s in it",
			    psp_node_kind_name(node));
		items[n++] = node->text;
	}
	rule->say.items = items;
	rule->say.n = n;
	return true;
}

/* `{if: {...}, say: [...]}` */
static bool
read_rule(const struct reading *reading, const struct psp_node *node,
    struct psp_advice_rule *rule)
{
	struct written {
		const struct psp_node *condition, *say;
	} written = { NULL, NULL };
	static const struct psp_key keys[] = {
		PSP_KEY_REQUIRED("if", PSP_KEY_MAP, struct written, condition),
		PSP_KEY_REQUIRED("say", PSP_KEY_LIST, struct written, say),
		PSP_KEY_END,
	};
	struct psp_advice *advice = reading->advice;
	struct psp_condition *condition;
	size_t n;

	if (!psp_settings_read(
		node, "an advice", keys, NULL, &written, reading->problems))
		return false;
	n = count_nodes(written.condition);
	rule->ratios = psp_arena_array(
	    &advice->arena, n, sizeof(*rule->ratios), reading->err);
	rule->least = psp_arena_array(
	    &advice->arena, n, sizeof(*rule->least), reading->err);
	if (rule->ratios == NULL || rule->least == NULL
	    || !read_say(reading, written.say, rule)
	    || !check_trends(reading, written.condition))
		return false;
	rule->condition = copy_condition(reading, written.condition, rule);
	if (rule->condition == NULL)
		return false;
	condition = psp_condition_parse(&advice->language, rule->condition,
	    reading->problems, reading->err);
	if (condition == NULL)
		return false;
	rule->test = psp_plan_add(
	    advice->plan, condition, reading->problems, reading->err);
	return rule->test != NULL;
}

/* The method's own rules, which are right. */
static const struct psp_node *
read_method(struct psp_advice *advice, struct psp_error *err)
{
	static const char text[] = "advice:\n";
	struct psp_problems none;
	struct psp_buffer whole;
	bool is_read;

	psp_problems_init(&none);
	psp_buffer_init(&whole);
	is_read =
	    psp_buffer_append(&whole, text, sizeof(text) - 1, err)
	    && psp_buffer_append(&whole, method, sizeof(method) - 1, err)
	    && psp_settings_parse(&advice->builtin, psp_buffer_content(&whole),
		"the method's advice", &none, err);
	psp_buffer_clear(&whole);
	psp_problems_clear(&none);
	return is_read ? psp_node_get(advice->builtin.root, "advice") : NULL;
}

bool
psp_advice_init(struct psp_advice *advice, const struct psp_node *list,
    const struct psp_ratios *ratios, int32_t today,
    struct psp_problems *problems, struct psp_error *err)
{
	const struct reading reading = { advice, ratios, problems, err };
	const struct psp_slices no_header = { NULL, 0 };
	bool is_good = true;

	memset(advice, 0, sizeof(*advice));
	psp_arena_init(&advice->arena);
	psp_settings_init(&advice->builtin);
	if (!name_fields(advice, ratios, err))
		return false;
	if (list == NULL)
		list = read_method(advice, err);
	if (list == NULL)
		return err->status != PSP_OK || psp_error_memory(err);
	advice->language.arena = &advice->arena;
	advice->language.virtuals = advice->virtuals;
	advice->language.n_virtuals = 2 * ratios->n + N_MORE_SLOTS;
	advice->language.today = today;
	advice->plan = psp_plan_new(&advice->language, no_header, "siren", err);
	advice->rules = psp_arena_array(
	    &advice->arena, list->n_children + 1, sizeof(*advice->rules), err);
	if (advice->plan == NULL || advice->rules == NULL)
		return false;
	for (const struct psp_node *node = list->first; node != NULL;
	     node = node->next)
		is_good = read_rule(&reading, node, &advice->rules[advice->n++])
		          && is_good;
	if (!is_good || !psp_plan_finish(advice->plan, err))
		return false;
	advice->evaluation = psp_evaluation_new(advice->plan, NULL, err);
	return advice->evaluation != NULL;
}

void
psp_advice_clear(struct psp_advice *advice)
{
	psp_evaluation_free(advice->evaluation);
	psp_plan_free(advice->plan);
	psp_settings_clear(&advice->builtin);
	psp_arena_clear(&advice->arena);
	memset(advice, 0, sizeof(*advice));
}

static void
supply_number(struct psp_advice *advice, size_t slot, int64_t millionths)
{
	struct psp_value value = { .state = PSP_VALUE_READ };

	value.first = value.last = millionths;
	psp_evaluation_supply(advice->evaluation, slot, &value);
}

static void
supply_trend(
    struct psp_advice *advice, size_t slot, enum psp_direction direction)
{
	struct psp_value value = { .state = PSP_VALUE_READ };

	if (direction == PSP_NO_DIRECTION)
		return;
	value.text = psp_slice_of(direction == PSP_RISING    ? "up"
				  : direction == PSP_FALLING ? "down"
							     : "steady");
	psp_evaluation_supply(advice->evaluation, slot, &value);
}

bool
psp_advice_holds(struct psp_advice *advice, const struct psp_ratios *ratios,
    size_t rule, const struct psp_advice_facts *facts, bool *holds,
    struct psp_error *err)
{
	const struct psp_advice_rule *wanted = &advice->rules[rule];
	size_t n = advice->n_ratios;
	enum psp_truth truth;

	*holds = false;
	for (size_t i = 0; i < wanted->n_least; i++) {
		size_t of = facts->fractions[wanted->ratios[i]].den;

		if (wanted->least[i] > 0 && of < (size_t)wanted->least[i])
			return true;
	}
	psp_evaluation_seek(advice->evaluation, NULL);
	for (size_t i = 0; i < n; i++) {
		int64_t value;

		if (psp_fraction_millionths(
			&ratios->items[i], &facts->fractions[i], &value))
			supply_number(advice, i, value);
		supply_trend(advice, n + i, facts->directions[i]);
		if (psp_slice_is(advice->virtuals[i].name, "appointment_rate"))
			supply_trend(advice, 2 * n + SLOT_APPOINTMENTS,
			    facts->directions[i]);
	}
	supply_number(advice, 2 * n + SLOT_SESSIONS,
	    (int64_t)facts->n_sessions * PSP_NUMBER_SCALE);
	supply_number(advice, 2 * n + SLOT_CALLS,
	    (int64_t)facts->n_calls * PSP_NUMBER_SCALE);
	if (!psp_evaluate(advice->evaluation, wanted->test, &truth, err))
		return false;
	*holds = truth == PSP_TRUE;
	return true;
}

size_t
psp_advice_ratio(const struct psp_advice *advice,
    const struct psp_ratios *ratios, size_t rule)
{
	const struct psp_node *first = advice->rules[rule].condition->first;

	for (size_t i = 0; first != NULL && i < ratios->n; i++)
		if (psp_slice_equal(ratios->items[i].name, first->key)
		    || psp_slice_equal(
			advice->virtuals[ratios->n + i].name, first->key)
		    || (psp_slice_is(first->key, "appointments_trend")
			&& psp_slice_is(
			    ratios->items[i].name, "appointment_rate")))
			return i;
	return SIZE_MAX;
}
