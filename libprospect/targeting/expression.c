/*
 * The one-line grammar: a token of look-ahead and a function for each level.
 * A syntax error ends the reading; what is wrong with a value does not, so that
 * all values are checked at once.
 */
#include <config.h>

#include "libprospect/targeting/expression.h"

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"
#include "libprospect/targeting/signal_clause.h"

enum { MAX_DEPTH = 64 };

enum token_kind {
	TOKEN_END,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_COMMA,
	TOKEN_SYMBOL,
	TOKEN_WORD,
	TOKEN_QUOTED,
	TOKEN_BRACKET,
	TOKEN_BAD
};

struct token {
	enum token_kind kind;
	size_t start, end;     /* bytes in the text */
	struct psp_slice text; /* without quotes or brackets */
};

struct parse {
	const struct psp_condition_rules *rules;
	struct psp_slice text;
	struct psp_problems *problems;
	struct psp_error *err;
	struct token token; /* the one looked at */
	size_t previous_end;
	size_t depth;
	size_t placed, n_characters; /* see place_at */
	bool is_named; /* what was read last is a name without brackets */
	bool is_bad;   /* a value is wrong: go on reading, return nothing */
};

/* Places are asked for from left to right: the last one is remembered. */
static struct psp_place
place_at(struct parse *p, size_t byte)
{
	struct psp_place place = { "-e", 1, 1 };

	if (byte < p->placed) {
		p->placed = 0;
		p->n_characters = 0;
	}
	while (p->placed < byte && p->placed < p->text.size) {
		(void)psp_utf8_next(p->text, &p->placed);
		p->n_characters++;
	}
	place.column = p->n_characters + 1;
	return place;
}

/* The last byte before `at` that is no space, or 0. */
static char
byte_before(const struct parse *p, size_t at)
{
	while (at > 0 && p->text.bytes[at - 1] == ' ')
		at--;
	return (char)(at > 0 ? p->text.bytes[at - 1] : '\0');
}

/* Whether a symbol of comparison follows. */
static bool
has_symbol_after(const struct parse *p)
{
	for (size_t at = p->token.end; at < p->text.size; at++)
		if (strchr("<>=!", p->text.bytes[at]) != NULL)
			return true;
	return false;
}

/* What other languages and spreadsheets would have written here: how to mend
 * it, or "". */
static const char *
mend(const struct parse *p)
{
	static const struct {
		char before;
		const char *found, *mend;
	} slips[] = {
		{ '\0', "==", N_("; write =") },
		{ '\0', "\xE2\x89\xA5", N_("; write >=") },
		{ '\0', "\xE2\x89\xA4", N_("; write <=") },
		{ '\0', "\xE2\x89\xA0", N_("; write !=") },
		{ '=', ">", N_("; write >=") },
		{ '=', "<", N_("; write <=") },
		{ '<', ">", N_("; write !=") },
		{ '>', "=", N_("; write >=") },
		{ '<', "=", N_("; write <=") },
	};
	const struct token *t = &p->token;
	char before = byte_before(p, t->start);

	for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++)
		if ((slips[i].before == '\0' || slips[i].before == before)
		    && psp_slice_is(t->text, slips[i].found))
			return _(slips[i].mend);
	if (p->is_named && t->kind == TOKEN_WORD && has_symbol_after(p))
		return _("; a name of several words stands in [...]");
	if (t->kind == TOKEN_COMMA && before >= '0' && before <= '9'
	    && t->end < p->text.size && p->text.bytes[t->end] >= '0'
	    && p->text.bytes[t->end] <= '9')
		return _("; write decimals with a point");
	return "";
}

/* Whether the text is a single name: the shell took the rest of it away. */
static bool
is_alone(const struct parse *p)
{
	return p->is_named && p->previous_end == p->text.size
	       && memchr(p->text.bytes, ' ', p->text.size) == NULL;
}

/* Adds "expected …, found …" at the token looked at. Returns false. */
static bool
refuse(struct parse *p, const char *expected)
{
	const struct token *t = &p->token;
	struct psp_slice found =
	    psp_slice(p->text.bytes + t->start, t->end - t->start);
	struct psp_place place = place_at(p, t->start);

	if (t->kind == TOKEN_BAD)
		return psp_place_problem(place, p->problems,
		    "'%c' opened here is not closed", p->text.bytes[t->start]);
	if (t->kind == TOKEN_END)
		return psp_place_problem(place, p->problems,
		    "expected %s, found the end%s", expected,
		    is_alone(p) ? _("; put the whole condition in quotes, as "
				    "in -e 'headcount >= 20'")
				: "");
	return psp_place_problem(place, p->problems,
	    "expected %s, found '%.*s'%s", expected, PSP_SLICE_ARGS(found),
	    mend(p));
}

