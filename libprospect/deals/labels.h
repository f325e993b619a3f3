/* A list of different texts, numbered as they come; 0 is the empty one. Texts
 * that differ in case and accents alone are one, as it was met first, but where
 * they are numbers of deals (is_exact). */
#ifndef PSP_DEALS_LABELS_H
#define PSP_DEALS_LABELS_H

#include "libprospect/base/buffer.h"
#include "libprospect/base/map.h"

/* A short text that was put before: its bytes as words, and its number. */
struct psp_label_memo {
	uint64_t first, last;
	uint32_t size;
	uint32_t number; /* 0: none */
};

enum { PSP_LABEL_MEMOS = 32, PSP_LABEL_MEMO_SIZE = 16 };

struct psp_labels {
	struct psp_label_memo memos[PSP_LABEL_MEMOS];
	struct psp_map map;
	struct psp_slice *names; /* borrowed from the map */
	size_t n, capacity;
	struct psp_buffer folded;
	bool is_exact; /* set before the first is put */
};

void psp_labels_init(struct psp_labels *labels);

void psp_labels_clear(struct psp_labels *labels);

/* The number of `text`, put in if it is new. PSP_ENOMEM. */
PSP_NODISCARD bool psp_labels_put(struct psp_labels *labels,
    struct psp_slice text, uint32_t *number, struct psp_error *err);

/* The text of a number. */
struct psp_slice psp_labels_get(
    const struct psp_labels *labels, uint32_t number);

#endif
