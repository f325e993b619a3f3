/*
 * A catalog is the file that msgfmt writes ("The Format of GNU MO Files" in
 * the manual of gettext): seven numbers of four bytes, then two tables of as
 * many rows as there are messages, each row the size and the place of a text:
 *
 *   magic  revision  n  ->originals  ->translations  (hash table, unused)
 *
 * The originals are sorted, so that they are searched by halves. A text ends
 * in a NUL that its size does not count; where a message has two forms they
 * follow one another, with a NUL between them. All places are checked once,
 * when the file is read.
 */
#include <config.h>

#include "libprospect/base/catalog.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libprospect/base/slice.h"

enum {
	MAGIC_SIZE = 4,
	HEAD_SIZE = 28,
	ROW_SIZE = 8,
	MAX_SIZE = 16 * 1024 * 1024
};

struct catalog {
	char *bytes; /* NULL: none is in use */
	size_t size;
	size_t n;
	size_t originals;    /* where the table begins */
	size_t translations; /* likewise */
};

static struct catalog in_use;

static size_t
read_number(const struct catalog *catalog, size_t at)
{
	const unsigned char *bytes = (const unsigned char *)catalog->bytes + at;

	return (size_t)bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16
	       | (size_t)bytes[3] << 24;
}

/* The text of a row; it ends in NUL once the catalog has been checked. */
static struct psp_slice
read_text(const struct catalog *catalog, size_t table, size_t row)
{
	size_t at = table + row * ROW_SIZE;

	return psp_slice(catalog->bytes + read_number(catalog, at + 4),
	    read_number(catalog, at));
}

static bool
check_table(const struct catalog *catalog, size_t table)
{
	if (table > catalog->size
	    || catalog->n > (catalog->size - table) / ROW_SIZE)
		return false;
	for (size_t i = 0; i < catalog->n; i++) {
		size_t size = read_number(catalog, table + i * ROW_SIZE);
		size_t at = read_number(catalog, table + i * ROW_SIZE + 4);

		if (at >= catalog->size || size >= catalog->size - at
		    || catalog->bytes[at + size] != '\0')
			return false;
	}
	return true;
}

/* Whether the bytes are a catalog; finds its tables. */
static bool
find_tables(struct catalog *catalog)
{
	static const char magic[MAGIC_SIZE] = { '\xDE', '\x12', '\x04',
		'\x95' };

	if (catalog->size < HEAD_SIZE
	    || memcmp(catalog->bytes, magic, sizeof(magic)) != 0
	    || read_number(catalog, 4) > 1) /* revisions 0.x have 0 or 1 */
		return false;
	catalog->n = read_number(catalog, 8);
	catalog->originals = read_number(catalog, 12);
	catalog->translations = read_number(catalog, 16);
	return check_table(catalog, catalog->originals)
	       && check_table(catalog, catalog->translations);
}

/* Reads `size` bytes, fewer when the file ends before. */
static bool
read_bytes(int fd, struct catalog *catalog, size_t size)
{
	while (catalog->size < size) {
		ssize_t n = read(
		    fd, catalog->bytes + catalog->size, size - catalog->size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (n == 0)
			break;
		catalog->size += (size_t)n;
	}
	return true;
}

static bool
read_catalog(
    int fd, const char *path, struct catalog *catalog, struct psp_error *err)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return psp_error_system(err, path, "read", errno);
	if (S_ISREG(status.st_mode) && status.st_size <= MAX_SIZE) {
		size_t size = (size_t)status.st_size;

		catalog->bytes = malloc(size + 1);
		if (catalog->bytes == NULL)
			return psp_error_memory(err);
		if (!read_bytes(fd, catalog, size))
			return psp_error_system(err, path, "read", errno);
		if (find_tables(catalog))
			return true;
	}
	return psp_error_set(
	    err, PSP_EIO, path, 0, 0, "this is no catalog of messages");
}

bool
psp_catalog_use(const char *path, struct psp_error *err)
{
	struct catalog catalog = { NULL, 0, 0, 0, 0 };
	bool is_read;
	int fd;

	do
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return psp_error_system(err, path, "open", errno);
	is_read = read_catalog(fd, path, &catalog, err);
	close(fd);
	if (!is_read) {
		free(catalog.bytes);
		return false;
	}
	psp_catalog_drop();
	in_use = catalog;
	return true;
}

void
psp_catalog_drop(void)
{
	free(in_use.bytes);
	memset(&in_use, 0, sizeof(in_use));
}

/* The translation of `text`, size 0 when there is none. */
static struct psp_slice
find(const char *text)
{
	size_t low = 0, high = in_use.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct psp_slice original =
		    read_text(&in_use, in_use.originals, middle);
		int order = strcmp(text, original.bytes);

		if (order == 0)
			return read_text(&in_use, in_use.translations, middle);
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return psp_slice("", 0);
}

/* The next conversion of a format, such as "%.*s"; size 0 at the end. */
static struct psp_slice
next_conversion(const char **format)
{
	const char *start = strchr(*format, '%');

	while (start != NULL && start[1] == '%')
		start = strchr(start + 2, '%');
	if (start == NULL)
		return psp_slice("", 0);
	*format = start + 1 + strcspn(start + 1, "diouxXeEfFgGaAcsp");
	if (**format != '\0')
		(*format)++;
	return psp_slice(start, (size_t)(*format - start));
}

/* Whether both formats take the same arguments in the same order. */
static bool
takes_the_same(const char *format, const char *other)
{
	struct psp_slice conversion;

	do {
		conversion = next_conversion(&format);
		if (!psp_slice_equal(conversion, next_conversion(&other)))
			return false;
	} while (conversion.size > 0);
	return true;
}

const char *
psp_message(const char *text)
{
	struct psp_slice found;

	if (in_use.bytes == NULL || *text == '\0') /* "" finds the head */
		return text;
	found = find(text);
	return found.size > 0 && takes_the_same(text, found.bytes) ? found.bytes
	                                                           : text;
}

const char *
psp_message_plural(const char *one, const char *many, size_t count)
{
	const char *text = count == 1 ? one : many, *chosen;
	struct psp_slice found;

	if (in_use.bytes == NULL)
		return text;
	found = find(one);
	chosen = found.bytes;
	if (count > 1 && strlen(chosen) < found.size)
		chosen += strlen(chosen) + 1;
	return *chosen != '\0' && takes_the_same(text, chosen) ? chosen : text;
}
