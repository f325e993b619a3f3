/* Runs on disk; see the header. */
#include <config.h>

#include "libprospect/stream/runs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "libprospect/base/descriptor.h"

enum {
	WRITE_SIZE = 256 * 1024,
	READ_SIZE = 64 * 1024, /* of each run, where memory has room */
	LEAST_READ_SIZE = 4096,
	MOST_MERGED = 512
};

struct psp_run {
	uint64_t at, end;
};

/* What stands before a row. */
struct head {
	uint64_t rank, place, size;
};

void
psp_runs_init(struct psp_runs *runs, const char *folder)
{
	memset(runs, 0, sizeof(*runs));
	psp_buffer_init(&runs->waiting);
	runs->folder = folder;
	runs->fd = -1;
}

void
psp_runs_clear(struct psp_runs *runs)
{
	if (runs == NULL)
		return;
	if (runs->fd >= 0)
		(void)close(runs->fd);
	free(runs->items);
	psp_buffer_clear(&runs->waiting);
	psp_runs_init(runs, runs->folder);
}

/* A file without a name, where the file system has such; else -1. */
static int
open_nameless(const char *folder)
{
#ifdef O_TMPFILE
	int fd;

	do
		fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	while (fd < 0 && errno == EINTR);
	return fd;
#else
	(void)folder;
	return -1;
#endif
}

