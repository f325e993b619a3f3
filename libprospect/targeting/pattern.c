/*
 * Regular expressions over PCRE2, bounded; see the header.
 *
 * PCRE2 compiles the pattern and tells whether it has back-references. What it
 * does not tell (recursion, verbs, the product of nested repeats) is found by
 * one walk over the pattern before: a stack of groups, each with the largest
 * product of repeats inside it. No JIT: its limits count otherwise, and results
 * would depend on the machine.
 */
#include <config.h>

#include "libprospect/targeting/pattern.h"

#include <stdio.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/text.h"

enum {
	MAX_PATTERN = 1024,
	MAX_SUBJECT = 65536,
	MAX_REPEATS = 10000,
	MAX_GROUPS = 64,
	MATCH_LIMIT = 200000,
	DEPTH_LIMIT = 2000,
	HEAP_LIMIT = 4096 /* KiB */
};

struct psp_pattern {
	pcre2_code *code;
};

struct psp_matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
};

/* The walk over a pattern. */
struct walk {
	struct psp_slice text;
	size_t at;
	size_t products[MAX_GROUPS + 1]; /* largest inside each open group */
	size_t depth;
	size_t last; /* product of the item just read, 0: none to repeat */
	const char *refusal;
};

static bool
next_is(const struct walk *w, const char *what)
{
	size_t size = strlen(what);

	return w->text.size - w->at >= size
	       && memcmp(w->text.bytes + w->at, what, size) == 0;
}

/* Groups that call, repeat or steer: `(?R)`, `(?1)`, `(?&name)`, `(*VERB)`. */
static bool
is_refused_group(const struct walk *w)
{
	static const char *const starts[] = { "(*", "(?R", "(?&", "(?P>",
		"(?P=", "(?+", "(?C", "(?(", NULL };
	const char *next = w->text.bytes + w->at;
	size_t left = w->text.size - w->at;

	for (size_t i = 0; starts[i] != NULL; i++)
		if (next_is(w, starts[i]))
			return true;
	if (left >= 3 && next[1] == '?' && next[2] >= '0' && next[2] <= '9')
		return true;
	return left >= 4 && next[1] == '?' && next[2] == '-' && next[3] >= '0'
	       && next[3] <= '9';
}

static void
walk_open(struct walk *w)
{
	if (is_refused_group(w))
		w->refusal = _("recursion, conditions and verbs are not "
		               "supported in patterns; write the text out");
	else if (w->depth == MAX_GROUPS)
		w->refusal =
		    _("groups are nested too deep; write a simpler pattern");
	else
		w->products[++w->depth] = 1;
	w->at++;
	w->last = 0;
}

static void
walk_close(struct walk *w)
{
	w->at++;
	w->last = 1;
	if (w->depth == 0)
		return; /* PCRE2 will say so */
	w->last = w->products[w->depth--];
}

/* A repeat `{m}`, `{m,}` or `{m,n}`: its largest bound; 0 when it is text. */
static size_t
read_repeat(const struct walk *w, size_t *size)
{
	size_t at = w->at + 1, numbers[2] = { 0, 0 }, n_digits[2] = { 0, 0 };
	size_t i = 0;

	for (; at < w->text.size; at++) {
		char c = w->text.bytes[at];

		if (c >= '0' && c <= '9' && n_digits[i] < 6) {
			numbers[i] = numbers[i] * 10 + (size_t)(c - '0');
			n_digits[i]++;
		} else if (c == ',' && i == 0) {
			i = 1;
		} else {
			break;
		}
	}
	if (at >= w->text.size || w->text.bytes[at] != '}' || n_digits[0] == 0)
		return 0;
	*size = at + 1 - w->at;
	if (n_digits[1] > 0 && numbers[1] > numbers[0])
		numbers[0] = numbers[1];
	return numbers[0] > 0 ? numbers[0] : 1;
}

static void
walk_repeat(struct walk *w)
{
	size_t size = 1, times = read_repeat(w, &size);

	w->at += size;
	if (times == 0 || w->last == 0) {
		w->last = 1;
		return;
	}
	w->last *= times;
	if (w->last > MAX_REPEATS)
		w->refusal = _("nested repeats multiply to more than 10000; "
		               "write smaller ones");
}

