/* Sessions; see the header. */
#include <config.h>

#include "libprospect/calls/sessions.h"

#include <stdlib.h>
#include <string.h>

#include "libprospect/base/buffer.h"

void
psp_sessions_init(
    struct psp_sessions *sessions, enum psp_session_mode mode, int64_t gap)
{
	memset(sessions, 0, sizeof(*sessions));
	sessions->mode = mode;
	sessions->gap = gap;
	psp_keys_init(&sessions->keys, 2);
}

void
psp_sessions_clear(struct psp_sessions *sessions)
{
	for (size_t i = 0; i < sessions->n_agents; i++)
		free(sessions->stretches[i].order);
	free(sessions->stretches);
	free(sessions->items);
	free(sessions->of_key);
	psp_keys_clear(&sessions->keys);
	psp_sessions_init(sessions, sessions->mode, sessions->gap);
}

static bool
add(struct psp_sessions *sessions, const struct psp_session_call *call,
    uint32_t *number, struct psp_error *err)
{
	struct psp_session *items = psp_array_reserve(sessions->items,
	    &sessions->capacity, sessions->n + 1, sizeof(*items), err);
	struct psp_session *session;

	if (items == NULL)
		return false;
	sessions->items = items;
	session = &items[sessions->n];
	session->agent = call->agent;
	session->key = call->key;
	session->day = call->day;
	session->start = call->start;
	session->end = call->end;
	session->parent = (uint32_t)sessions->n;
	*number = (uint32_t)sessions->n++;
	return true;
}

/* The agent's stretches. */
static struct psp_stretches *
stretches_of(
    struct psp_sessions *sessions, uint32_t agent, struct psp_error *err)
{
	struct psp_stretches *grown;

	if (agent < sessions->n_agents)
		return &sessions->stretches[agent];
	grown = psp_array_reserve(sessions->stretches,
	    &sessions->agents_capacity, (size_t)agent + 1, sizeof(*grown), err);
	if (grown == NULL)
		return NULL;
	sessions->stretches = grown;
	memset(grown + sessions->n_agents, 0,
	    (agent + 1 - sessions->n_agents) * sizeof(*grown));
	sessions->n_agents = (size_t)agent + 1;
	return &grown[agent];
}

/* The first stretch that ends `gap` or less before `start`, or later. */
static size_t
find_stretch(const struct psp_sessions *sessions,
    const struct psp_stretches *list, int64_t start)
{
	size_t low = 0, high = list->n;

	/* Most calls come in order: the last stretch is looked at first. */
	if (high > 0
	    && start - sessions->items[list->order[high - 1]].end
		   >= sessions->gap)
		return high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int64_t end = sessions->items[list->order[middle]].end;

		if (start - end >= sessions->gap)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Makes one of the stretches from `first` to before `last`, that of which a call
 * came first: numbers then are in the order of first calls. */
static uint32_t
join(struct psp_sessions *sessions, struct psp_stretches *list, size_t first,
    size_t last)
{
	uint32_t whole = list->order[first];

	for (size_t i = first + 1; i < last; i++)
		if (list->order[i] < whole)
			whole = list->order[i];
	for (size_t i = first; i < last; i++) {
		struct psp_session *part = &sessions->items[list->order[i]];

		psp_session_widen(&sessions->items[whole], part->day,
		    part->start, part->end);
		part->parent = whole;
	}
	list->order[first] = whole;
	memmove(list->order + first + 1, list->order + last,
	    (list->n - last) * sizeof(*list->order));
	list->n -= last - first - 1;
	return whole;
}

/* The stretch of a call with times: it may be the one between two. */
static bool
stretch(struct psp_sessions *sessions, const struct psp_session_call *call,
    uint32_t *number, struct psp_error *err)
{
	struct psp_stretches *list = stretches_of(sessions, call->agent, err);
	uint32_t *order;
	size_t first, last;

	if (list == NULL)
		return false;
	first = last = find_stretch(sessions, list, call->start);
	while (last < list->n
	       && sessions->items[list->order[last]].start - call->end
		      < sessions->gap)
		last++;
	if (last > first) {
		*number = join(sessions, list, first, last);
		psp_session_widen(&sessions->items[*number], call->day,
		    call->start, call->end);
		return true;
	}
	order = psp_array_reserve(
	    list->order, &list->capacity, list->n + 1, sizeof(*order), err);
	if (order == NULL)
		return false;
	list->order = order;
	if (!add(sessions, call, number, err))
		return false;
	memmove(order + first + 1, order + first,
	    (list->n - first) * sizeof(*order));
	order[first] = *number;
	list->n++;
	return true;
}

/* A new session for key `found`. */
static bool
add_keyed(struct psp_sessions *sessions, const struct psp_session_call *call,
    uint32_t found, uint32_t *number, struct psp_error *err)
{
	uint32_t *of_key =
	    psp_array_reserve(sessions->of_key, &sessions->of_key_capacity,
		(size_t)found + 1, sizeof(*of_key), err);

	if (of_key == NULL)
		return false;
	sessions->of_key = of_key;
	if (!add(sessions, call, number, err))
		return false;
	of_key[found] = *number;
	return true;
}

bool
psp_sessions_place(struct psp_sessions *sessions,
    const struct psp_session_call *call, uint32_t *number,
    struct psp_error *err)
{
	uint32_t key[2] = { call->agent, call->key };
	uint32_t found;
	bool is_new;

	if (sessions->mode == PSP_SESSIONS_GAP && call->start != PSP_NO_TIME)
		return stretch(sessions, call, number, err);
	if (sessions->mode != PSP_SESSIONS_COLUMN)
		key[1] = (uint32_t)call->day;
	if (!psp_keys_put(&sessions->keys, key, &found, &is_new, err))
		return false;
	if (is_new)
		return add_keyed(sessions, call, found, number, err);
	*number = sessions->of_key[found];
	psp_session_widen(&sessions->items[*number], call->day, call->start, call->end);
	return true;
}

bool
psp_sessions_merge(struct psp_sessions *into, const struct psp_sessions *next,
    const uint32_t *symbols, uint32_t *numbers, struct psp_error *err)
{
	for (size_t i = 0; i < next->n; i++) {
		const struct psp_session *session = &next->items[i];
		struct psp_session_call call = { symbols[session->agent],
			symbols[session->key], session->day, session->start,
			session->end };

		if (session->parent == i
		    && !psp_sessions_place(into, &call, &numbers[i], err))
			return false;
	}
	for (size_t i = 0; i < next->n; i++)
		numbers[i] = numbers[psp_sessions_root(next, (uint32_t)i)];
	return true;
}

void
psp_sessions_settle(struct psp_sessions *sessions, uint32_t *numbers)
{
	uint32_t n = 0;

	/* What took another in stands before it. */
	for (size_t i = 0; i < sessions->n; i++) {
		uint32_t parent = sessions->items[i].parent;

		if (parent != i) {
			numbers[i] = numbers[parent];
			continue;
		}
		numbers[i] = n;
		sessions->items[n] = sessions->items[i];
		sessions->items[n].parent = n;
		n++;
	}
	sessions->n = n;
}
