/* Leads and projects; see the header. */
#include <config.h>

#include "libprospect/deals/dota.h"

static enum psp_qualification
said_of(const struct psp_book *book, const struct psp_deal *deal)
{
	enum psp_qualification said =
	    (enum psp_qualification)deal->qualification;
	const struct psp_stage *stage;

	if (said != PSP_QUALIFICATION_NONE
	    || deal->stage >= book->handbook->n_stages)
		return said;
	stage = &book->handbook->stages[deal->stage];
	if (stage->qualification != PSP_QUALIFICATION_NONE)
		return stage->qualification;
	if (psp_qualification_read(stage->name, &said)
	    || psp_qualification_read(stage->label, &said))
		return said;
	return PSP_QUALIFICATION_NONE;
}

struct psp_dota
psp_deal_dota(const struct psp_book *book, const struct psp_deal *deal)
{
	static const struct {
		enum psp_fact fact;
		char letter;
	} parts[] = { { PSP_FACT_DECISION_MAKER, 'D' },
		{ PSP_FACT_OBJECT, 'O' }, { PSP_FACT_TIME, 'T' },
		{ PSP_FACT_AMOUNT, 'A' } };
	const struct psp_handbook *handbook = book->handbook;
	struct psp_dota dota = { .said = said_of(book, deal) };

	for (size_t i = 0; i < 4; i++)
		dota.letters[i] =
		    psp_deal_has(deal, parts[i].fact) ? parts[i].letter : '-';
	dota.missing = handbook->project_requires & ~deal->filled;
	dota.has_role = handbook->project_roles == 0
	                || (handbook->project_roles >> deal->role & 1) != 0;
	dota.is = dota.missing == 0 && dota.has_role ? PSP_QUALIFICATION_PROJECT
	                                             : PSP_QUALIFICATION_LEAD;
	return dota;
}

bool
psp_facts_put(uint32_t facts, struct psp_buffer *out, struct psp_error *err)
{
	bool is_first = true;

	for (int i = 0; i < PSP_N_FACTS; i++) {
		if ((facts >> i & 1) == 0)
			continue;
		if ((!is_first && !psp_buffer_append(out, ", ", 2, err))
		    || !psp_buffer_slice(out,
			psp_slice_of(psp_fact_name((enum psp_fact)i)), err))
			return false;
		is_first = false;
	}
	return true;
}
