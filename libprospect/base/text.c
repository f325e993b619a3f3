/*
 * Folding by utf8proc: compatibility decomposition, marks dropped, case
 * folded. ASCII takes a short way; what utf8proc leaves apart (ligatures,
 * stroked letters, kinds of spaces and apostrophes) is in a small table.
 */
#include <config.h>

#include "libprospect/base/text.h"

#include <utf8proc.h>

#include "libprospect/base/folds.h"

enum { REPLACEMENT = 0xFFFD, MAX_NEAR_SIZE = 64 };

bool
psp_utf8_valid(struct psp_slice text)
{
	const unsigned char *p = (const unsigned char *)text.bytes;
	size_t i = 0;

	while (i < text.size) {
		uint64_t word;
		unsigned char c;
		size_t length;

		if (text.size - i >= sizeof(word)) {
			memcpy(&word, p + i, sizeof(word));
			if ((word & 0x8080808080808080u) == 0) {
				i += sizeof(word);
				continue;
			}
			while (p[i] < 0x80) /* one of the eight is not */
				i++;
		}
		c = p[i];
		if (c < 0x80) {
			i++;
			continue;
		}
		length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
		if (c < 0xC2 || c > 0xF4 || text.size - i < length)
			return false;
		if ((p[i + 1] & 0xC0) != 0x80
		    || (length > 2 && (p[i + 2] & 0xC0) != 0x80)
		    || (length > 3 && (p[i + 3] & 0xC0) != 0x80))
			return false;
		if ((c == 0xE0 && p[i + 1] < 0xA0)
		    || (c == 0xED && p[i + 1] > 0x9F)
		    || (c == 0xF0 && p[i + 1] < 0x90)
		    || (c == 0xF4 && p[i + 1] > 0x8F))
			return false;
		i += length;
	}
	return true;
}

uint32_t
psp_utf8_next(struct psp_slice text, size_t *at)
{
	utf8proc_int32_t character;
	utf8proc_ssize_t n;
	unsigned char first = (unsigned char)text.bytes[*at];

	if (first < 0x80) {
		(*at)++;
		return first;
	}
	n = utf8proc_iterate((const utf8proc_uint8_t *)text.bytes + *at,
	    (utf8proc_ssize_t)(text.size - *at), &character);
	if (n <= 0) {
		(*at)++;
		return REPLACEMENT;
	}
	*at += (size_t)n;
	return (uint32_t)character;
}

/* Size of the white space at the start of `text`: 0, 1, 2 or 3 bytes. */
static size_t
space_at_start(struct psp_slice text)
{
	const unsigned char *p = (const unsigned char *)text.bytes;

	if (text.size == 0)
		return 0;
	if (p[0] == ' ' || (p[0] >= '\t' && p[0] <= '\r'))
		return 1;
	if (text.size >= 2 && p[0] == 0xC2 && p[1] == 0xA0)
		return 2;
	if (text.size >= 3 && p[0] == 0xE2 && p[1] == 0x80
	    && (p[2] == 0xAF || p[2] == 0x89 || p[2] == 0x8B))
		return 3;
	return 0;
}

static size_t
space_at_end(struct psp_slice text)
{
	for (size_t n = 1; n <= 3 && n <= text.size; n++)
		if (space_at_start(psp_slice(text.bytes + text.size - n, n))
		    == n)
			return n;
	return 0;
}

/* Whether no white space begins or ends with the byte: most cells are told. */
static bool
is_no_space(char c)
{
	return c > ' ' && (unsigned char)c < 0x80;
}

struct psp_slice
psp_text_trim(struct psp_slice text)
{
	size_t n;

	if (text.size > 0 && is_no_space(text.bytes[0])
	    && is_no_space(text.bytes[text.size - 1]))
		return text;
	while ((n = space_at_start(text)) > 0) {
		text.bytes += n;
		text.size -= n;
	}
	while ((n = space_at_end(text)) > 0)
		text.size -= n;
	return text;
}

/* Letters that no decomposition opens; NULL when it is not one of them. */
static const char *
opened_letter(uint32_t character)
{
	switch (character) {
	case 0xC6:
	case 0xE6:
		return "ae";
	case 0x152:
	case 0x153:
		return "oe";
	case 0xD8:
	case 0xF8:
		return "o";
	case 0xD0:
	case 0xF0:
	case 0x110:
	case 0x111:
		return "d";
	case 0x141:
	case 0x142:
		return "l";
	case 0x130:
	case 0x131:
		return "i";
	case 0x2018:
	case 0x2019:
	case 0x2BC:
	case 0xB4:
	case 0x2032:
		return "'";
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2212:
		return "-";
	case 0xA0:
	case 0x2007:
	case 0x2009:
	case 0x200A:
	case 0x202F:
	case 0x3000:
		return " ";
	case 0xAD:
	case 0x200B:
	case 0xFEFF:
		return "";
	default:
		return NULL;
	}
}

