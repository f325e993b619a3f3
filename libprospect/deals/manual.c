/*
 * The page of the staff handbook, from the stage file: what each stage means,
 * what it asks for, where a deal goes from there. See pages.h.
 */
#include <config.h>

#include "libprospect/base/catalog.h"
#include "libprospect/deals/dota.h"
#include "libprospect/deals/pages.h"

/* A page being written. */
struct paging {
	const struct psp_handbook *handbook;
	struct psp_buffer *page;
	struct psp_error *err;
};

/* A text with the signs that Markdown would read escaped. */
static bool
put_text(const struct paging *p, struct psp_slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		char byte = text.bytes[i];

		if (strchr("\\`*_[]<>#|", byte) != NULL && byte != '\0'
		    && !psp_buffer_put(p->page, '\\', p->err))
			return false;
		if (!psp_buffer_put(p->page, byte == '\n' ? ' ' : byte, p->err))
			return false;
	}
	return true;
}

static bool
put_duration(const struct paging *p, const struct psp_duration *duration)
{
	size_t n =
	    (size_t)(duration->months > 0 ? duration->months : duration->days);

	return psp_buffer_format(p->page, p->err,
	    duration->months > 0
		? psp_message_plural("%zu month", "%zu months", n)
		: psp_message_plural("%zu day", "%zu days", n),
	    n);
}

/* "- Probability: 60 %" */
static bool
put_share(const struct paging *p, const char *name, int64_t millionths)
{
	char digits[32];
	size_t size =
	    psp_decimal_format(millionths, PSP_NUMBER_SCALE / 100, digits);

	return psp_buffer_format(
	    p->page, p->err, "- %s: %.*s %%\n", name, (int)size, digits);
}

/* The criteria as the stage file writes them. */
static bool
put_criteria(const struct paging *p, const struct psp_stage *stage)
{
	if (stage->when == NULL)
		return true;
	return psp_buffer_format(p->page, p->err, _("- Criteria:\n\n```yaml\n"))
	       && psp_settings_print(stage->criteria, p->page, p->err)
	       && psp_buffer_format(p->page, p->err, "```\n\n");
}

static bool
put_next(const struct paging *p, const struct psp_stage *stage)
{
	bool is_first = true;

	if (stage->is_won || stage->is_lost)
		return psp_buffer_format(p->page, p->err,
		    _("- The deal is %s.\n"),
		    stage->is_won ? _("won") : _("lost"));
	if (!stage->has_to)
		return psp_buffer_format(
		    p->page, p->err, _("- From here to: any stage\n"));
	if (!psp_buffer_format(p->page, p->err, _("- From here to: ")))
		return false;
	for (size_t i = 0; i < p->handbook->n_stages; i++) {
		if ((stage->to >> i & 1) == 0)
			continue;
		if (!psp_buffer_format(
			p->page, p->err, "%s", is_first ? "" : ", ")
		    || !put_text(p, p->handbook->stages[i].label))
			return false;
		is_first = false;
	}
	return psp_buffer_put(p->page, '\n', p->err);
}

/* How long a deal may stay, and how often it should be touched. */
static bool
put_limits(const struct paging *p, const struct psp_stage *stage)
{
	if (stage->has_max_age
	    && (!psp_buffer_format(p->page, p->err, _("- Stays at most: "))
		|| !put_duration(p, &stage->max_age)
		|| !psp_buffer_put(p->page, '\n', p->err)))
		return false;
	if (stage->never_stale) {
		if (!psp_buffer_format(
			p->page, p->err, _("- May rest untouched\n")))
			return false;
	} else if (stage->has_idle
		   && (!psp_buffer_format(
			   p->page, p->err, _("- Untouched at most: "))
		       || !put_duration(p, &stage->idle)
		       || !psp_buffer_put(p->page, '\n', p->err)))
		return false;
	if (!stage->touches.is_there)
		return true;
	return psp_buffer_format(p->page, p->err, _("- Touches: from %lld"),
		   (long long)stage->touches.min)
	       && (stage->touches.max == INT64_MAX
		   || psp_buffer_format(p->page, p->err, _(" to %lld"),
		       (long long)stage->touches.max))
	       && psp_buffer_format(p->page, p->err, _(" in "))
	       && put_duration(p, &stage->touches.per)
	       && psp_buffer_put(p->page, '\n', p->err);
}

