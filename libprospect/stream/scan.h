/*
 * Bytes to masks, 64 at a time: where fields and records end outside quotes,
 * and a proof that the bytes are regular (RFC 4180) as far as they go.
 *
 *   bytes       a;"b;c"\n
 *   quotes        1   1      prefix xor: inside from the opening quote on
 *   separators   1     1     separator or line end outside quotes
 *   ends               1     line end outside quotes
 *
 * Regular means: every quote that opens follows a separator, a line end or a
 * quote that just closed (`""`); every quote that closes is followed by a
 * separator, a line end or a quote; no CR stands alone outside quotes. The
 * scan stops at the first byte that breaks this; what the masks say from the
 * record that holds it on is not to be believed (irregular.h judges it).
 *
 * There is a scanner for each instruction set (scan-avx2.c ...); all say the
 * same. Which of them runs is chosen when the program starts.
 */
#ifndef PSP_STREAM_SCAN_H
#define PSP_STREAM_SCAN_H

#include <stdint.h>

#include "libprospect/base/error.h"

enum {
	PSP_SCAN_WORDS = 64,
	PSP_SCAN_SIZE = PSP_SCAN_WORDS * 64,
	PSP_SCAN_SPARE_PLACES = 64 /* written behind a list of places */
};

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
	uint64_t had_high;   /* not 0: the last bytes were beyond ASCII */
};

/* The state at the start of a record. */
static inline struct psp_scan_state
psp_scan_start(void)
{
	struct psp_scan_state state = { 0, 1, 0, 0, 0 };

	return state;
}

/* A line end outside quotes. */
struct psp_scan_end {
	uint32_t at;           /* offset in the bytes scanned */
	uint32_t n_separators; /* and record ends before it there */
	uint32_t n_lines;      /* line ends, inside quotes too, with this one */
};

/* What a scan found. */
struct psp_scan_window {
	size_t n_ends;
	size_t irregular;    /* the first byte not regular; SIZE_MAX: none */
	uint64_t doubtful;   /* bit w: word w is perhaps no UTF-8 */
	size_t n_separators; /* in the whole words scanned; record ends too */
	size_t n_lines;      /* likewise */
	bool has_nul;        /* perhaps, if bytes behind the text are NUL */
	bool ends_in_quotes;
	struct psp_scan_end ends[PSP_SCAN_SIZE + 1]; /* and room for one more */
};

/* Where a field lies, by the bits of a mask. */
struct psp_field_place {
	size_t start; /* its first byte */
	size_t end;   /* the bit that ends it */
};

/* Words that are read of a mask at once. */
enum { PSP_MASK_PADDING = 4 };

struct psp_scan_functions {
	const char *name;

	/*
	 * Scans `size` bytes (at most PSP_SCAN_SIZE) at `bytes`, readable up to
	 * the next multiple of 64. The first `skip` bytes (below 64) belong to
	 * what came before: they set no bits, and the bits of `separators` for
	 * them are kept. `state` is that at byte `skip`; it is moved past the
	 * whole words only, so that a word in part can be scanned again when
	 * more bytes have come. `has_before`: 64 bytes before `bytes` are
	 * readable and the text goes on from them. Ends, and the separators
	 * counted, are those before `irregular`; the mask holds all of the
	 * words up to it.
	 */
	void (*scan)(const struct psp_scanner *scanner, const char *bytes,
	    size_t size, unsigned skip, bool has_before,
	    struct psp_scan_state *state, uint64_t *separators,
	    struct psp_scan_window *window);

	/* The position of the bit of `mask` at or after `from` that has `n`
	 * others before it there; it must exist. */
	size_t (*find_bit)(const uint64_t *mask, size_t from, size_t n);

	/*
	 * Moves each of `n` places from the start of a record to its field
	 * number `rank`, which must end in a bit of `mask`. The mask is
	 * readable PSP_MASK_PADDING words beyond the last of these bits.
	 */
	void (*find_fields)(const uint64_t *mask, size_t rank,
	    struct psp_field_place *places, size_t n);

	/*
	 * Writes where the bits of `mask` from `from` to before `to` are,
	 * counted from `from` on, to `places`; behind them up to
	 * PSP_SCAN_SPARE_PLACES more may be written, which mean nothing.
	 */
	void (*list_bits)(
	    const uint64_t *mask, size_t from, size_t to, uint32_t *places);

	/*
	 * The same from the ends of records: `end` of each place is the byte
	 * behind its record, and goes to the field behind which there are
	 * `n_behind` others; the last one ends where the record does.
	 */
	void (*find_fields_back)(const uint64_t *mask, size_t n_behind,
	    struct psp_field_place *places, size_t n);

	/* Whether `byte` stands in the bytes an odd number of times. */
	bool (*is_odd)(const char *bytes, size_t size, unsigned char byte);
};

/* The scanners, from the plainest on; those of other machines are NULL. */
enum { PSP_N_SCANNERS = 5 };
extern const struct psp_scan_functions *const psp_scanners[PSP_N_SCANNERS];

/* Whether this processor can run it. NULL cannot. */
bool psp_scan_can_run(const struct psp_scan_functions *functions);

/* The fastest scanner that this processor can run. */
const struct psp_scan_functions *psp_scan_best(void);

/*
 * The scanner called `name`: portable, sse2, avx2, avx512 or neon. NULL with
 * PSP_EUSAGE where there is none, or none that this processor can run.
 */
PSP_NODISCARD const struct psp_scan_functions *psp_scan_find(
    const char *name, struct psp_error *err);

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
