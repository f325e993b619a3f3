/*
 * Files for targets that need a path: one for each use, written anew for each
 * input, and removed when the program ends.
 */
#ifndef TESTS_FUZZ_FILE_H
#define TESTS_FUZZ_FILE_H

#include <unistd.h>

#include "tests/fuzz/fuzz.h"

struct fuzz_file {
	char path[256];
	int fd; /* 0 before the first use */
};

/* Makes the file on first use, and empties it. */
static inline void
fuzz_file_empty(struct fuzz_file *file)
{
	const char *folder = getenv("TMPDIR");

	if (file->fd == 0) {
		snprintf(file->path, sizeof(file->path),
		    "%s/prospect-fuzz-XXXXXX",
		    folder != NULL ? folder : "/tmp");
		file->fd = mkstemp(file->path);
		fuzz_must(file->fd > 0, "a file can be made in TMPDIR");
	}
	fuzz_must(
	    ftruncate(file->fd, 0) == 0 && lseek(file->fd, 0, SEEK_SET) == 0,
	    "a file can be emptied");
}

/* Appends bytes. */
static inline void
fuzz_file_put(struct fuzz_file *file, struct psp_slice bytes)
{
	fuzz_must(bytes.size == 0
		      || write(file->fd, bytes.bytes, bytes.size)
			     == (ssize_t)bytes.size,
	    "a file can be written");
}

/* Makes the file hold `bytes`. */
static inline void
fuzz_file_write(struct fuzz_file *file, struct psp_slice bytes)
{
	fuzz_file_empty(file);
	fuzz_file_put(file, bytes);
}

/* Reads what the file holds; to be cleared. */
static inline struct psp_buffer
fuzz_file_content(const struct fuzz_file *file)
{
	struct psp_buffer content;
	struct psp_error err;
	off_t size = lseek(file->fd, 0, SEEK_END);

	psp_error_init(&err);
	psp_buffer_init(&content);
	fuzz_must(
	    size >= 0 && psp_buffer_reserve(&content, (size_t)size, &err)
		&& (size == 0
		    || pread(file->fd, content.bytes, (size_t)size, 0) == size),
	    "a file can be read");
	content.size = (size_t)size;
	return content;
}

static inline void
fuzz_file_remove(struct fuzz_file *file)
{
	if (file->fd > 0)
		(void)unlink(file->path);
}

#endif
