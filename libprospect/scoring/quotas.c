/* Quotas; see the header. */
#include <config.h>

#include "libprospect/scoring/quotas.h"

#include <stdlib.h>

#include "libprospect/base/text.h"
#include "libprospect/values/number.h"

/* All records, in the unit of a share: thousandths of a percent. */
enum { WHOLE = 100 * PSP_PERCENT_SCALE };

bool
psp_quota_read(const struct psp_node *node, struct psp_quota *quota,
    struct psp_problems *problems)
{
	struct psp_slice text = psp_text_trim(node->text);
	int64_t number = 0;

	if (node->kind == PSP_NODE_SCALAR && text.size > 0
	    && text.bytes[text.size - 1] == '%') {
		if (psp_percent_read(text, PSP_STYLE_POINT, &number)
		    && number > 0 && number <= WHOLE) {
			quota->share = number;
			return true;
		}
	} else if (node->kind == PSP_NODE_SCALAR
		   && psp_number_read(text, PSP_STYLE_POINT, &number)
		   && number > 0 && number % PSP_NUMBER_SCALE == 0) {
		quota->count = (size_t)(number / PSP_NUMBER_SCALE);
		return true;
	}
	return psp_node_problem(node, problems,
	    "expected a share above 0%% up to 100%%, or a number of records, "
	    "such as top: 10%% or top: 50");
}

bool
psp_quota_scores_put(
    struct psp_quota_scores *scores, int64_t score, struct psp_error *err)
{
	int64_t *items = psp_array_reserve(scores->items, &scores->capacity,
	    scores->n + 1, sizeof(*items), err);

	if (items == NULL)
		return false;
	scores->items = items;
	items[scores->n++] = score;
	return true;
}

bool
psp_quota_scores_merge(struct psp_quota_scores *into,
    const struct psp_quota_scores *next, struct psp_error *err)
{
	int64_t *items = psp_array_reserve(into->items, &into->capacity,
	    into->n + next->n + 1, sizeof(*items), err);

	if (items == NULL)
		return false;
	into->items = items;
	if (next->n > 0)
		memcpy(items + into->n, next->items, next->n * sizeof(*items));
	into->n += next->n;
	return true;
}

void
psp_quota_scores_clear(struct psp_quota_scores *scores)
{
	free(scores->items);
	memset(scores, 0, sizeof(*scores));
}

static int
highest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x < y) - (x > y);
}

/* How many of `n` records a quota is, the last one's equals not counted. */
static size_t
size_of(const struct psp_quota *quota, size_t n)
{
	size_t share = (size_t)quota->share, rest = n % WHOLE * share;

	if (share == 0)
		return quota->count < n ? quota->count : n;
	return n / WHOLE * share + (rest + WHOLE - 1) / WHOLE;
}

void
psp_quotas_settle(struct psp_quota_scores *scores,
    const struct psp_model *model, int64_t *floors)
{
	if (scores->n > 1)
		qsort(scores->items, scores->n, sizeof(*scores->items),
		    highest_first);
	for (size_t i = 0; i < model->n_classes; i++) {
		const struct psp_class *class = &model->classes[i];

		floors[i] = INT64_MIN;
		if (class->has_quota && scores->n > 0)
			floors[i] =
			    scores
				->items[size_of(&class->quota, scores->n) - 1];
	}
}

size_t
psp_quotas_class(const struct psp_model *model, const int64_t *floors,
    int64_t score, const bool *may_be, size_t class_index)
{
	for (size_t i = 0; i < model->n_classes && i < class_index; i++)
		if (may_be[i] && score >= floors[i])
			return i;
	return class_index;
}