/* The long way of psp_text_fold_next. */
static size_t
fold_any(struct psp_slice text, size_t *at, char folded[PSP_FOLDED_SIZE])
{
	utf8proc_int32_t parts[PSP_FOLDED_SIZE / 4];
	utf8proc_ssize_t n;
	int boundary = 0;
	size_t before = *at, size = 0;
	uint32_t character = psp_utf8_next(text, at);
	const char *opened = opened_letter(character);

	if (opened != NULL) {
		size = strlen(opened);
		memcpy(folded, opened, size);
		return size;
	}
	n = utf8proc_decompose_char((utf8proc_int32_t)character, parts,
	    sizeof(parts) / sizeof(parts[0]),
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD
		| UTF8PROC_STRIPMARK,
	    &boundary);
	if (n < 0 || n > (utf8proc_ssize_t)(sizeof(parts) / sizeof(parts[0]))
	    || (character == REPLACEMENT && *at == before + 1)) {
		size = *at - before;
		memcpy(folded, text.bytes + before, size);
		return size;
	}
	for (utf8proc_ssize_t i = 0; i < n; i++)
		size += (size_t)utf8proc_encode_char(
		    parts[i], (utf8proc_uint8_t *)folded + size);
	return size;
}

size_t
psp_text_fold_next(
    struct psp_slice text, size_t *at, char folded[PSP_FOLDED_SIZE])
{
	const unsigned char *p = (const unsigned char *)text.bytes + *at;
	const char *latin;
	unsigned character;

	if (p[0] < 0x80) {
		(*at)++;
		folded[0] = (char)psp_ascii_folds[p[0]];
		return 1;
	}
	if (p[0] < 0xC2 || p[0] > 0xC5 || text.size - *at < 2
	    || (p[1] & 0xC0) != 0x80)
		return fold_any(text, at, folded);
	character = (p[0] & 0x1FU) << 6 | (p[1] & 0x3FU);
	if (character < PSP_LATIN_START)
		return fold_any(text, at, folded);
	latin = psp_latin_folds[character - PSP_LATIN_START];
	if (latin[0] == '\0')
		return fold_any(text, at, folded);
	*at += 2;
	folded[0] = latin[0];
	folded[1] = latin[1];
	return latin[1] == '\0' ? 1 : 2;
}

bool
psp_text_fold(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err)
{
	const unsigned char *p = (const unsigned char *)text.bytes;
	char folded[PSP_FOLDED_SIZE];
	size_t i = 0;

	do {
		char *out;
		size_t n = 0;

		if (!psp_buffer_reserve(buffer, text.size - i, err))
			return false;
		out = buffer->bytes + buffer->size;
		for (; i < text.size && p[i] < 0x80; i++)
			out[n++] = (char)psp_ascii_folds[p[i]];
		buffer->size += n;
		if (i < text.size
		    && !psp_buffer_append(buffer, folded,
			psp_text_fold_next(text, &i, folded), err))
			return false;
	} while (i < text.size);
	return true;
}

bool
psp_text_fold_into(
    struct psp_slice text, char *folded, size_t capacity, size_t *size)
{
	char next[PSP_FOLDED_SIZE];
	size_t i = 0, n = 0;

	while (i < text.size) {
		unsigned char c = (unsigned char)text.bytes[i];
		size_t next_size;

		if (c < 0x80) {
			if (n == capacity)
				return false;
			folded[n++] = (char)psp_ascii_folds[c];
			i++;
			continue;
		}
		next_size = psp_text_fold_next(text, &i, next);
		if (next_size > capacity - n)
			return false;
		memcpy(folded + n, next, next_size);
		n += next_size;
	}
	*size = n;
	return true;
}

/* Takes out of `bytes` what does not count in a key; returns the new size. */
static size_t
keep_key(char *bytes, size_t size)
{
	size_t kept = 0;

	for (size_t i = 0; i < size; i++)
		if (!psp_text_is_joint(bytes[i]))
			bytes[kept++] = bytes[i];
	return kept;
}

bool
psp_text_key(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err)
{
	size_t start = buffer->size;

	if (!psp_text_fold(buffer, text, err))
		return false;
	if (buffer->size > start)
		buffer->size =
		    start
		    + keep_key(buffer->bytes + start, buffer->size - start);
	return true;
}

bool
psp_text_key_into(
    struct psp_slice text, char *key, size_t capacity, size_t *size)
{
	if (!psp_text_fold_into(text, key, capacity, size))
		return false;
	*size = keep_key(key, *size);
	return true;
}

static bool
is_invisible(uint32_t character)
{
	return character < 0x20 || (character >= 0x7F && character <= 0x9F)
	       || (character >= 0x202A && character <= 0x202E)
	       || (character >= 0x2066 && character <= 0x2069)
	       || character == 0xFEFF || character == 0x200E
	       || character == 0x200F || character == 0x2028
	       || character == 0x2029;
}

