/*
 * From the encodings of real files to UTF-8, block by block. UTF-8 itself
 * never comes here: it passes untouched. A byte or unit that means nothing
 * (0x81 in Windows-1252, a lone surrogate, an odd last byte of UTF-16) becomes
 * bytes that are no UTF-8, so that the record which holds it is rejected by
 * the same test as any other undecodable record.
 */
#ifndef PSP_STREAM_DECODE_H
#define PSP_STREAM_DECODE_H

#include "libprospect/base/buffer.h"

enum psp_encoding {
	PSP_ENCODING_AUTO, /* to be detected */
	PSP_ENCODING_UTF8,
	PSP_ENCODING_MIXED, /* each record UTF-8, else Windows-1252 */
	PSP_ENCODING_WINDOWS_1252,
	PSP_ENCODING_ISO_8859_15,
	PSP_ENCODING_UTF16LE,
	PSP_ENCODING_UTF16BE
};

/* The encoding that `name` means ("utf-8", "latin9", "cp1252"); case, dashes
 * and underscores do not count. "utf-16" is UTF-16LE, unless the byte order
 * mark says otherwise; "latin1" is Windows-1252. False when unknown. */
bool psp_encoding_find(const char *name, enum psp_encoding *encoding);

/* The usual name, as `--encoding` takes it. */
const char *psp_encoding_name(enum psp_encoding encoding);

struct psp_decoder {
	enum psp_encoding encoding;
	unsigned char pending[4]; /* a unit cut by the end of a block */
	size_t n_pending;
};

/* Starts a decoder for one file. */
void psp_decoder_init(struct psp_decoder *decoder, enum psp_encoding encoding);

/*
 * Appends `bytes` decoded to `out`. What a block cuts waits for the next call;
 * with `is_last` nothing may wait. Fails with PSP_ENOMEM only.
 */
PSP_NODISCARD bool psp_decoder_run(struct psp_decoder *decoder,
    struct psp_slice bytes, bool is_last, struct psp_buffer *out,
    struct psp_error *err);

#endif
