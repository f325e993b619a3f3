/* Messages to people; see the header. */
#include <config.h>

#include "cmd/cli/report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "libprospect/base/catalog.h"
#include "libprospect/base/descriptor.h"
#include "libprospect/base/text.h"

enum { N_SHOWN = 20 }; /* rejects, and repairs, one by one without -v */

/* Writes all of it to standard error; whom to tell if that fails? */
static void
write_line(const struct cli_report *report, const char *bytes, size_t size)
{
	if (report->progress != NULL)
		cli_progress_clear(report->progress);
	(void)!psp_descriptor_put(STDERR_FILENO, bytes, size);
}

/* For what could not be said, once: its own message needs no memory. */
static void
say_out_of_memory(struct cli_report *report)
{
	char line[64];
	int size = snprintf(
	    line, sizeof(line), _("%s: out of memory\n"), report->command);

	if (report->is_exhausted)
		return;
	report->is_exhausted = true;
	if (size > 0 && (size_t)size < sizeof(line))
		write_line(report, line, (size_t)size);
}

/*
 * The message with what stands between its first and its last quote left out:
 * a value may hold quotes itself. A message cut short may lack the last one.
 */
static bool
put_without_values(
    struct psp_buffer *line, struct psp_slice message, struct psp_error *err)
{
	const char *first, *last = NULL;
	bool is_cut =
	    message.size >= 3
	    && memcmp(message.bytes + message.size - 3, "...", 3) == 0;

	first = memchr(message.bytes, '\'', message.size);
	if (first == NULL)
		return psp_text_visible(line, message, err);
	for (const char *p = first + 1; p < message.bytes + message.size; p++)
		if (*p == '\'')
			last = p;
	if (!psp_text_visible(line,
		psp_slice(message.bytes, (size_t)(first - message.bytes)), err)
	    || !psp_buffer_append(line, "'...'", 5, err))
		return false;
	if (last == NULL || is_cut)
		return true;
	last++;
	return psp_text_visible(line,
	    psp_slice(last, message.size - (size_t)(last - message.bytes)),
	    err);
}

/* "prospect-filter: leads.csv:42:3: rejected: message" and a line end. */
static bool
put_message(struct psp_buffer *line, const struct cli_report *report,
    const struct psp_error *message, const char *done, bool hides_values,
    struct psp_error *err)
{
	struct psp_slice text = psp_slice_of(message->message);

	if (!psp_buffer_format(line, err, "%s: ", report->command))
		return false;
	if (message->file[0] != '\0'
	    && !psp_text_visible(line, psp_slice_of(message->file), err))
		return false;
	if (message->line > 0
	    && !psp_buffer_format(line, err, "%s%zu",
		message->file[0] != '\0' ? ":" : _("line "), message->line))
		return false;
	if (message->line > 0 && message->column > 0
	    && !psp_buffer_format(line, err, ":%zu", message->column))
		return false;
	if ((message->file[0] != '\0' || message->line > 0)
	    && !psp_buffer_append(line, ": ", 2, err))
		return false;
	if (done != NULL && !psp_buffer_format(line, err, _("%s: "), _(done)))
		return false;
	if (hides_values ? !put_without_values(line, text, err)
			 : !psp_text_visible(line, text, err))
		return false;
	return psp_buffer_put(line, '\n', err);
}

/* `done` is what became of the record that the message is about, or NULL. */
static void
print(struct cli_report *report, const struct psp_error *message,
    const char *done, bool hides_values)
{
	struct psp_buffer line;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(&line);
	if (put_message(&line, report, message, done, hides_values, &err))
		write_line(report, line.bytes, line.size);
	else
		say_out_of_memory(report);
	psp_buffer_clear(&line);
}

void
cli_report_init(struct cli_report *report, const char *command)
{
	memset(report, 0, sizeof(*report));
	report->command = command;
}

/* Whether a message may quote cells: those about settings quote settings. */
static bool
is_about_data(const struct psp_error *err)
{
	return err->status == PSP_ESYNTAX || err->status == PSP_ELIMIT;
}

void
cli_report_error(struct cli_report *report, const struct psp_error *err)
{
	if (err->status == PSP_ENOMEM)
		say_out_of_memory(report);
	else if (err->status != PSP_OK)
		print(report, err, NULL,
		    report->hides_values && is_about_data(err));
}

void
cli_report_problems(struct cli_report *report, struct psp_problems *problems)
{
	psp_problems_sort(problems);
	for (size_t i = 0; i < problems->n; i++)
		cli_report_error(report, &problems->items[i]);
	if (problems->out_of_memory)
		say_out_of_memory(report);
}

static const char other_reasons[] = N_("other reasons");

/* Counts a note; kinds are constant texts, but not all from one file. */
static void
count(struct cli_tallies *tallies, const char *kind)
{
	size_t i = 0;

	if (kind == NULL)
		kind = other_reasons;
	while (
	    i < tallies->n_kinds && strcmp(tallies->kinds[i].kind, kind) != 0)
		i++;
	if (i == CLI_MAX_KINDS) {
		i--;
		tallies->kinds[i].kind = other_reasons;
	} else if (i == tallies->n_kinds) {
		tallies->kinds[i].kind = kind;
		tallies->n_kinds++;
	}
	tallies->kinds[i].n++;
	tallies->n++;
}