/* `[…]`, in which a `]` may come first or be escaped. */
static void
walk_class(struct walk *w)
{
	w->at++;
	if (next_is(w, "^"))
		w->at++;
	if (next_is(w, "]"))
		w->at++;
	while (w->at < w->text.size && w->text.bytes[w->at] != ']') {
		if (next_is(w, "[:")) {
			const char *end = memchr(
			    w->text.bytes + w->at, ']', w->text.size - w->at);

			if (end != NULL)
				w->at = (size_t)(end - w->text.bytes);
		} else if (w->text.bytes[w->at] == '\\') {
			w->at++;
		}
		w->at++;
	}
	w->at++;
	w->last = 1;
}

/* The braces of \x{2019} and \p{L}, which are no repeat. */
static size_t
braces_size(const struct walk *w, char escape)
{
	struct psp_slice rest;
	const char *end;

	if (escape == '\0' || strchr("xopP", escape) == NULL)
		return 0;
	rest = psp_slice(w->text.bytes + w->at + 2, w->text.size - w->at - 2);
	if (rest.size == 0 || rest.bytes[0] != '{')
		return 0;
	end = memchr(rest.bytes, '}', rest.size);
	return end == NULL ? 0 : (size_t)(end - rest.bytes) + 1;
}

static void
walk_escape(struct walk *w)
{
	char c = w->at + 1 < w->text.size ? w->text.bytes[w->at + 1] : '\0';

	if (c == 'g' || c == 'k' || c == 'K' || c == 'C'
	    || (c >= '1' && c <= '9'))
		w->refusal = _("back-references and calls of groups are not "
		               "supported in patterns; write the text out");
	if (c == 'Q')
		w->refusal = _("\\Q is not supported: escape each character");
	w->at += 2 + braces_size(w, c);
	w->last = 1;
}

static void
walk_one(struct walk *w)
{
	switch (w->text.bytes[w->at]) {
	case '(':
		walk_open(w);
		break;
	case ')':
		walk_close(w);
		break;
	case '[':
		walk_class(w);
		break;
	case '\\':
		walk_escape(w);
		break;
	case '{':
		walk_repeat(w);
		break;
	case '*':
	case '+':
	case '?':
		w->at++;
		break;
	default:
		w->at++;
		w->last = 1;
		break;
	}
	if (w->last > w->products[w->depth])
		w->products[w->depth] = w->last;
}

/*
 * The pattern without accents: text outside ASCII is folded as subjects are,
 * ASCII and what follows a backslash stay.
 */
static bool
fold_pattern(
    struct psp_slice text, struct psp_buffer *out, struct psp_error *err)
{
	size_t at = 0, start;

	while (at < text.size) {
		start = at;
		while (at < text.size && (text.bytes[at] & 0x80) == 0)
			at++;
		if (!psp_buffer_append(
			out, text.bytes + start, at - start, err))
			return false;
		start = at;
		while (at < text.size && (text.bytes[at] & 0x80) != 0)
			at++;
		if (!psp_text_fold(
			out, psp_slice(text.bytes + start, at - start), err))
			return false;
	}
	return true;
}

