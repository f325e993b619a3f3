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

/* Whether a plan before number `i` tells the same of a field as that one. */
static bool
is_told(const struct psp_asked *asked, size_t i, const struct psp_tally *tally,
    struct psp_slice name)
{
	for (size_t j = 0; j < i; j++)
		for (size_t k = 0; k < psp_plan_n_fields(asked[j].plan); k++) {
			const struct psp_tally *other =
			    psp_evaluation_tally(asked[j].evaluation, k);

			if (other->n_unread == tally->n_unread
			    && other->n_limits == tally->n_limits
			    && other->record_number == tally->record_number
			    && psp_slice_equal(
				psp_plan_field(asked[j].plan, k).name, name))
				return true;
		}
	return false;
}

static void
note_tally(const struct psp_field_info *field, const struct psp_tally *tally,
    const struct psp_notes *notes)
{
	if (tally->n_unread > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural(
			"%.*s: %zu value not understood as %s, first "
			"'%s' at %s:%zu%s",
			"%.*s: %zu values not understood as %s, first "
			"'%s' at %s:%zu%s",
			tally->n_unread),
		    PSP_SLICE_ARGS(field->name), tally->n_unread,
		    psp_type_name(field->type), tally->text, tally->file,
		    tally->line, advice(field->type, tally->text));
	if (tally->n_limits > 0)
		psp_note(notes, PSP_NOTE_WARNING, NULL, NULL, 0, 0,
		    psp_message_plural(
			"%.*s: %zu match given up as too costly, first "
			"at %s:%zu; use a simpler pattern",
			"%.*s: %zu matches given up as too costly, "
			"first at %s:%zu; use a simpler pattern",
			tally->n_limits),
		    PSP_SLICE_ARGS(field->name), tally->n_limits, tally->file,
		    tally->line);
}

void
psp_tallies_note(
    const struct psp_asked *asked, size_t n, const struct psp_notes *notes)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < psp_plan_n_fields(asked[i].plan); k++) {
			const struct psp_tally *tally =
			    psp_evaluation_tally(asked[i].evaluation, k);
			struct psp_field_info field =
			    psp_plan_field(asked[i].plan, k);

			if (!is_told(asked, i, tally, field.name))
				note_tally(&field, tally, notes);
		}
}

/* The first cell that the plan did not understand, and its field. */
static const struct psp_tally *
find_first(const struct psp_asked *asked, struct psp_field_info *field)
{
	const struct psp_tally *first = NULL;

	for (size_t k = 0; k < psp_plan_n_fields(asked->plan); k++) {
		const struct psp_tally *tally =
		    psp_evaluation_tally(asked->evaluation, k);

		if (tally->n_unread > 0
		    && (first == NULL
			|| tally->record_number < first->record_number)) {
			first = tally;
			*field = psp_plan_field(asked->plan, k);
		}
	}
	return first;
}

bool
psp_tallies_check(
    const struct psp_asked *asked, size_t n, struct psp_error *err)
{
	const struct psp_tally *first = NULL;
	struct psp_field_info field, other;

	for (size_t i = 0; i < n; i++) {
		const struct psp_tally *tally = find_first(&asked[i], &other);

		if (tally == NULL
		    || (first != NULL
			&& first->record_number <= tally->record_number))
			continue;
		first = tally;
		field = other;
	}
	if (first == NULL)
		return true;
	return psp_error_set(err, PSP_ESYNTAX, first->file, first->line,
	    field.index != SIZE_MAX ? field.index + 1 : 0,
	    "%.*s: '%s' is not understood as %s (--strict)",
	    PSP_SLICE_ARGS(field.name), first->text, psp_type_name(field.type));
}
