/*
 * Each part has a ticket, its number. A thread takes the next one, and there
 * are three things that it does at its turn only, ticket after ticket:
 *
 *   read   -> turn "quotes": how many stand before the part tells whether its
 *             first byte lies inside quotes
 *   cut    -> turn "place": the part before tells where it ended and on which
 *             line; a part that began elsewhere is cut again
 *   run    -> turn "settle": messages, counts, rows, states
 *
 * What is done between the turns is done by all threads at once. A thread whose
 * part cannot be settled yet takes another one first, and then waits: at most
 * two parts a thread are in flight. The smallest ticket that is not settled
 * never waits for a larger one, so somebody always goes on.
 */
#include <config.h>

#include "libprospect/stream/parallel.h"

#include <pthread.h>
#include <stdlib.h>

#include "libprospect/stream/part.h"

enum { PARTS_A_THREAD = 2 };

/* A part in the hands of a thread. */
struct hand {
	struct psp_part part;
	struct psp_work work;
	size_t ticket;
	bool has_failed; /* reading or cutting; work.failure says why */
	bool is_empty;   /* no record begins in it */
};

/* Whose turn it is, by ticket; all of it under the lock. */
struct turns {
	size_t next; /* ticket to be taken */
	size_t quotes, place, settle;
	bool is_over;    /* nothing more is to be settled */
	bool has_ended;  /* the input has, before its last part */
	bool in_quotes;  /* the first byte of part `quotes` is */
	bool is_flipped; /* a stray quote: it is the other way round */
	size_t first;    /* where the next record begins in the file */
	size_t first_line;
	size_t first_record;
};

struct crew {
	struct psp_reader *reader;
	struct psp_settling *settling;
	const struct psp_parallel_options *options;
	size_t start; /* of part 0 in the file, if it were as long as others */
	size_t from, to;
	size_t n_parts;
	struct hand *hands;
	size_t n_hands;
	pthread_mutex_t lock;
	pthread_cond_t moved; /* a turn has */
	struct turns turns;
	struct psp_error err; /* of the run; by the thread whose turn it is */
};

/* A thread and its two hands. */
struct worker {
	struct crew *crew;
	struct hand *hands;
	pthread_t thread;
};

/* Where part `ticket` begins in the file. */
static size_t
part_offset(const struct crew *crew, size_t ticket)
{
	return ticket == 0 ? crew->from
	                   : crew->start + ticket * crew->options->part_size;
}

static void
lock(struct crew *crew)
{
	(void)pthread_mutex_lock(&crew->lock);
}

static void
unlock(struct crew *crew)
{
	(void)pthread_mutex_unlock(&crew->lock);
}

/* Waits, locked, until `*turn` is the ticket's; false: the run is over. */
static bool
wait_for(struct crew *crew, const size_t *turn, size_t ticket)
{
	while (*turn != ticket && !crew->turns.is_over)
		(void)pthread_cond_wait(&crew->moved, &crew->lock);
	return !crew->turns.is_over;
}

/* Gives the turn to the next ticket, locked. */
static void
pass(struct crew *crew, size_t *turn)
{
	(*turn)++;
	(void)pthread_cond_broadcast(&crew->moved);
}

/* Takes a ticket; false: there is none. */
static bool
take_ticket(struct crew *crew, size_t *ticket)
{
	struct turns *turns = &crew->turns;
	bool is_taken;

	lock(crew);
	is_taken =
	    !turns->is_over && !turns->has_ended && turns->next < crew->n_parts;
	if (is_taken)
		*ticket = turns->next++;
	unlock(crew);
	return is_taken;
}

/*
 * Learns whether the part begins inside quotes, and tells the next one. With
 * `*claim` the truth about its end can be compared later.
 */
static bool
learn_quotes(struct crew *crew, struct hand *hand, bool *in_quotes, bool *claim)
{
	struct turns *turns = &crew->turns;
	bool is_odd = !hand->has_failed && psp_part_is_odd(&hand->part);
	bool is_on;

	lock(crew);
	is_on = wait_for(crew, &turns->quotes, hand->ticket);
	if (is_on) {
		*in_quotes = turns->in_quotes != turns->is_flipped;
		turns->in_quotes = turns->in_quotes != is_odd;
		*claim = turns->in_quotes;
		pass(crew, &turns->quotes);
	}
	unlock(crew);
	return is_on;
}

