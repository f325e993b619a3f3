/*
 * Sessions: the stretches of work that ratios per hour and trends are about.
 * They come from a sessions file, from a column of the log, from the times (an
 * agent's calls less than `gap` apart), or are an agent's day.
 *
 * Those found by the times grow together when a call falls between two: the
 * union of all calls' intervals, each widened by the gap, is the same in
 * whatever order the calls come and however the log is cut. One that was taken
 * in by another points to it.
 */
#ifndef PSP_CALLS_SESSIONS_H
#define PSP_CALLS_SESSIONS_H

#include "libprospect/calls/keys.h"

/* A moment that is not known. */
#define PSP_NO_TIME INT64_MIN
#define PSP_NO_DAY INT32_MIN

/* No session: the call is in none. */
#define PSP_NO_SESSION UINT32_MAX

enum psp_session_mode {
	PSP_SESSIONS_NONE,   /* nothing tells one from another */
	PSP_SESSIONS_FILE,   /* numbers of psp_session_file */
	PSP_SESSIONS_COLUMN, /* agent and key */
	PSP_SESSIONS_GAP,
	PSP_SESSIONS_DAY /* agent and day */
};

struct psp_session {
	uint32_t agent;     /* a symbol */
	uint32_t key;       /* a symbol; 0: none */
	int32_t day;        /* the first of its calls, or PSP_NO_DAY */
	uint32_t parent;    /* the one that took it in, or itself */
	int64_t start, end; /* seconds since 1970, or PSP_NO_TIME */
};

/* The sessions of one agent that times make, in order of time. */
struct psp_stretches {
	uint32_t *order;
	size_t n, capacity;
};

struct psp_sessions {
	enum psp_session_mode mode;
	int64_t gap; /* seconds */
	struct psp_session *items;
	size_t n, capacity;
	struct psp_keys keys; /* agent and key or day */
	uint32_t *of_key;     /* the session of each */
	size_t of_key_capacity;
	struct psp_stretches *stretches; /* by agent's symbol */
	size_t n_agents, agents_capacity;
};

void psp_sessions_init(
    struct psp_sessions *sessions, enum psp_session_mode mode, int64_t gap);

void psp_sessions_clear(struct psp_sessions *sessions);

/* A call, as sessions see it. */
struct psp_session_call {
	uint32_t agent, key;
	int32_t day;
	int64_t start, end;
};

/* The session of a call, new or old; not for PSP_SESSIONS_FILE. PSP_ENOMEM. */
PSP_NODISCARD bool psp_sessions_place(struct psp_sessions *sessions,
    const struct psp_session_call *call, uint32_t *number,
    struct psp_error *err);

/* Makes a session hold a call, or another session, too. */
static inline void
psp_session_widen(
    struct psp_session *session, int32_t day, int64_t start, int64_t end)
{
	if (day != PSP_NO_DAY
	    && (session->day == PSP_NO_DAY || day < session->day))
		session->day = day;
	if (start == PSP_NO_TIME)
		return;
	if (session->start == PSP_NO_TIME || start < session->start)
		session->start = start;
	/* PSP_NO_TIME is the least. */
	if (end > session->end)
		session->end = end;
}

/* psp_sessions_place of a call by a key, whose session is there and stands where
 * it is looked for first: most calls. */
static inline bool
psp_sessions_place_known(struct psp_sessions *sessions,
    const struct psp_session_call *call, uint32_t *number)
{
	uint32_t key[2] = { call->agent, call->key }, found;

	if (!psp_keys_has(&sessions->keys, 2, key, &found))
		return false;
	*number = sessions->of_key[found];
	psp_session_widen(
	    &sessions->items[*number], call->day, call->start, call->end);
	return true;
}

/* The session that `number` is part of now. */
static inline uint32_t
psp_sessions_root(const struct psp_sessions *sessions, uint32_t number)
{
	while (sessions->items[number].parent != number)
		number = sessions->items[number].parent;
	return number;
}

/*
 * Adds the sessions of `next`, whose symbols are `symbols` here. `numbers`,
 * room for next->n, gets what they are here. PSP_ENOMEM.
 */
PSP_NODISCARD bool psp_sessions_merge(struct psp_sessions *into,
    const struct psp_sessions *next, const uint32_t *symbols, uint32_t *numbers,
    struct psp_error *err);

/*
 * Numbers the sessions anew when all calls were placed: those that no other took
 * in, in the order of their first calls, so that nothing tells any more in which
 * pieces the log came. `numbers`, room for all, gets what they are now. No call
 * can be placed afterwards.
 */
void psp_sessions_settle(struct psp_sessions *sessions, uint32_t *numbers);

#endif