bool
psp_text_visible(
    struct psp_buffer *buffer, struct psp_slice text, struct psp_error *err)
{
	size_t i = 0;

	while (i < text.size) {
		size_t before = i;
		uint32_t character = psp_utf8_next(text, &i);
		bool shown;

		if (character == REPLACEMENT && i == before + 1)
			shown = psp_buffer_format(buffer, err, "\\x%02x",
			    (unsigned)(unsigned char)text.bytes[before]);
		else if (!is_invisible(character))
			shown = psp_buffer_append(
			    buffer, text.bytes + before, i - before, err);
		else if (character < 0x100)
			shown = psp_buffer_format(
			    buffer, err, "\\x%02x", (unsigned)character);
		else
			shown = psp_buffer_format(
			    buffer, err, "\\u{%04x}", (unsigned)character);
		if (!shown)
			return false;
	}
	return true;
}

bool
psp_character_is_word(uint32_t character)
{
	utf8proc_category_t category =
	    utf8proc_category((utf8proc_int32_t)character);

	return category >= UTF8PROC_CATEGORY_LU
	       && category <= UTF8PROC_CATEGORY_NO;
}

size_t
psp_text_width(struct psp_slice text)
{
	size_t width = 0, i = 0;

	while (i < text.size) {
		uint32_t character = psp_utf8_next(text, &i);
		int columns = utf8proc_charwidth((utf8proc_int32_t)character);

		if (columns > 0)
			width += (size_t)columns;
	}
	return width;
}

/* Letters and digits of `name` in lower case, cut at `size`. */
static size_t
plain_letters(struct psp_slice name, char *letters, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < name.size && n < size; i++) {
		char c = psp_text_lower(name.bytes[i]);

		if (!psp_text_is_joint(c))
			letters[n++] = c;
	}
	return n;
}

/* Optimal string alignment distance (edits and swaps of neighbours). */
static size_t
distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
	size_t rows[3][MAX_NEAR_SIZE + 1];
	size_t *older = rows[0], *old = rows[1], *now = rows[2], *spare;

	for (size_t j = 0; j <= b_size; j++)
		old[j] = j;
	for (size_t i = 1; i <= a_size; i++) {
		now[0] = i;
		for (size_t j = 1; j <= b_size; j++) {
			size_t best = old[j - 1] + (a[i - 1] != b[j - 1]);

			if (old[j] + 1 < best)
				best = old[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2]
			    && a[i - 2] == b[j - 1] && older[j - 2] + 1 < best)
				best = older[j - 2] + 1;
			now[j] = best;
		}
		spare = older;
		older = old;
		old = now;
		now = spare;
	}
	return old[b_size];
}

struct psp_slice
psp_text_nearest(struct psp_slice name, struct psp_slices names)
{
	char wanted[MAX_NEAR_SIZE], letters[MAX_NEAR_SIZE];
	size_t wanted_size = plain_letters(name, wanted, sizeof(wanted));
	size_t best = wanted_size / 3 + 1;
	struct psp_slice nearest = psp_slice(NULL, 0);

	for (size_t i = 0; i < names.n; i++) {
		size_t size =
		    plain_letters(names.items[i], letters, sizeof(letters));
		size_t edits = distance(wanted, wanted_size, letters, size);

		if (edits < best) {
			best = edits;
			nearest = names.items[i];
		}
	}
	return nearest;
}

bool
psp_text_visible_cut(struct psp_slice text, char *out, size_t size,
    struct psp_buffer *scratch, struct psp_error *err)
{
	size_t n;

	scratch->size = 0;
	if (text.size > size)
		text.size = size;
	if (!psp_text_visible(scratch, text, err))
		return false;
	n = scratch->size;
	if (n > size - 1)
		n = size - 1;
	while (n > 0 && n < scratch->size && (scratch->bytes[n] & 0xC0) == 0x80)
		n--;
	if (n > 0)
		memcpy(out, scratch->bytes, n);
	out[n] = '\0';
	return true;
}

/* A text that is folded character by character. */
struct unfolding {
	struct psp_slice text;
	size_t at;
	char folded[PSP_FOLDED_SIZE];
	size_t n, next; /* bytes in `folded`, and the one to come */
};

/* The next folded byte, or -1. */
static int
next_byte(struct unfolding *from)
{
	while (from->next == from->n) {
		if (from->at >= from->text.size)
			return -1;
		from->next = 0;
		from->n =
		    psp_text_fold_next(from->text, &from->at, from->folded);
	}
	return (unsigned char)from->folded[from->next++];
}

bool
psp_text_same(struct psp_slice a, struct psp_slice b)
{
	struct unfolding x = { .text = a }, y = { .text = b };
	int byte;

	if (psp_slice_equal(a, b))
		return true;
	do {
		byte = next_byte(&x);
		if (byte != next_byte(&y))
			return false;
	} while (byte >= 0);
	return true;
}