/* Cuts the part from `first` on, which may be nowhere. */
static void
cut(struct hand *hand, size_t first)
{
	hand->is_empty = first == SIZE_MAX;
	if (hand->has_failed || hand->is_empty)
		return;
	hand->has_failed =
	    !psp_part_cut(&hand->part, first, &hand->work.failure);
}

/* Whether a record begins in the part, as the parts before it tell. */
static bool
has_records(const struct crew *crew, const struct hand *hand)
{
	const struct turns *turns = &crew->turns;
	const struct psp_part *part = &hand->part;
	size_t size = part->is_short ? part->block.size : part->own_size;

	return !turns->has_ended && turns->first < crew->to
	       && turns->first <= part->offset + size;
}

/*
 * Learns where the part before ended, cuts the part again if it was cut from
 * elsewhere, and tells the next one. Only the thread whose turn it is reads
 * and writes the place.
 */
static bool
learn_place(struct crew *crew, struct hand *hand, size_t guess, bool claim)
{
	struct turns *turns = &crew->turns;
	struct psp_batch *batch = &hand->part.block.batch;
	bool is_on;

	lock(crew);
	is_on = wait_for(crew, &turns->place, hand->ticket);
	unlock(crew);
	if (!is_on)
		return false;
	if (!has_records(crew, hand)) {
		hand->is_empty = true;
		hand->has_failed = false;
	} else if (guess != turns->first) {
		cut(hand, turns->first);
	}
	if (!hand->is_empty && !hand->has_failed) {
		batch->first_line = turns->first_line;
		batch->first_record = turns->first_record;
	}
	lock(crew);
	if (hand->has_failed) {
		turns->has_ended = true;
	} else if (!hand->is_empty) {
		turns->first = psp_part_end(&hand->part);
		turns->first_line += batch->n_lines;
		turns->first_record += batch->n_spans;
		turns->has_ended = turns->has_ended || hand->part.is_short;
		turns->is_flipped =
		    claim != psp_part_ends_in_quotes(&hand->part);
	}
	pass(crew, &turns->place);
	unlock(crew);
	return true;
}

/* Reads, cuts and runs a part. False: the run is over. */
static bool
prepare(struct crew *crew, struct hand *hand)
{
	size_t offset = part_offset(crew, hand->ticket);
	size_t end = part_offset(crew, hand->ticket + 1);
	size_t first = crew->from;
	bool in_quotes = false, claim = false;

	if (end > crew->to)
		end = crew->to;
	psp_error_init(&hand->work.failure);
	hand->has_failed = !psp_part_read(
	    &hand->part, offset, end - offset, &hand->work.failure);
	if (!learn_quotes(crew, hand, &in_quotes, &claim))
		return false;
	if (hand->ticket > 0 && !hand->has_failed)
		first = psp_part_first(&hand->part, in_quotes);
	cut(hand, first);
	if (!learn_place(crew, hand, first, claim))
		return false;
	if (!hand->is_empty && !hand->has_failed)
		psp_work_run(
		    &hand->work, crew->settling, &hand->part.block.batch);
	return true;
}

/* Settles a part at its turn. False: it was the last. */
static bool
settle(struct crew *crew, struct hand *hand)
{
	struct psp_settling *settling = crew->settling;

	if (hand->has_failed) {
		crew->err = hand->work.failure;
		return false;
	}
	if (!hand->is_empty
	    && !psp_settle(
		settling, &hand->part.block.batch, &hand->work, &crew->err))
		return false;
	psp_reader_passed(crew->reader, hand->part.own_size);
	if (crew->options->settled != NULL)
		crew->options->settled(crew->options->user);
	return !settling->counts.limit_reached;
}

/*
 * Settles the part once it is its turn; without `waits` only if it is so now.
 * Returns whether it was settled or will never be.
 */
static bool
settle_at_turn(struct crew *crew, struct hand *hand, bool waits)
{
	struct turns *turns = &crew->turns;
	bool is_on;

	lock(crew);
	if (!waits && turns->settle != hand->ticket && !turns->is_over) {
		unlock(crew);
		return false;
	}
	is_on = wait_for(crew, &turns->settle, hand->ticket);
	unlock(crew);
	if (!is_on)
		return true;
	is_on = settle(crew, hand);
	lock(crew);
	if (!is_on)
		turns->is_over = true;
	pass(crew, &turns->settle);
	unlock(crew);
	return true;
}

