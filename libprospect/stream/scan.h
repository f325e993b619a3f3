/*
 * Bytes to masks, 64 at a time: where fields and records end outside quotes,
 * and a proof that the bytes are regular (RFC 4180) as far as they go.
 *
 *   bytes       a;"b;c"\n
 *   quotes        1   1      prefix xor: inside from the opening quote on
 *   separators   1     1     separator or line end outside quotes
 *   newlines           1     line end outside quotes
 *
 * Regular means: every quote that opens follows a separator, a line end or a
 * quote that just closed (`""`); every quote that closes is followed by a
 * separator, a line end or a quote; no CR stands alone outside quotes. The
 * first byte that breaks this is marked `irregular`; what the masks say from
 * the record that holds it on is not to be believed (irregular.h judges it).
 */
#ifndef PSP_STREAM_SCAN_H
#define PSP_STREAM_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PSP_SCAN_WORDS = 64, PSP_SCAN_SIZE = PSP_SCAN_WORDS * 64 };

/* What to look for. */
struct psp_scanner {
	unsigned char separator;
	unsigned char quote;
	bool has_quote;
	unsigned char newline; /* '\n' or '\r' */
	bool has_cr;           /* newline is '\n' and a CR alone is irregular */
};

/* What one word of 64 bytes hands to the next. */
struct psp_scan_state {
	uint64_t in_quotes;  /* all ones inside quotes */
	uint64_t may_open;   /* 1: a quote may open at the next byte */
	uint64_t has_closed; /* 1: the last byte was a closing quote */
	uint64_t had_cr;     /* 1: the last byte was a CR outside quotes */
};

/* The state at the start of a record. */
struct psp_scan_state psp_scan_start(void);

/* The masks of up to PSP_SCAN_WORDS words; bits past the bytes are 0. */
struct psp_scan_window {
	uint64_t newlines[PSP_SCAN_WORDS]; /* outside quotes */
	uint64_t
	    all_newlines[PSP_SCAN_WORDS]; /* inside too: for line numbers */
	uint64_t irregular[PSP_SCAN_WORDS];
	uint64_t high; /* bit w: word w holds bytes beyond ASCII */
	size_t n_words;
	bool ends_in_quotes;
};

/*
 * Scans `size` bytes (at most PSP_SCAN_SIZE) at `bytes`, readable up to the
 * next multiple of 64. The first `skip` bytes (below 64) belong to what came
 * before: they set no bits. `state` is that at byte `skip`; it is moved past
 * the whole words only, so that a word in part can be scanned again when more
 * bytes have come. Bits of `separators` below `skip` are kept.
 */
void psp_scan(const struct psp_scanner *scanner, const char *bytes, size_t size,
    unsigned skip, struct psp_scan_state *state, uint64_t *separators,
    struct psp_scan_window *window);

/* Number of bits set. */
static inline size_t
psp_count_bits(uint64_t bits)
{
	return (size_t)__builtin_popcountll(bits);
}

/* Index of the lowest bit set; `bits` is not 0. */
static inline size_t
psp_lowest_bit(uint64_t bits)
{
	return (size_t)__builtin_ctzll(bits);
}

/* The bits below bit `n`, 0 to 63. */
static inline uint64_t
psp_bits_below(size_t n)
{
	return ((uint64_t)1 << n) - 1;
}

#endif
