/* The criteria of a stage one by one; see the header. */
#include <config.h>

#include "libprospect/deals/criteria.h"

/* Whether what stands under `when:` is a list, not one condition. */
static bool
is_list(const struct psp_condition *when)
{
	return when->kind == PSP_CONDITION_ALL && when->label.size == 0;
}

size_t
psp_criteria_count(const struct psp_stage *stage)
{
	if (stage->when == NULL)
		return 0;
	if (!is_list(stage->when))
		return 1;
	return stage->when->n_children < PSP_MAX_CRITERIA
	           ? stage->when->n_children
	           : PSP_MAX_CRITERIA;
}

const struct psp_condition *
psp_criteria_get(const struct psp_stage *stage, size_t index)
{
	const struct psp_condition *criterion = stage->when;

	if (!is_list(criterion))
		return criterion;
	criterion = criterion->first;
	while (index-- > 0)
		criterion = criterion->next;
	return criterion;
}

bool
psp_criteria_put(const struct psp_stage *stage, uint32_t set,
    struct psp_buffer *out, struct psp_error *err)
{
	size_t n = psp_criteria_count(stage);
	bool is_first = true;

	for (size_t i = 0; i < n; i++) {
		if ((set >> i & 1) == 0)
			continue;
		if ((!is_first && !psp_buffer_append(out, ", ", 2, err))
		    || !psp_condition_describe(
			psp_criteria_get(stage, i), out, err))
			return false;
		is_first = false;
	}
	return true;
}
