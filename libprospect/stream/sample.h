/*
 * Records of the sample that told the dialect: some of the first ones of an
 * input, there before any batch is read and however the bytes arrive. Only
 * those that are plainly records: they show what the input is like, and are
 * not what is read.
 */
#ifndef PSP_STREAM_SAMPLE_H
#define PSP_STREAM_SAMPLE_H

#include "libprospect/stream/flow.h"

/* No more records than this are taken. */
enum { PSP_SAMPLE_RECORDS = 128 };

struct psp_sample {
	struct psp_batch batch; /* of these records */
	struct psp_span spans[PSP_SAMPLE_RECORDS];
	uint32_t *ends; /* of all fields of all records */
};

/*
 * Takes records of the first input that is not empty; their bytes are borrowed.
 * None where batches have other columns than that input: a union. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_sample_init(struct psp_sample *sample,
    struct psp_flow *flow, struct psp_error *err);

/* Frees what it holds; NULL is accepted. */
void psp_sample_clear(struct psp_sample *sample);

#endif
