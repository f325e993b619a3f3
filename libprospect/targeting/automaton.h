/*
 * The automaton of Aho and Corasick, "Efficient string matching: an aid to
 * bibliographic search" (1975), made deterministic: one step a byte. Bytes are
 * first put into classes (those that keywords hold, and all others), so that a
 * row of the table is short.
 *
 * Keywords are in normal form: folded, and runs of white space, `-` and `_` one
 * space. Texts are not brought into it: the class of an ASCII byte is that of
 * its folded form, other characters are folded one by one on the way, and a
 * state that ends in a space stays where it is for more of them.
 *
 * Part of keywords.h, for keywords.c, which makes it, and keyword_search.c,
 * which runs it.
 */
#ifndef PSP_TARGETING_AUTOMATON_H
#define PSP_TARGETING_AUTOMATON_H

#include "libprospect/base/map.h"
#include "libprospect/targeting/keywords.h"
#include "libprospect/targeting/needle.h"

/* What a state has that ends no word. */
#define PSP_NO_WORD UINT32_MAX

/* Marks steps to a state that ends a word. */
#define PSP_IS_END (UINT32_C(1) << 31)

/* More keywords than that are not looked for by their pieces first: three take
 * about as long as the automaton. */
enum { PSP_MAX_KEYWORD_NEEDLES = 2 };

struct psp_keyword {
	struct psp_slice text;            /* normal form */
	bool is_open_left, is_open_right; /* a `*` there, or no letter */
	uint32_t same; /* the same text with other stars, or PSP_NO_WORD */
};

struct psp_keyword_state {
	uint32_t word;   /* that ends here, or PSP_NO_WORD */
	uint32_t suffix; /* the next state, by suffixes, that ends a word; 0 */
};

struct psp_keywords {
	struct psp_map ids; /* of words as normal form with their stars */
	struct psp_keyword *words;
	size_t n_words, words_capacity;
	struct psp_arena texts;
	struct psp_buffer scratch;

	/* Classes of bytes in normal form, 0: in no keyword; and of bytes of
	 * texts. */
	unsigned char classes[256], ascii_classes[128];
	size_t n_classes;
	/* By state times n_classes, and class: the same product of the state
	 * that the step leads to, perhaps marked. */
	uint32_t *next;
	struct psp_keyword_state *states;
	size_t n_states;
	/* A piece of each keyword, or all of it. */
	struct psp_needle needles[PSP_MAX_KEYWORD_NEEDLES];
	size_t n_needles; /* 0: not used */
	bool are_single;  /* the pieces are the keywords */
};

/* A folded byte in normal form, but for runs of spaces. */
static inline char
psp_keyword_byte(char c)
{
	return c == '-' || c == '_' ? ' ' : c;
}

/* Brings `text` into normal form. PSP_ENOMEM. */
PSP_NODISCARD bool psp_keyword_normalize(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err);

/* Whether a letter, mark or digit ends before `at` of a text, begins there. */
bool psp_word_ends_at(struct psp_slice text, size_t at);
bool psp_word_begins_at(struct psp_slice text, size_t at);

#endif