/* A file whose name is taken away at once. */
static int
open_unlinked(const char *folder, struct psp_error *err)
{
	static const char pattern[] = "/prospect-XXXXXX";
	struct psp_buffer path;
	int fd = -1;

	psp_buffer_init(&path);
	if (psp_buffer_slice(&path, psp_slice_of(folder), err)
	    && psp_buffer_append(&path, pattern, sizeof(pattern), err)) {
		fd = mkstemp(path.bytes);
		if (fd < 0 || unlink(path.bytes) != 0) {
			psp_error_system(
			    err, folder, "make a temporary file", errno);
			if (fd >= 0)
				(void)close(fd);
			fd = -1;
		}
	}
	psp_buffer_clear(&path);
	if (fd >= 0)
		(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}

static bool
open_file(struct psp_runs *runs, struct psp_error *err)
{
	if (runs->fd < 0)
		runs->fd = open_nameless(runs->folder);
	if (runs->fd < 0)
		runs->fd = open_unlinked(runs->folder, err);
	return runs->fd >= 0;
}

static bool
write_waiting(struct psp_runs *runs, struct psp_error *err)
{
	if (!psp_descriptor_put(
		runs->fd, runs->waiting.bytes, runs->waiting.size))
		return psp_error_system(
		    err, runs->folder, "write a temporary file", errno);
	runs->waiting.size = 0;
	return true;
}

bool
psp_runs_begin(struct psp_runs *runs, struct psp_error *err)
{
	struct psp_run *items;

	if (!open_file(runs, err))
		return false;
	items = psp_array_reserve(
	    runs->items, &runs->capacity, runs->n + 1, sizeof(*items), err);
	if (items == NULL)
		return false;
	runs->items = items;
	items[runs->n].at = runs->size;
	items[runs->n].end = runs->size;
	runs->n++;
	return true;
}

bool
psp_runs_put(
    struct psp_runs *runs, const struct psp_run_row *row, struct psp_error *err)
{
	struct head head = { row->rank, row->place, row->bytes.size };

	if (!psp_buffer_append(&runs->waiting, &head, sizeof(head), err)
	    || !psp_buffer_slice(&runs->waiting, row->bytes, err))
		return false;
	runs->size += sizeof(head) + row->bytes.size;
	runs->n_rows++;
	runs->last_rank = row->rank;
	return runs->waiting.size < WRITE_SIZE || write_waiting(runs, err);
}

bool
psp_runs_end(struct psp_runs *runs, struct psp_error *err)
{
	runs->items[runs->n - 1].end = runs->size;
	return write_waiting(runs, err);
}

/* A run being read. */
struct run_reader {
	struct psp_run rest; /* of the run, not yet in the buffer */
	struct psp_buffer buffer;
	size_t at; /* of the next row in the buffer */
	struct psp_run_row row;
};

/* The runs being merged, in a heap: the one whose row comes first at 0. */
struct merge {
	const struct psp_runs *runs;
	struct run_reader *readers;
	struct run_reader **heap;
	size_t n;
	size_t read_size;
};

/* Makes sure that `size` bytes of the run stand in the buffer from `at`. */
static bool
fill(const struct merge *merge, struct run_reader *reader, size_t size,
    struct psp_error *err)
{
	struct psp_buffer *buffer = &reader->buffer;
	size_t wanted = size > merge->read_size ? size : merge->read_size;

	if (buffer->size - reader->at >= size)
		return true;
	if (reader->at > 0)
		memmove(buffer->bytes, buffer->bytes + reader->at,
		    buffer->size - reader->at);
	buffer->size -= reader->at;
	reader->at = 0;
	wanted -= buffer->size;
	if (wanted > reader->rest.end - reader->rest.at)
		wanted = (size_t)(reader->rest.end - reader->rest.at);
	if (!psp_buffer_reserve(buffer, wanted, err))
		return false;
	while (wanted > 0) {
		ssize_t n = pread(merge->runs->fd, buffer->bytes + buffer->size,
		    wanted, (off_t)reader->rest.at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return psp_error_system(err, merge->runs->folder,
			    "read a temporary file", n < 0 ? errno : EIO);
		buffer->size += (size_t)n;
		reader->rest.at += (size_t)n;
		wanted -= (size_t)n;
	}
	return true;
}

/* Moves to the next row; `*is_there` false at the end of the run. */
static bool
next_row(const struct merge *merge, struct run_reader *reader, bool *is_there,
    struct psp_error *err)
{
	struct head head;

	*is_there = reader->at < reader->buffer.size
	            || reader->rest.at < reader->rest.end;
	if (!*is_there)
		return true;
	if (!fill(merge, reader, sizeof(head), err))
		return false;
	memcpy(&head, reader->buffer.bytes + reader->at, sizeof(head));
	if (!fill(merge, reader, sizeof(head) + (size_t)head.size, err))
		return false;
	reader->row.rank = head.rank;
	reader->row.place = head.place;
	reader->row.bytes =
	    psp_slice(reader->buffer.bytes + reader->at + sizeof(head),
		(size_t)head.size);
	reader->at += sizeof(head) + (size_t)head.size;
	return true;
}

static bool
comes_before(const struct psp_run_row *a, const struct psp_run_row *b)
{
	return a->rank < b->rank || (a->rank == b->rank && a->place < b->place);
}

/* Puts the reader at `i` where it belongs among those below. */
static void
sift_down(struct merge *merge, size_t i)
{
	struct run_reader **heap = merge->heap, *moved = heap[i];

	for (size_t child = 2 * i + 1; child < merge->n; child = 2 * i + 1) {
		if (child + 1 < merge->n
		    && comes_before(&heap[child + 1]->row, &heap[child]->row))
			child++;
		if (!comes_before(&heap[child]->row, &moved->row))
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = moved;
}

/* Opens `n` runs from number `first` on, each on its first row. */
static bool
open_merge(struct merge *merge, const struct psp_runs *runs, size_t first,
    size_t n, size_t memory, struct psp_error *err)
{
	bool is_there;

	memset(merge, 0, sizeof(*merge));
	merge->runs = runs;
	merge->read_size = memory / (n + 1);
	if (merge->read_size < LEAST_READ_SIZE)
		merge->read_size = LEAST_READ_SIZE;
	if (merge->read_size > WRITE_SIZE)
		merge->read_size = WRITE_SIZE;
	merge->readers = calloc(n + 1, sizeof(*merge->readers));
	merge->heap = calloc(n + 1, sizeof(struct run_reader *));
	if (merge->readers == NULL || merge->heap == NULL)
		return psp_error_memory(err);
	for (size_t i = 0; i < n; i++) {
		merge->readers[i].rest = runs->items[first + i];
		if (!next_row(merge, &merge->readers[i], &is_there, err))
			return false;
		if (is_there)
			merge->heap[merge->n++] = &merge->readers[i];
	}
	for (size_t i = merge->n / 2; i > 0; i--)
		sift_down(merge, i - 1);
	return true;
}

static void
close_merge(struct merge *merge, size_t n)
{
	for (size_t i = 0; merge->readers != NULL && i < n; i++)
		psp_buffer_clear(&merge->readers[i].buffer);
	free(merge->readers);
	free(merge->heap);
}

/* Hands the first `limit` rows of `n` runs to `take`. */
static bool
merge_some(const struct psp_runs *runs, size_t first, size_t n, size_t memory,
    size_t limit, psp_runs_fn *take, void *user, struct psp_error *err)
{
	struct merge merge;
	bool is_done = false, is_there;

	if (!open_merge(&merge, runs, first, n, memory, err))
		goto done;
	for (size_t i = 0; i < limit && merge.n > 0; i++) {
		struct run_reader *reader = merge.heap[0];

		if (!take(user, &reader->row, err)
		    || !next_row(&merge, reader, &is_there, err))
			goto done;
		if (!is_there)
			merge.heap[0] = merge.heap[--merge.n];
		sift_down(&merge, 0);
	}
	is_done = true;
done:
	close_merge(&merge, n);
	return is_done;
}

/* How many runs are read at once. */
static size_t
n_merged(size_t memory)
{
	size_t n = memory / READ_SIZE;

	return n < 2 ? 2 : n > MOST_MERGED ? MOST_MERGED : n;
}

static bool
put_merged(void *runs, const struct psp_run_row *row, struct psp_error *err)
{
	return psp_runs_put(runs, row, err);
}

/* A pass: makes one run of each few, in a file of their own. */
static bool
reduce(
    struct psp_runs *runs, size_t memory, size_t limit, struct psp_error *err)
{
	size_t most = n_merged(memory);
	struct psp_runs next;

	psp_runs_init(&next, runs->folder);
	for (size_t first = 0; first < runs->n; first += most) {
		size_t n = runs->n - first < most ? runs->n - first : most;

		if (!psp_runs_begin(&next, err)
		    || !merge_some(
			runs, first, n, memory, limit, put_merged, &next, err)
		    || !psp_runs_end(&next, err)) {
			psp_runs_clear(&next);
			return false;
		}
	}
	psp_runs_clear(runs);
	*runs = next;
	return true;
}

bool
psp_runs_unite(
    struct psp_runs *runs, size_t memory, size_t limit, struct psp_error *err)
{
	do
		if (!reduce(runs, memory, limit, err))
			return false;
	while (runs->n > 1);
	return true;
}

bool
psp_runs_merge(struct psp_runs *runs, size_t memory, size_t limit,
    psp_runs_fn *take, void *user, struct psp_error *err)
{
	while (runs->n > n_merged(memory))
		if (!reduce(runs, memory, limit, err))
			return false;
	return merge_some(runs, 0, runs->n, memory, limit, take, user, err);
}