/* Does parts until there are none. */
static void *
work(void *user)
{
	struct worker *worker = user;
	struct crew *crew = worker->crew;
	struct hand *now = &worker->hands[0], *later = &worker->hands[1];
	bool has_later = false;

	while (take_ticket(crew, &now->ticket) && prepare(crew, now)) {
		struct hand *other = later;

		if (has_later)
			(void)settle_at_turn(crew, later, true);
		has_later = !settle_at_turn(crew, now, false);
		if (has_later) {
			later = now;
			now = other;
		}
	}
	if (has_later)
		(void)settle_at_turn(crew, later, true);
	return NULL;
}

/* Starts the threads that can be had, works with them and waits for them. */
static void
run_threads(struct crew *crew, struct worker *workers, size_t n)
{
	size_t n_started = 1;

	for (size_t i = 0; i < n; i++) {
		workers[i].crew = crew;
		workers[i].hands = &crew->hands[i * PARTS_A_THREAD];
	}
	while (n_started < n
	       && pthread_create(&workers[n_started].thread, NULL, work,
		      &workers[n_started])
		      == 0)
		n_started++;
	work(&workers[0]);
	for (size_t i = 1; i < n_started; i++)
		(void)pthread_join(workers[i].thread, NULL);
}

static size_t
count_parts(size_t from, size_t to, size_t part_size)
{
	size_t start = from / part_size * part_size;

	return to > from ? (to - start + part_size - 1) / part_size : 0;
}

size_t
psp_parallel_threads(
    const struct psp_reader *reader, const struct psp_parallel_options *options)
{
	size_t from, to, n_parts, n = options->n_threads;

	if (n < 2 || !psp_reader_can_split(reader, &from, &to))
		return 1;
	n_parts = count_parts(from, to, options->part_size);
	if (n_parts < options->min_parts)
		return 1;
	return n < n_parts ? n : n_parts;
}

/* Takes memory for `n` threads. */
static bool
open_crew(struct crew *crew, size_t n, struct psp_error *err)
{
	crew->hands = calloc(n * PARTS_A_THREAD, sizeof(*crew->hands));
	if (crew->hands == NULL)
		return psp_error_memory(err);
	for (; crew->n_hands < n * PARTS_A_THREAD; crew->n_hands++)
		if (!psp_part_init(
			&crew->hands[crew->n_hands].part, crew->reader, err))
			return false;
	crew->turns.first = crew->from;
	crew->turns.first_line = crew->hands[0].part.block.batch.first_line;
	crew->turns.first_record = crew->hands[0].part.block.batch.first_record;
	return true;
}

static void
close_crew(struct crew *crew)
{
	for (size_t i = 0; i < crew->n_hands; i++) {
		psp_work_clear(&crew->hands[i].work, crew->settling);
		psp_part_clear(&crew->hands[i].part);
	}
	free(crew->hands);
}

bool
psp_parallel_run(struct psp_reader *reader, struct psp_settling *settling,
    const struct psp_parallel_options *options, struct psp_error *err)
{
	size_t n = psp_parallel_threads(reader, options);
	struct crew crew = { .reader = reader,
		.settling = settling,
		.options = options,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.moved = PTHREAD_COND_INITIALIZER };
	struct worker *workers = calloc(n, sizeof(*workers));
	bool is_done = false;

	psp_error_init(&crew.err);
	if (workers == NULL) {
		psp_error_memory(err);
		goto done;
	}
	if (!psp_reader_can_split(reader, &crew.from, &crew.to)) {
		is_done = true;
		goto done;
	}
	crew.start = crew.from / options->part_size * options->part_size;
	crew.n_parts = count_parts(crew.from, crew.to, options->part_size);
	if (!open_crew(&crew, n, err))
		goto done;
	run_threads(&crew, workers, n);
	is_done = crew.err.status == PSP_OK;
	if (!is_done)
		*err = crew.err;
done:
	close_crew(&crew);
	free(workers);
	return is_done;
}
