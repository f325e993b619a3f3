/*
 * Decoders that write straight into the buffer, whose room is taken for the
 * worst case before. Most bytes of most files are ASCII: they go eight at a
 * time. What means nothing is written as bytes that no UTF-8 may hold: a lone
 * continuation byte, a surrogate in three bytes, or 0xFF.
 */
#include <config.h>

#include "libprospect/stream/decode.h"

#include <stdint.h>

enum { NOT_UTF8 = 0xFF };

static const char *const names[] = {
	[PSP_ENCODING_AUTO] = "auto",
	[PSP_ENCODING_UTF8] = "UTF-8",
	[PSP_ENCODING_MIXED] = "mixed",
	[PSP_ENCODING_WINDOWS_1252] = "Windows-1252",
	[PSP_ENCODING_ISO_8859_15] = "ISO-8859-15",
	[PSP_ENCODING_UTF16LE] = "UTF-16LE",
	[PSP_ENCODING_UTF16BE] = "UTF-16BE",
};

/* Names in lower case without dashes, underscores, dots and spaces. What is
 * called ISO-8859-1 is Windows-1252 in real files, and a superset of it. */
static const struct {
	const char *key;
	enum psp_encoding encoding;
} aliases[] = {
	{ "auto", PSP_ENCODING_AUTO },
	{ "utf8", PSP_ENCODING_UTF8 },
	{ "ascii", PSP_ENCODING_UTF8 },
	{ "usascii", PSP_ENCODING_UTF8 },
	{ "mixed", PSP_ENCODING_MIXED },
	{ "windows1252", PSP_ENCODING_WINDOWS_1252 },
	{ "win1252", PSP_ENCODING_WINDOWS_1252 },
	{ "cp1252", PSP_ENCODING_WINDOWS_1252 },
	{ "1252", PSP_ENCODING_WINDOWS_1252 },
	{ "ansi", PSP_ENCODING_WINDOWS_1252 },
	{ "latin1", PSP_ENCODING_WINDOWS_1252 },
	{ "iso88591", PSP_ENCODING_WINDOWS_1252 },
	{ "iso885915", PSP_ENCODING_ISO_8859_15 },
	{ "latin9", PSP_ENCODING_ISO_8859_15 },
	{ "utf16", PSP_ENCODING_UTF16LE },
	{ "utf16le", PSP_ENCODING_UTF16LE },
	{ "utf16be", PSP_ENCODING_UTF16BE },
};

/* Windows-1252 from 0x80 to 0x9F (Microsoft's table); 0 is undefined. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, /* 80 */
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x0000, 0x017D, 0x0000, /* 88 */
	0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, /* 90 */
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178, /* 98 */
};