/* Bytes of a blank at `at`: ASCII ones, U+00A0 and U+202F. */
static size_t
blank_size(struct psp_slice text, size_t at)
{
	const char *b = text.bytes + at;
	size_t left = text.size - at;

	if (b[0] == ' ' || (b[0] >= '\t' && b[0] <= '\r'))
		return 1;
	if (left >= 2 && memcmp(b, "\xC2\xA0", 2) == 0)
		return 2;
	if (left >= 3 && memcmp(b, "\xE2\x80\xAF", 3) == 0)
		return 3;
	return 0;
}

/* A text in quotes, which are doubled inside. */
static bool
read_quoted(struct parse *p, struct token *t)
{
	struct psp_slice text = p->text;
	char quote = text.bytes[t->start], *copy;
	size_t at = t->start + 1, n = 0;

	copy = psp_arena_alloc(p->rules->arena, text.size - t->start, p->err);
	if (copy == NULL)
		return false;
	for (; at < text.size; at++) {
		if (text.bytes[at] == quote) {
			if (at + 1 >= text.size || text.bytes[at + 1] != quote)
				break;
			at++;
		}
		copy[n++] = text.bytes[at];
	}
	t->kind = at < text.size ? TOKEN_QUOTED : TOKEN_BAD;
	t->end = at < text.size ? at + 1 : at;
	t->text = psp_slice(copy, n);
	return true;
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static void
read_word(struct parse *p, struct token *t)
{
	struct psp_slice text = p->text;
	size_t at = t->start;

	while (at < text.size && blank_size(text, at) == 0
	       && !is_one_of(text.bytes[at], "()[],=<>!^~"))
		at++;
	t->kind = TOKEN_WORD;
	t->end = at;
	t->text = psp_slice(text.bytes + t->start, at - t->start);
}

static void
read_symbol(struct parse *p, struct token *t)
{
	struct psp_slice text = p->text;

	t->kind = TOKEN_SYMBOL;
	t->end = t->start + 1;
	if (t->end < text.size && text.bytes[t->end] == '='
	    && is_one_of(text.bytes[t->start], "<>!="))
		t->end++;
	t->text = psp_slice(text.bytes + t->start, t->end - t->start);
}

static void
read_bracket(struct parse *p, struct token *t)
{
	const char *close =
	    memchr(p->text.bytes + t->start, ']', p->text.size - t->start);

	t->kind = close == NULL ? TOKEN_BAD : TOKEN_BRACKET;
	t->end =
	    close == NULL ? p->text.size : (size_t)(close - p->text.bytes) + 1;
	if (close != NULL)
		t->text = psp_text_trim(psp_slice(
		    p->text.bytes + t->start + 1, t->end - t->start - 2));
}

/* Moves to the next token. False with PSP_ENOMEM only. */
static bool
advance(struct parse *p)
{
	struct token *t = &p->token;
	size_t at = t->end, blank;

	p->previous_end = t->end;
	while (at < p->text.size) {
		blank = blank_size(p->text, at);
		if (blank == 0)
			break;
		at += blank;
	}
	t->start = at;
	t->end = at;
	t->text = psp_slice(NULL, 0);
	t->kind = TOKEN_END;
	if (at >= p->text.size)
		return true;
	t->end = at + 1;
	switch (p->text.bytes[at]) {
	case '(':
		t->kind = TOKEN_OPEN;
		return true;
	case ')':
		t->kind = TOKEN_CLOSE;
		return true;
	case ',':
		t->kind = TOKEN_COMMA;
		return true;
	case '\'':
	case '"':
		return read_quoted(p, t);
	case '[':
		read_bracket(p, t);
		return true;
	case '=':
	case '<':
	case '>':
	case '!':
	case '^':
	case '~':
		read_symbol(p, t);
		return true;
	case ']':
		t->kind = TOKEN_SYMBOL;
		return true;
	default:
		read_word(p, t);
		return true;
	}
}

/* Whether the token is this word of the grammar, case aside. */
static bool
is_word(const struct parse *p, const char *word)
{
	size_t size = strlen(word);

	if (p->token.kind != TOKEN_WORD || p->token.text.size != size)
		return false;
	for (size_t i = 0; i < size; i++)
		if ((p->token.text.bytes[i] | 0x20) != word[i])
			return false;
	return true;
}

static bool
is_value_end(const struct parse *p)
{
	return p->token.kind != TOKEN_WORD || is_word(p, "and")
	       || is_word(p, "or");
}

/* Makes room for one more constant, by doubling: the arena keeps the rest. */
static bool
make_room(struct parse *p, struct psp_condition *field)
{
	struct psp_constant *constants;
	size_t n = field->n_constants;

	if (n > 0 && (n & (n - 1)) != 0)
		return true; /* room grows at powers of two only */
	constants = psp_arena_array(
	    p->rules->arena, n == 0 ? 1 : 2 * n, sizeof(*constants), p->err);
	if (constants == NULL)
		return false;
	if (n > 0)
		memcpy(constants, field->constants, n * sizeof(*constants));
	field->constants = constants;
	return true;
}

/* Refuses the words that join conditions elsewhere, inside a bare value. */
static bool
check_join(struct parse *p)
{
	bool is_or = is_word(p, "ou") || psp_slice_is(p->token.text, "||");

	if (!is_or && !is_word(p, "et") && !psp_slice_is(p->token.text, "&&"))
		return true;
	return psp_place_problem(place_at(p, p->token.start), p->problems,
	    "'%.*s' joins no conditions: write '%s', or put the value in "
	    "quotes",
	    PSP_SLICE_ARGS(p->token.text), is_or ? "or" : "and");
}

/* A value into the next constant of `field`, or the column to compare with. */
static bool
read_value(struct parse *p, struct psp_condition *field)
{
	struct psp_constant *c;
	size_t start = p->token.start;

	if (p->token.kind == TOKEN_BRACKET && field->n_constants == 0
	    && field->op->arity == PSP_ARITY_ONE) {
		field->other = p->token.text;
		field->other_place = place_at(p, start);
		if (field->other.size == 0)
			return refuse(p, _("the name of a column in [...]"));
		return advance(p);
	}
	if (p->token.kind != TOKEN_QUOTED && is_value_end(p))
		return refuse(p, _("a value such as 20, 2M€, 2024-01-31 or "
				   "'text'"));
	if (!make_room(p, field))
		return false;
	c = &field->constants[field->n_constants++];
	c->place = place_at(p, start);
	if (p->token.kind == TOKEN_QUOTED) {
		c->text = p->token.text;
		c->is_quoted = true;
		return advance(p);
	}
	while (!is_value_end(p))
		if (!check_join(p) || !advance(p))
			return false;
	c->text = psp_slice(p->text.bytes + start, p->previous_end - start);
	return true;
}

/* `(A, B, …)` */
static bool
read_list(struct parse *p, struct psp_condition *field)
{
	if (!advance(p))
		return false;
	for (;;) {
		if (!read_value(p, field))
			return false;
		if (p->token.kind == TOKEN_CLOSE)
			return advance(p);
		if (p->token.kind != TOKEN_COMMA)
			return refuse(p, _("',' or ')'"));
		if (!advance(p))
			return false;
	}
}

static bool
read_values(struct parse *p, struct psp_condition *field)
{
	if (field->op->arity == PSP_ARITY_NONE)
		return true;
	if (field->op->arity == PSP_ARITY_MANY && p->token.kind == TOKEN_OPEN)
		return read_list(p, field);
	if (strcmp(field->op->name, "in") == 0
	    || strcmp(field->op->name, "not_in") == 0)
		return refuse(p, _("'(' and a list of values, as in (69, 38)"));
	if (!read_value(p, field))
		return false;
	if (field->op->arity != PSP_ARITY_TWO)
		return true;
	if (!is_word(p, "and"))
		return refuse(p, _("'and' and the upper bound"));
	return advance(p) && read_value(p, field);
}

/* An operator's symbol or name, with `not` before it or `count`. */
static bool
read_operator(struct parse *p, struct psp_condition *field)
{
	const char *expected = _("an operator such as =, >=, in, between, "
				 "within, contains or empty");
	bool is_not = is_word(p, "not");

	if (is_not && !advance(p))
		return false;
	if (p->token.kind == TOKEN_SYMBOL)
		field->op = psp_operator_symbol(p->token.text);
	else if (p->token.kind == TOKEN_WORD)
		field->op = psp_operator_find(p->token.text);
	if (field->op == NULL)
		return refuse(p, expected);
	field->is_negated = field->op->is_negated != is_not;
	p->is_named = false;
	if (!advance(p))
		return false;
	if (field->op->core != PSP_CORE_COUNT)
		return true;
	field->of_count = true;
	field->op = NULL;
	if (p->token.kind == TOKEN_SYMBOL)
		field->op = psp_operator_symbol(p->token.text);
	else if (p->token.kind == TOKEN_WORD)
		field->op = psp_operator_find(p->token.text);
	if (field->op == NULL || field->op->core == PSP_CORE_COUNT)
		return refuse(
		    p, _("an operator and a number, as in count >= 2"));
	field->is_negated = field->op->is_negated != is_not;
	return advance(p);
}

/* `signal.CODE`, with a limit in time or without. */
static bool
read_signal(struct parse *p, struct psp_condition *holder,
    struct psp_slice code, struct psp_place place,
    struct psp_condition **result)
{
	struct psp_condition *test =
	    psp_signal_test_new(p->rules, code, place, p->problems, p->err);

	if (test != NULL)
		*result = test;
	else
		p->is_bad = true;
	if (p->token.kind == TOKEN_END || p->token.kind == TOKEN_CLOSE
	    || is_word(p, "and") || is_word(p, "or"))
		return p->err->status == PSP_OK;
	if (!read_operator(p, holder) || !read_values(p, holder))
		return false;
	if (holder->n_constants == 0 && holder->op->arity != PSP_ARITY_NONE)
		return refuse(p, _("a value such as 90d or 2024-01-31"));
	if (holder->is_negated)
		return psp_place_problem(place, p->problems,
		    "a signal is negated by 'not' before its name");
	if (test != NULL
	    && !psp_signal_test_narrow(p->rules, test, holder->op,
		holder->constants, p->problems, p->err))
		p->is_bad = true;
	return p->err->status == PSP_OK;
}

static bool
read_test(struct parse *p, struct psp_condition **result)
{
	struct psp_condition *field;
	struct psp_place place = place_at(p, p->token.start);

	if ((p->token.kind != TOKEN_WORD && p->token.kind != TOKEN_BRACKET
		&& p->token.kind != TOKEN_QUOTED)
	    || p->token.text.size == 0 || is_word(p, "and") || is_word(p, "or"))
		return refuse(p, _("a name, 'not' or '('"));
	field = psp_condition_new(p->rules, PSP_CONDITION_FIELD, place, p->err);
	if (field == NULL)
		return false;
	*result = field;
	field->name = p->token.text;
	if (p->token.kind == TOKEN_WORD && field->name.size > 7
	    && memcmp(field->name.bytes, "signal.", 7) == 0) {
		if (!advance(p))
			return false;
		return read_signal(p, field,
		    psp_slice(field->name.bytes + 7, field->name.size - 7),
		    place, result);
	}
	p->is_named = p->token.kind == TOKEN_WORD;
	if (!advance(p) || !read_operator(p, field) || !read_values(p, field))
		return false;
	if (!psp_condition_settle(p->rules, field, p->problems, p->err))
		p->is_bad = true;
	return p->err->status == PSP_OK;
}

static bool read_or(struct parse *p, struct psp_condition **result);

static bool
read_not(struct parse *p, struct psp_condition **result)
{
	struct psp_place place = place_at(p, p->token.start);
	struct psp_condition *inner = NULL;
	bool is_read;

	if (!is_word(p, "not") && p->token.kind != TOKEN_OPEN)
		return read_test(p, result);
	if (++p->depth > MAX_DEPTH)
		return psp_place_problem(place, p->problems,
		    "nested deeper than %d levels; write several conditions "
		    "instead",
		    MAX_DEPTH);
	if (p->token.kind == TOKEN_OPEN) {
		is_read = advance(p) && read_or(p, result);
		if (is_read && p->token.kind != TOKEN_CLOSE)
			return refuse(p, _("'and', 'or' or ')'"));
		p->depth--;
		return is_read && advance(p);
	}
	if (!advance(p) || !read_not(p, &inner))
		return false;
	p->depth--;
	*result = psp_condition_new(p->rules, PSP_CONDITION_NOT, place, p->err);
	if (*result == NULL)
		return false;
	psp_condition_append(*result, inner);
	return true;
}

/* `next {WORD next}` as one group, or the only one alone. */
static bool
read_group(struct parse *p, const char *word, enum psp_condition_kind kind,
    bool (*next)(struct parse *, struct psp_condition **),
    struct psp_condition **result)
{
	struct psp_place place = place_at(p, p->token.start);
	struct psp_condition *group = NULL, *child = NULL;

	if (!next(p, result))
		return false;
	while (is_word(p, word)) {
		if (group == NULL) {
			group =
			    psp_condition_new(p->rules, kind, place, p->err);
			if (group == NULL)
				return false;
			psp_condition_append(group, *result);
			*result = group;
		}
		if (!advance(p) || !next(p, &child))
			return false;
		psp_condition_append(group, child);
	}
	return true;
}

static bool
read_and(struct parse *p, struct psp_condition **result)
{
	return read_group(p, "and", PSP_CONDITION_ALL, read_not, result);
}

static bool
read_or(struct parse *p, struct psp_condition **result)
{
	return read_group(p, "or", PSP_CONDITION_ANY, read_and, result);
}

struct psp_condition *
psp_expression_parse(const struct psp_condition_rules *rules,
    struct psp_slice text, struct psp_problems *problems, struct psp_error *err)
{
	struct parse p = { 0 };
	struct psp_condition *result = NULL;

	p.rules = rules;
	p.text = text;
	p.problems = problems;
	p.err = err;
	if (!advance(&p) || !read_or(&p, &result))
		return NULL;
	if (p.token.kind != TOKEN_END) {
		(void)refuse(&p, _("'and', 'or' or the end"));
		return NULL;
	}
	return p.is_bad ? NULL : result;
}