static bool
put_reasons(const struct paging *p, const struct psp_stage *stage)
{
	if (stage->n_reasons == 0)
		return true;
	if (!psp_buffer_format(p->page, p->err, _("- Reasons: ")))
		return false;
	for (size_t i = 0; i < stage->n_reasons; i++)
		if ((i > 0 && !psp_buffer_append(p->page, ", ", 2, p->err))
		    || !put_text(p, stage->reasons[i]))
			return false;
	return psp_buffer_put(p->page, '\n', p->err);
}

static bool
put_stage(const struct paging *p, const struct psp_stage *stage)
{
	if (!psp_buffer_format(p->page, p->err, "\n### ")
	    || !put_text(p, stage->label)
	    || !psp_buffer_append(p->page, "\n\n", 2, p->err))
		return false;
	if (stage->meaning.size > 0
	    && (!put_text(p, stage->meaning)
		|| !psp_buffer_append(p->page, "\n\n", 2, p->err)))
		return false;
	if (stage->requires != 0
	    && (!psp_buffer_format(p->page, p->err, _("- Must be known: "))
		|| !psp_facts_put(stage->requires, p->page, p->err)
		|| !psp_buffer_put(p->page, '\n', p->err)))
		return false;
	return put_criteria(p, stage) && put_next(p, stage)
	       && (!stage->has_probability || stage->is_won || stage->is_lost
		   || put_share(p, _("Probability"), stage->probability))
	       && put_limits(p, stage) && put_reasons(p, stage);
}

/* The stages of one track, SIZE_MAX those of none. */
static bool
put_track(const struct paging *p, size_t track)
{
	bool has_title = false;

	for (size_t i = 0; i < p->handbook->n_stages; i++) {
		const struct psp_stage *stage = &p->handbook->stages[i];

		if (stage->track != track)
			continue;
		if (!has_title
		    && (!psp_buffer_format(p->page, p->err, "\n## ")
			|| !put_text(p, track < p->handbook->n_tracks
					    ? p->handbook->tracks[track]
					    : psp_slice_of(_("Stages")))
			|| !psp_buffer_put(p->page, '\n', p->err)))
			return false;
		has_title = true;
		if (!put_stage(p, stage))
			return false;
	}
	return true;
}

/* What makes a project of a lead. */
static bool
put_qualification(const struct paging *p)
{
	uint32_t roles = p->handbook->project_roles;
	bool is_first = true;

	if (!psp_buffer_format(p->page, p->err,
		_("\n## Lead or project\n\nA project is known by: "))
	    || !psp_facts_put(p->handbook->project_requires, p->page, p->err)
	    || !psp_buffer_format(
		p->page, p->err, _(". All else is a lead.\n")))
		return false;
	if (roles == 0)
		return true;
	if (!psp_buffer_format(p->page, p->err, _("It was told by: ")))
		return false;
	for (int i = 0; i < PSP_N_ROLES; i++) {
		if ((roles >> i & 1) == 0)
			continue;
		if (!psp_buffer_format(p->page, p->err, "%s%s",
			is_first ? "" : ", ", psp_role_name((enum psp_role)i)))
			return false;
		is_first = false;
	}
	return psp_buffer_format(p->page, p->err, ".\n");
}

static bool
put_alerts(const struct paging *p)
{
	bool is_first = true;

	for (int i = 0; i < PSP_N_ALERTS; i++) {
		const struct psp_alert_rule *rule = &p->handbook->alerts[i];

		if (!rule->is_on)
			continue;
		if (is_first
		    && !psp_buffer_format(
			p->page, p->err, _("\n## Alerts\n\n")))
			return false;
		is_first = false;
		if (rule->share > 0
			? !put_share(p, psp_alert_name((enum psp_alert_kind)i),
			    rule->share)
			: !psp_buffer_format(p->page, p->err, "- %s\n",
			    psp_alert_name((enum psp_alert_kind)i)))
			return false;
	}
	return true;
}

bool
psp_manual_put(const struct psp_handbook *handbook, struct psp_buffer *page,
    struct psp_error *err)
{
	struct paging p = { handbook, page, err };

	if (!psp_buffer_format(page, err, _("# Sales handbook\n")))
		return false;
	for (size_t i = 0; i < handbook->n_tracks; i++)
		if (!put_track(&p, i))
			return false;
	return put_track(&p, SIZE_MAX) && put_qualification(&p)
	       && put_alerts(&p);
}
