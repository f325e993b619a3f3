/*
 * The judge of records that the masks cannot prove regular: libcsv, fed with
 * what surrounds its traps (reliability rules: line end = newline only, no
 * trimming, a CR before a line end dropped by us, a new parser after a fault,
 * never csv_fini). Its answer stands; what it would swallow (text after a
 * closing quote, a quote that never closes) is found by watching its state.
 */
#ifndef PSP_STREAM_IRREGULAR_H
#define PSP_STREAM_IRREGULAR_H

#include "libprospect/base/buffer.h"
#include "libprospect/stream/scan.h"

struct psp_judge;

/* What a record turned out to be. */
enum psp_verdict {
	PSP_VERDICT_RECORD,
	PSP_VERDICT_REPAIRED,   /* a quote was taken as text */
	PSP_VERDICT_JUNK,       /* text after a closing quote */
	PSP_VERDICT_UNCLOSED,   /* a quote is not closed before the end */
	PSP_VERDICT_OVER_LIMIT, /* no line end and no open quote in max_record
	                         */
	PSP_VERDICT_MORE        /* the bytes end before the record does */
};

/* How a record is judged. */
struct psp_judge_rules {
	struct psp_scanner scanner;
	size_t max_record;
	size_t n_fields; /* that a repair must give; 0: repair nothing */
};

PSP_NODISCARD struct psp_judge *psp_judge_new(
    const struct psp_judge_rules *rules, struct psp_error *err);

void psp_judge_free(struct psp_judge *judge);

/* Sets the number of fields that a repair must give. */
void psp_judge_set_fields(struct psp_judge *judge, size_t n_fields);

/* The result of a judgement; `text` and `ends` belong to the judge. */
struct psp_judgement {
	enum psp_verdict verdict;
	enum psp_verdict fault; /* of a REPAIRED record: JUNK or UNCLOSED */
	size_t consumed;   /* bytes, line end included: of the record, or of its
	                    * first line for JUNK, UNCLOSED and OVER_LIMIT;
	                    * the line may go on past the bytes */
	bool line_goes_on; /* the first line does not end within the bytes */
	size_t quote_at;   /* offset of the faulty quote */
	size_t field_number;   /* that holds it, from 1 */
	struct psp_slice text; /* the record, regular, without line end */
	const uint32_t *ends;  /* end of each field in it */
	size_t n_fields;
};

/*
 * Judges the record at the start of `bytes`. `is_last`: nothing follows them.
 * Returns false with PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_judge_record(struct psp_judge *judge,
    struct psp_slice bytes, bool is_last, struct psp_judgement *judgement,
    struct psp_error *err);

#endif