bool
psp_encoding_find(const char *name, enum psp_encoding *encoding)
{
	char key[24];
	size_t n = 0;

	for (size_t i = 0; name[i] != '\0'; i++) {
		char c = name[i];

		if (c == '-' || c == '_' || c == '.' || c == ' ')
			continue;
		if (n == sizeof(key) - 1)
			return false;
		key[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
	}
	key[n] = '\0';
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (strcmp(key, aliases[i].key) == 0) {
			*encoding = aliases[i].encoding;
			return true;
		}
	return false;
}

const char *
psp_encoding_name(enum psp_encoding encoding)
{
	return names[encoding];
}

void
psp_decoder_init(struct psp_decoder *decoder, enum psp_encoding encoding)
{
	decoder->encoding = encoding;
	decoder->n_pending = 0;
}

/* Writes `character` in UTF-8, surrogates too (three bytes that are no UTF-8),
 * and returns the place after it. */
static unsigned char *
put(unsigned char *out, uint32_t character)
{
	if (character < 0x80) {
		*out++ = (unsigned char)character;
	} else if (character < 0x800) {
		*out++ = (unsigned char)(0xC0 | character >> 6);
		*out++ = (unsigned char)(0x80 | (character & 0x3F));
	} else if (character < 0x10000) {
		*out++ = (unsigned char)(0xE0 | character >> 12);
		*out++ = (unsigned char)(0x80 | (character >> 6 & 0x3F));
		*out++ = (unsigned char)(0x80 | (character & 0x3F));
	} else {
		*out++ = (unsigned char)(0xF0 | character >> 18);
		*out++ = (unsigned char)(0x80 | (character >> 12 & 0x3F));
		*out++ = (unsigned char)(0x80 | (character >> 6 & 0x3F));
		*out++ = (unsigned char)(0x80 | (character & 0x3F));
	}
	return out;
}

static unsigned char *
put_windows_1252(unsigned char *out, unsigned char byte)
{
	uint16_t character = byte < 0xA0 ? windows_1252[byte - 0x80] : byte;

	if (character != 0)
		return put(out, character);
	*out++ = byte; /* a continuation byte that continues nothing */
	return out;
}

static uint32_t
iso_8859_15(unsigned char byte)
{
	switch (byte) {
	case 0xA4:
		return 0x20AC;
	case 0xA6:
		return 0x160;
	case 0xA8:
		return 0x161;
	case 0xB4:
		return 0x17D;
	case 0xB8:
		return 0x17E;
	case 0xBC:
		return 0x152;
	case 0xBD:
		return 0x153;
	case 0xBE:
		return 0x178;
	default:
		return byte;
	}
}

static bool
decode_bytes(enum psp_encoding encoding, struct psp_slice bytes,
    struct psp_buffer *buffer, struct psp_error *err)
{
	const unsigned char *in = (const unsigned char *)bytes.bytes;
	unsigned char *out;
	size_t i = 0;

	if (bytes.size > SIZE_MAX / 3 - 1)
		return psp_error_memory(err);
	/* never 0, so that the buffer has bytes to point to */
	if (!psp_buffer_reserve(buffer, bytes.size * 3 + 1, err))
		return false;
	out = (unsigned char *)buffer->bytes + buffer->size;
	while (i < bytes.size) {
		uint64_t word;

		if (bytes.size - i >= sizeof(word)) {
			memcpy(&word, in + i, sizeof(word));
			if ((word & 0x8080808080808080u) == 0) {
				memcpy(out, &word, sizeof(word));
				out += sizeof(word);
				i += sizeof(word);
				continue;
			}
		}
		while (i < bytes.size && in[i] < 0x80)
			*out++ = in[i++];
		while (i < bytes.size && in[i] >= 0x80) {
			if (encoding == PSP_ENCODING_WINDOWS_1252)
				out = put_windows_1252(out, in[i]);
			else
				out = put(out, iso_8859_15(in[i]));
			i++;
		}
	}
	buffer->size = (size_t)((char *)out - buffer->bytes);
	return true;
}

static uint32_t
unit_at(const unsigned char *in, bool is_big)
{
	return is_big ? (uint32_t)in[0] << 8 | in[1]
	              : (uint32_t)in[1] << 8 | in[0];
}

/* Decodes whole characters from `in` to `*out`; returns the bytes taken: what
 * is left is half a unit, or a high surrogate whose low one may follow. */
static size_t
run_utf16(const unsigned char *in, size_t size, bool is_big, bool is_last,
    unsigned char **out_end)
{
	static const unsigned char big[8] = { 0xFF, 0x80, 0xFF, 0x80, 0xFF,
		0x80, 0xFF, 0x80 };
	static const unsigned char little[8] = { 0x80, 0xFF, 0x80, 0xFF, 0x80,
		0xFF, 0x80, 0xFF };
	unsigned char *out = *out_end;
	uint64_t not_ascii;
	size_t i = 0;

	memcpy(&not_ascii, is_big ? big : little, sizeof(not_ascii));
	while (size - i >= 2) {
		uint32_t unit, low;
		uint64_t word;

		if (size - i >= sizeof(word)) {
			memcpy(&word, in + i, sizeof(word));
			if ((word & not_ascii) == 0) {
				const unsigned char *p = in + i + (is_big != 0);

				out[0] = p[0];
				out[1] = p[2];
				out[2] = p[4];
				out[3] = p[6];
				out += 4;
				i += sizeof(word);
				continue;
			}
		}
		unit = unit_at(in + i, is_big);
		if (unit >= 0xD800 && unit <= 0xDBFF) {
			if (size - i < 4 && !is_last)
				break;
			low = size - i < 4 ? 0 : unit_at(in + i + 2, is_big);
			if (low >= 0xDC00 && low <= 0xDFFF) {
				unit = 0x10000 + ((unit - 0xD800) << 10)
				       + (low - 0xDC00);
				i += 2;
			}
		}
		out = put(out, unit);
		i += 2;
	}
	if (is_last && i < size) {
		*out++ = NOT_UTF8;
		i = size;
	}
	*out_end = out;
	return i;
}

static bool
decode_utf16(struct psp_decoder *decoder, struct psp_slice bytes, bool is_last,
    struct psp_buffer *buffer, struct psp_error *err)
{
	const unsigned char *in = (const unsigned char *)bytes.bytes;
	bool is_big = decoder->encoding == PSP_ENCODING_UTF16BE;
	unsigned char *out;
	size_t size = bytes.size, taken;

	if (size > SIZE_MAX / 2 - 16)
		return psp_error_memory(err);
	/* 3 bytes for 2, and what was pending */
	if (!psp_buffer_reserve(buffer, size + size / 2 + 16, err))
		return false;
	out = (unsigned char *)buffer->bytes + buffer->size;
	while (decoder->n_pending > 0 && (size > 0 || is_last)) {
		if (size > 0) {
			decoder->pending[decoder->n_pending++] = *in++;
			size--;
		}
		taken = run_utf16(decoder->pending, decoder->n_pending, is_big,
		    is_last && size == 0, &out);
		decoder->n_pending -= taken;
		memmove(decoder->pending, decoder->pending + taken,
		    decoder->n_pending);
	}
	if (decoder->n_pending == 0 && size > 0) {
		taken = run_utf16(in, size, is_big, is_last, &out);
		decoder->n_pending = size - taken;
		memcpy(decoder->pending, in + taken, size - taken);
	}
	buffer->size = (size_t)((char *)out - buffer->bytes);
	return true;
}

bool
psp_decoder_run(struct psp_decoder *decoder, struct psp_slice bytes,
    bool is_last, struct psp_buffer *out, struct psp_error *err)
{
	switch (decoder->encoding) {
	case PSP_ENCODING_WINDOWS_1252:
	case PSP_ENCODING_ISO_8859_15:
		return decode_bytes(decoder->encoding, bytes, out, err);
	case PSP_ENCODING_UTF16LE:
	case PSP_ENCODING_UTF16BE:
		return decode_utf16(decoder, bytes, is_last, out, err);
	case PSP_ENCODING_AUTO:
	case PSP_ENCODING_UTF8:
	case PSP_ENCODING_MIXED:
		break;
	}
	return psp_buffer_slice(out, bytes, err);
}
