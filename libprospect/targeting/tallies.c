/* Words for cells that were not understood; see the header. */
#include <config.h>

#include "libprospect/targeting/tallies.h"

#include "libprospect/base/catalog.h"

/* What may mend it, for slips that have a name. */
static const char *
advice(enum psp_type type, const char *text)
{
	if (type == PSP_TYPE_HEADCOUNT && text[0] == '0')
		return _("; for a column of bands of INSEE say columns: "
			 "{tranche_effectifs: HEADER}");
	return "";
}

void
psp_tallies_note(const struct psp_plan *plan,
    const struct psp_evaluation *evaluation, const struct psp_notes *notes)
{
	for (size_t i = 0; i < psp_plan_n_fields(plan); i++) {
		const struct psp_tally *tally =
		    psp_evaluation_tally(evaluation, i);
		struct psp_field_info field = psp_plan_field(plan, i);

		if (tally->n_unread > 0)
			psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
			    psp_message_plural(
				"%.*s: %zu value not understood as %s, first "
				"'%s' at %s:%zu%s",
				"%.*s: %zu values not understood as %s, first "
				"'%s' at %s:%zu%s",
				tally->n_unread),
			    PSP_SLICE_ARGS(field.name), tally->n_unread,
			    psp_type_name(field.type), tally->text, tally->file,
			    tally->line, advice(field.type, tally->text));
		if (tally->n_limits > 0)
			psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
			    psp_message_plural(
				"%.*s: %zu match given up as too costly, first "
				"at %s:%zu; use a simpler pattern",
				"%.*s: %zu matches given up as too costly, "
				"first at %s:%zu; use a simpler pattern",
				tally->n_limits),
			    PSP_SLICE_ARGS(field.name), tally->n_limits,
			    tally->file, tally->line);
	}
}

bool
psp_tallies_check(const struct psp_plan *plan,
    const struct psp_evaluation *evaluation, struct psp_error *err)
{
	const struct psp_tally *first = NULL;
	struct psp_field_info field;

	for (size_t i = 0; i < psp_plan_n_fields(plan); i++) {
		const struct psp_tally *tally =
		    psp_evaluation_tally(evaluation, i);

		if (tally->n_unread > 0
		    && (first == NULL
			|| tally->record_number < first->record_number)) {
			first = tally;
			field = psp_plan_field(plan, i);
		}
	}
	if (first == NULL)
		return true;
	return psp_error_set(err, PSP_ESYNTAX, first->file, first->line,
	    field.index != SIZE_MAX ? field.index + 1 : 0,
	    "%.*s: '%s' is not understood as %s (--strict)",
	    PSP_SLICE_ARGS(field.name), first->text, psp_type_name(field.type));
}