void
cli_report_note(void *user, enum psp_note_level level, const char *kind,
    const struct psp_error *note)
{
	struct cli_report *report = user;
	const char *done = NULL;
	bool is_shown = false;

	switch (level) {
	case PSP_NOTE_DETAIL:
		is_shown = report->verbose;
		break;
	case PSP_NOTE_WARNING:
		is_shown = !report->quiet;
		break;
	case PSP_NOTE_REPAIR:
		count(&report->repairs, kind);
		done = N_("repaired");
		is_shown = report->verbose
		           || (!report->quiet && report->repairs.n <= N_SHOWN);
		break;
	case PSP_NOTE_REJECT:
		count(&report->rejects, kind);
		done = N_("rejected");
		is_shown = report->verbose
		           || (!report->quiet && report->rejects.n <= N_SHOWN);
		break;
	}
	if (is_shown)
		print(report, note, done, report->hides_values);
}

static void
print_line(struct cli_report *report, struct psp_buffer *text, bool whole)
{
	struct psp_buffer line;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(&line);
	if (whole && psp_buffer_format(&line, &err, "%s: ", report->command)
	    && psp_buffer_slice(&line, psp_buffer_content(text), &err)
	    && psp_buffer_put(&line, '\n', &err))
		write_line(report, line.bytes, line.size);
	else
		say_out_of_memory(report);
	psp_buffer_clear(&line);
}

/* "rejected 24 records: wrong number of fields 20, unclosed quote 4". */
static void
print_totals(struct cli_report *report, const struct cli_tallies *tallies)
{
	struct psp_buffer text;
	struct psp_error err;
	bool whole;

	psp_error_init(&err);
	psp_buffer_init(&text);
	if (tallies == &report->repairs)
		whole = psp_buffer_format(&text, &err,
		    psp_message_plural("repaired %zu record",
			"repaired %zu records", tallies->n),
		    tallies->n);
	else
		whole = psp_buffer_format(&text, &err,
		    psp_message_plural("rejected %zu record",
			"rejected %zu records", tallies->n),
		    tallies->n);
	for (size_t i = 0; whole && i < tallies->n_kinds; i++)
		whole = psp_buffer_format(&text, &err, "%s%s %zu",
		    i == 0 ? _(": ") : ", ", _(tallies->kinds[i].kind),
		    tallies->kinds[i].n);
	print_line(report, &text, whole);
	psp_buffer_clear(&text);
}

static bool
put_count(
    struct psp_buffer *text, const char *name, size_t n, struct psp_error *err)
{
	return n == 0 || psp_buffer_format(text, err, "%s %zu", _(name), n);
}

static void
print_counts(struct cli_report *report, const struct cli_counts *counts)
{
	const struct psp_flow_counts *flow = &counts->flow;
	struct psp_buffer text;
	struct psp_error err;
	bool whole;

	psp_error_init(&err);
	psp_buffer_init(&text);
	whole =
	    psp_buffer_format(&text, &err,
		_("read %zu, written %zu, filtered out %zu, rejected %zu"),
		flow->n_read, flow->n_written, counts->n_filtered,
		flow->n_rejected)
	    && put_count(&text, N_(", repaired"), flow->n_repaired, &err)
	    && put_count(&text, N_(", blank lines"), flow->n_blank_lines, &err)
	    && put_count(&text, N_(", converted"), flow->n_converted, &err)
	    && put_count(&text, N_(", suppressed"), counts->n_suppressed, &err)
	    && put_count(
		&text, N_(", undisclosed"), counts->n_undisclosed, &err);
	print_line(report, &text, whole);
	psp_buffer_clear(&text);
}

/* Whether some notes of a level were counted only. */
static bool
some_are_hidden(
    const struct cli_report *report, const struct cli_tallies *tallies)
{
	return !report->verbose && tallies->n > (report->quiet ? 0 : N_SHOWN);
}

void
cli_report_end(struct cli_report *report, const struct cli_counts *counts)
{
	if (!report->quiet && some_are_hidden(report, &report->repairs))
		print_totals(report, &report->repairs);
	/* With -q too, unless --rejects took them: they make the status 3. */
	if (some_are_hidden(report, &report->rejects)
	    && !(report->quiet && counts->flow.rejects_taken))
		print_totals(report, &report->rejects);
	if (report->verbose && counts->is_known)
		print_counts(report, counts);
}

int
cli_exit_status(enum psp_status status)
{
	switch (status) {
	case PSP_OK:
		return 0;
	case PSP_EUSAGE:
	case PSP_ESETTINGS:
		return 2;
	case PSP_ESYNTAX:
	case PSP_ELIMIT:
		return 3;
	case PSP_EIO:
	case PSP_ENOMEM:
		break;
	}
	return 4;
}
