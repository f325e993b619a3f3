/* The nine codes of the method and those that settings add. */
#include <config.h>

#include "libprospect/base/text.h"
#include "libprospect/targeting/signals.h"

static const char *const nine[PSP_N_SIGNAL_CODES] = { "buzz", "hr_moves",
	"new_sites", "fin_publications", "developing", "fin_growth", "distress",
	"innovative", "international_move" };

void
psp_signal_codes_init(struct psp_signal_codes *codes)
{
	codes->n = PSP_N_SIGNAL_CODES;
	for (size_t i = 0; i < codes->n; i++)
		codes->names[i] = psp_slice_of(nine[i]);
}

/* Lower case of an ASCII letter, 0 for what does not count in a code. */
static char
counted_letter(char c)
{
	if (c == ' ' || c == '-' || c == '_' || c == '.')
		return '\0';
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool
is_same_code(struct psp_slice a, struct psp_slice b)
{
	size_t i = 0, j = 0;

	while (true) {
		while (i < a.size && counted_letter(a.bytes[i]) == '\0')
			i++;
		while (j < b.size && counted_letter(b.bytes[j]) == '\0')
			j++;
		if (i == a.size || j == b.size)
			return i == a.size && j == b.size;
		if (counted_letter(a.bytes[i++])
		    != counted_letter(b.bytes[j++]))
			return false;
	}
}

bool
psp_signal_codes_find(
    const struct psp_signal_codes *codes, struct psp_slice name, size_t *code)
{
	name = psp_text_trim(name);
	for (size_t i = 0; i < codes->n; i++) {
		if (psp_slice_equal(codes->names[i], name)
		    || is_same_code(codes->names[i], name)) {
			*code = i;
			return true;
		}
	}
	return false;
}

bool
psp_signal_codes_add(struct psp_signal_codes *codes,
    const struct psp_node *list, struct psp_problems *problems)
{
	bool is_right = true;
	size_t code;

	if (list == NULL)
		return true;
	if (list->kind != PSP_NODE_LIST)
		return psp_node_problem(list, problems,
		    "signal_codes is %s where a list was expected: write "
		    "[new_target]",
		    psp_node_kind_name(list));
	for (const struct psp_node *item = list->first; item != NULL;
	     item = item->next) {
		if (item->kind != PSP_NODE_SCALAR
		    || psp_text_trim(item->text).size == 0) {
			is_right = psp_node_problem(item, problems,
			    "a signal code is a word such as new_target");
		} else if (psp_signal_codes_find(codes, item->text, &code)) {
			is_right = psp_node_problem(item, problems,
			    "signal code '%.*s' is known already: leave it "
			    "out",
			    PSP_SLICE_ARGS(item->text));
		} else if (codes->n == PSP_MAX_SIGNAL_CODES) {
			is_right = psp_node_problem(item, problems,
			    "more than %d signal codes: use fewer",
			    PSP_MAX_SIGNAL_CODES);
		} else {
			codes->names[codes->n++] = item->text;
		}
	}
	return is_right;
}