static bool
compile(struct psp_pattern *pattern, struct psp_slice text, char *message,
    size_t message_size, size_t *at, struct psp_error *err)
{
	PCRE2_UCHAR said[128] = "";
	struct psp_buffer folded;
	PCRE2_SIZE where = 0;
	uint32_t n_references = 0;
	int code = 0;

	psp_buffer_init(&folded);
	if (!fold_pattern(text, &folded, err)) {
		psp_buffer_clear(&folded);
		return false;
	}
	pattern->code = pcre2_compile(
	    (PCRE2_SPTR)(folded.size > 0 ? folded.bytes : ""), folded.size,
	    PCRE2_UTF | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C, &code, &where,
	    NULL);
	psp_buffer_clear(&folded);
	if (pattern->code == NULL
	    && (code == PCRE2_ERROR_NOMEMORY
		|| code == PCRE2_ERROR_HEAP_FAILED))
		return psp_error_memory(err);
	*at = where < text.size ? where : text.size;
	if (pattern->code == NULL) {
		(void)pcre2_get_error_message(code, said, sizeof(said));
		(void)snprintf(message, message_size,
		    _("the pattern is wrong at its character %zu: %s"), *at + 1,
		    (const char *)said);
		return psp_error_set(
		    err, PSP_EUSAGE, NULL, 0, 0, "%s", message);
	}
	(void)pcre2_pattern_info(
	    pattern->code, PCRE2_INFO_BACKREFMAX, &n_references);
	if (n_references == 0)
		return true;
	(void)snprintf(message, message_size,
	    _("back-references are not supported in patterns; write the text "
	      "out"));
	return psp_error_set(err, PSP_EUSAGE, NULL, 0, 0, "%s", message);
}

struct psp_pattern *
psp_pattern_new(struct psp_slice text, char *message, size_t message_size,
    size_t *at, struct psp_error *err)
{
	struct walk w = { 0 };
	struct psp_pattern *pattern;

	w.text = text;
	w.products[0] = 1;
	*at = 0;
	if (text.size > MAX_PATTERN)
		w.refusal = _("the pattern is longer than 1024 bytes; write a "
		              "shorter one");
	else if (!psp_utf8_valid(text))
		w.refusal = _("the pattern is not UTF-8; write it in UTF-8");
	while (w.refusal == NULL && w.at < text.size) {
		*at = w.at;
		walk_one(&w);
	}
	if (w.refusal != NULL) {
		(void)snprintf(message, message_size, "%s", w.refusal);
		psp_error_set(err, PSP_EUSAGE, NULL, 0, 0, "%s", message);
		return NULL;
	}
	pattern = calloc(1, sizeof(*pattern));
	if (pattern == NULL) {
		psp_error_memory(err);
		return NULL;
	}
	if (!compile(pattern, text, message, message_size, at, err)) {
		psp_pattern_free(pattern);
		return NULL;
	}
	return pattern;
}

void
psp_pattern_free(struct psp_pattern *pattern)
{
	if (pattern == NULL)
		return;
	pcre2_code_free(pattern->code);
	free(pattern);
}

struct psp_matcher *
psp_matcher_new(struct psp_error *err)
{
	struct psp_matcher *matcher = calloc(1, sizeof(*matcher));

	if (matcher != NULL) {
		matcher->data = pcre2_match_data_create(1, NULL);
		matcher->context = pcre2_match_context_create(NULL);
	}
	if (matcher == NULL || matcher->data == NULL
	    || matcher->context == NULL) {
		psp_matcher_free(matcher);
		psp_error_memory(err);
		return NULL;
	}
	(void)pcre2_set_match_limit(matcher->context, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(matcher->context, DEPTH_LIMIT);
	(void)pcre2_set_heap_limit(matcher->context, HEAP_LIMIT);
	return matcher;
}

void
psp_matcher_free(struct psp_matcher *matcher)
{
	if (matcher == NULL)
		return;
	pcre2_match_context_free(matcher->context);
	pcre2_match_data_free(matcher->data);
	free(matcher);
}

enum psp_match
psp_pattern_match(const struct psp_pattern *pattern,
    struct psp_matcher *matcher, struct psp_slice subject,
    struct psp_error *err)
{
	int result;

	if (subject.size > MAX_SUBJECT)
		return PSP_MATCH_LIMIT;
	result = pcre2_match(pattern->code,
	    (PCRE2_SPTR)(subject.size > 0 ? subject.bytes : ""), subject.size,
	    0, 0, matcher->data, matcher->context);
	if (result >= 0)
		return PSP_MATCH_YES;
	if (result == PCRE2_ERROR_NOMATCH)
		return PSP_MATCH_NO;
	if (result == PCRE2_ERROR_NOMEMORY) {
		psp_error_memory(err);
		return PSP_MATCH_FAILED;
	}
	return PSP_MATCH_LIMIT;
}
