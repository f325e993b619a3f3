/*
 * The main of a fuzz target in `make check`: calls it with each file of its
 * corpus, tests/fuzz/corpus/NAME of the source tree, or with the files it is
 * given. A target aborts when something does not hold; the test that has no
 * line then is the one that failed.
 */
#include <config.h>

#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <errno.h>

static void
fail(const char *doing, const char *path)
{
	printf("Bail out! cannot %s %s: %s\n", doing, path, strerror(errno));
	exit(99);
}

/* Reads a file into memory of exactly its size, so that reading past its end
 * is seen, and runs the target on it. */
static void
replay(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct psp_buffer buffer;
	struct psp_error err;
	char part[4096];
	uint8_t *bytes;
	size_t n;

	if (file == NULL)
		fail("open", path);
	psp_error_init(&err);
	psp_buffer_init(&buffer);
	while ((n = fread(part, 1, sizeof(part), file)) > 0)
		if (!psp_buffer_append(&buffer, part, n, &err))
			fail("keep", path);
	if (ferror(file))
		fail("read", path);
	fclose(file);
	bytes = malloc(buffer.size > 0 ? buffer.size : 1);
	if (bytes == NULL)
		fail("keep", path);
	if (buffer.size > 0)
		memcpy(bytes, buffer.bytes, buffer.size);
	LLVMFuzzerTestOneInput(bytes, buffer.size);
	free(bytes);
	psp_buffer_clear(&buffer);
}

static int
is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Replays the corpus of the target `name`. */
static void
replay_corpus(const char *name)
{
	const char *source = getenv("srcdir");
	struct dirent **entries;
	char folder[2048], path[4096];
	int n;

	snprintf(folder, sizeof(folder), "%s/tests/fuzz/corpus/%s",
	    source != NULL ? source : ".", name);
	n = scandir(folder, &entries, is_visible, alphasort);
	if (n < 0)
		fail("open", folder);
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		printf("# %s\n", entries[i]->d_name);
		fflush(stdout);
		snprintf(
		    path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		replay(path);
		printf("ok %d - %s\n", i + 1, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}

int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');

	if (argc < 2) {
		replay_corpus(name != NULL ? name + 1 : argv[0]);
		return 0;
	}
	for (int i = 1; i < argc; i++) {
		fprintf(stderr, "%s\n", argv[i]);
		replay(argv[i]);
	}
	return 0;
}
