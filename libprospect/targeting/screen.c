/* Screening records; see the header. */
#include <config.h>

#include "libprospect/targeting/screen.h"

#include "libprospect/targeting/shortcut.h"

/* Fewer records are as well asked one by one. */
enum { MIN_RECORDS = 8 };

enum { N_WORDS = PSP_COLUMN_RECORDS / 64 };

/* Where the screening of some records stands; places are counted from the
 * first of them. */
struct screening {
	uint32_t first;    /* record at place 0 */
	uint32_t *records; /* not yet found false, and sure so far */
	size_t n;
	uint64_t left[N_WORDS];                   /* places to be asked */
	uint32_t next[PSP_COLUMN_RECORDS];        /* by place, of those */
	unsigned char so_far[PSP_COLUMN_RECORDS]; /* by place */
};

bool
psp_screen_can(const struct psp_test *test)
{
	return test->kind == PSP_TEST_ALL && !test->is_negated;
}

bool
psp_screen_is_true(const struct psp_test *test)
{
	return psp_screen_can(test) && test->n_children == 0;
}

static bool
has_short_way(const struct psp_test *test)
{
	return test->way != PSP_WAY_READ && test->way != PSP_WAY_GIVEN;
}

/* Leaves a record to be asked from child `next` on. */
static void
leave(struct screening *screening, uint32_t record, size_t next)
{
	uint32_t place = record - screening->first;

	screening->left[place / 64] |= (uint64_t)1 << place % 64;
	screening->next[place] = (uint32_t)next;
}

/* What an answer of test `child` means for the record: false, unknown, true,
 * or no answer. */
static void
list_outcomes(
    const struct psp_test *child, unsigned char outcomes[PSP_NO_ANSWER + 1])
{
	for (unsigned answer = PSP_FALSE; answer <= PSP_TRUE; answer++)
		outcomes[answer] = (unsigned char)psp_truth_settled(
		    child, (enum psp_truth)answer, child->is_negated);
	outcomes[PSP_NO_ANSWER] = PSP_NO_ANSWER;
}

/* Notes the records that are unknown so far, and leaves those whose cell gave
 * no answer; others know no more of them. */
static void
set_apart(struct screening *screening, size_t child, unsigned char *answers)
{
	for (size_t i = 0; i < screening->n; i++) {
		uint32_t record = screening->records[i];

		if (answers[i] == PSP_UNKNOWN)
			screening->so_far[record - screening->first] =
			    PSP_UNKNOWN;
		if (answers[i] != PSP_NO_ANSWER)
			continue;
		leave(screening, record, child);
		answers[i] = PSP_FALSE;
	}
}

/* Asks one test of the records not yet found false. */
static void
screen_test(struct screening *screening, struct psp_evaluation *e,
    const struct psp_batch *batch, const struct psp_test *test, size_t child)
{
	struct psp_slice texts[PSP_COLUMN_RECORDS];
	struct psp_slice beside[PSP_COLUMN_RECORDS];
	struct psp_shortcut_cells cells = { texts, beside, screening->n, true };
	unsigned char answers[PSP_COLUMN_RECORDS];
	unsigned char outcomes[PSP_NO_ANSWER + 1];
	uint32_t *records = screening->records;
	bool is_plain = true;
	size_t n = 0;

	test = test->children[child];
	list_outcomes(test, outcomes);
	cells.has_before =
	    psp_shortcut_looks_beside(test)
		? psp_column_pairs(batch, test->column, test->beside, records,
		    screening->n, texts, beside)
		: psp_column_texts(
		    batch, test->column, records, screening->n, texts);
	psp_shortcut_take_cells(e, test, &cells, answers);
	for (size_t i = 0; i < screening->n; i++) {
		answers[i] = outcomes[answers[i]];
		is_plain &= answers[i] == PSP_FALSE || answers[i] == PSP_TRUE;
	}
	if (!is_plain)
		set_apart(screening, child, answers);
	for (size_t i = 0; i < screening->n; i++) {
		records[n] = records[i];
		n += answers[i] != PSP_FALSE;
	}
	screening->n = n;
}

/* The records left, in their order. */
static size_t
list_left(const struct screening *screening, struct psp_candidate *left)
{
	size_t n = 0;

	for (size_t w = 0; w < N_WORDS; w++)
		for (uint64_t bits = screening->left[w]; bits != 0;
		     bits &= bits - 1) {
			size_t place = w * 64 + psp_lowest_bit(bits);

			left[n].record = screening->first + (uint32_t)place;
			left[n].next = screening->next[place];
			left[n].so_far =
			    (enum psp_truth)screening->so_far[place];
			n++;
		}
	return n;
}

size_t
psp_screen(struct psp_evaluation *e, const struct psp_test *test,
    const struct psp_batch *batch, uint32_t *records, size_t n,
    struct psp_candidate *left)
{
	struct screening screening;
	size_t child = 0;

	if (n == 0)
		return 0;
	screening.first = records[0];
	screening.records = records;
	screening.n = n;
	memset(screening.left, 0, sizeof(screening.left));
	memset(screening.so_far, PSP_TRUE, sizeof(screening.so_far));
	e->style = (enum psp_number_style)batch->dialect->decimal;
	while (child < test->n_children && screening.n >= MIN_RECORDS
	       && has_short_way(test->children[child])) {
		screen_test(&screening, e, batch, test, child);
		child++;
	}
	for (size_t i = 0; i < screening.n; i++)
		leave(&screening, records[i], child);
	return list_left(&screening, left);
}
