/* Conversions out of a funnel; see the header. */
#include <config.h>

#include "libprospect/calls/conversions.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libprospect/base/text.h"
#include "libprospect/base/word.h"
#include "libprospect/calls/symbols.h"
#include "libprospect/settings/settings.h"

enum { MOST_DEALS = 1000000000, START_SIZE = 64 };

static const char stage_name[] = "stage", entered_name[] = "entered";

/* A funnel being read. */
struct funnel {
	const char *path;
	struct psp_symbols stages; /* the first is none */
	size_t *entered;           /* by stage */
	size_t capacity;
	size_t n_rejected; /* records */
	struct psp_error *err;
};

/* Adds a row, which stands on line `line` (0: not known). */
static bool
add_row(struct funnel *funnel, struct psp_slice stage, struct psp_slice entered,
    size_t line)
{
	size_t before = funnel->capacity;
	size_t *grown;
	uint32_t number;
	int64_t n;

	entered = psp_text_trim(entered);
	if (!psp_digits_read(entered, &n) || n > MOST_DEALS)
		return psp_error_set(funnel->err, PSP_EUSAGE, funnel->path,
		    line, 0,
		    "a number of deals expected under 'entered', found '%.*s'",
		    PSP_SLICE_ARGS(entered));
	if (!psp_symbols_put(&funnel->stages, psp_text_trim(stage), &number,
		funnel->err))
		return false;
	grown = psp_array_reserve(funnel->entered, &funnel->capacity,
	    funnel->stages.n, sizeof(*grown), funnel->err);
	if (grown == NULL)
		return false;
	funnel->entered = grown;
	for (size_t i = before; i < funnel->capacity; i++)
		grown[i] = 0;
	grown[number] += (size_t)n;
	return true;
}

static bool
refuse_columns(struct funnel *funnel)
{
	return psp_error_set(funnel->err, PSP_EUSAGE, funnel->path, 0, 0,
	    "no funnel: expected the columns stage and entered, as "
	    "'prospect-pipeline funnel' writes them in CSV or JSON");
}

static bool
read_csv(struct funnel *funnel, const struct psp_reader_options *options)
{
	struct psp_reader *reader =
	    psp_reader_open(funnel->path, options, funnel->err);
	size_t stage = SIZE_MAX, entered = SIZE_MAX;
	struct psp_record *record;
	struct psp_slices header;
	int found = -1;

	if (reader == NULL)
		return false;
	header = psp_reader_header(reader);
	for (size_t i = 0; i < header.n; i++) {
		if (psp_slice_is(header.items[i], stage_name))
			stage = i;
		else if (psp_slice_is(header.items[i], entered_name))
			entered = i;
	}
	if (stage == SIZE_MAX || entered == SIZE_MAX) {
		refuse_columns(funnel);
		goto done;
	}
	while ((found = psp_reader_next(reader, &record, funnel->err)) > 0)
		if (!add_row(funnel, psp_record_text(record, stage),
			psp_record_text(record, entered),
			psp_record_line(record))) {
			found = -1;
			break;
		}
	funnel->n_rejected = psp_reader_n_rejected(reader);
done:
	psp_reader_close(reader);
	return found == 0;
}

/* JSON is YAML, which settings are read from. */
static bool
read_json(struct funnel *funnel)
{
	const struct psp_node *rows = NULL, *stage, *entered;
	struct psp_settings json;
	struct psp_problems problems;
	bool is_done;

	psp_settings_init(&json);
	psp_problems_init(&problems);
	is_done =
	    psp_settings_load(&json, funnel->path, &problems, funnel->err);
	if (!is_done && funnel->err->status == PSP_OK && problems.n > 0)
		psp_error_set(funnel->err, PSP_EUSAGE, funnel->path,
		    problems.items[0].line, problems.items[0].column, "%s",
		    problems.items[0].message);
	if (is_done)
		rows = psp_node_get(json.root, "rows");
	if (is_done && (rows == NULL || rows->kind != PSP_NODE_LIST))
		is_done = refuse_columns(funnel);
	for (rows = is_done ? rows->first : NULL; is_done && rows != NULL;
	     rows = rows->next) {
		stage = psp_node_get(rows, stage_name);
		entered = psp_node_get(rows, entered_name);
		is_done =
		    stage == NULL || entered == NULL
		        ? refuse_columns(funnel)
		        : add_row(
			      funnel, stage->text, entered->text, rows->line);
	}
	psp_problems_clear(&problems);
	psp_settings_clear(&json);
	return is_done;
}

/* Whether a file, which can be read twice, begins as JSON does. */
static bool
find_form(const struct funnel *funnel, bool *is_json)
{
	char start[START_SIZE];
	struct stat status;
	ssize_t n;
	int fd;

	*is_json = false;
	if (strcmp(funnel->path, "-") == 0 || stat(funnel->path, &status) != 0
	    || !S_ISREG(status.st_mode))
		return true;
	fd = open(funnel->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return psp_error_system(
		    funnel->err, funnel->path, "open", errno);
	n = read(fd, start, sizeof(start));
	if (n < 0)
		psp_error_system(funnel->err, funnel->path, "read", errno);
	close(fd);
	for (ssize_t i = 0; i < n && !*is_json; i++) {
		if (strchr(" \t\r\n", start[i]) == NULL && start[i] != '{')
			break;
		*is_json = start[i] == '{';
	}
	return n >= 0;
}

/* Says that a stage is not there, and which are. */
static bool
refuse_stage(const struct funnel *funnel, struct psp_slice stage)
{
	struct psp_buffer known;
	bool is_done = true;

	psp_buffer_init(&known);
	for (size_t i = 1; is_done && i < funnel->stages.n; i++)
		is_done = psp_buffer_format(&known, funnel->err, "%s%.*s",
		    i > 1 ? ", " : "", PSP_SLICE_ARGS(funnel->stages.texts[i]));
	if (is_done)
		psp_error_set(funnel->err, PSP_EUSAGE, funnel->path, 0, 0,
		    "no stage '%.*s' in this funnel, which has: %.*s; say in "
		    "the settings which are meant: effort: {appointment: "
		    "STAGE, quote: STAGE, signature: STAGE}",
		    PSP_SLICE_ARGS(stage),
		    PSP_SLICE_ARGS(psp_buffer_content(&known)));
	psp_buffer_clear(&known);
	return false;
}

static bool
find_entered(
    const struct funnel *funnel, struct psp_slice stage, size_t *entered)
{
	for (size_t i = 1; i < funnel->stages.n; i++)
		if (psp_slice_equal(funnel->stages.texts[i], stage)) {
			*entered = funnel->entered[i];
			return true;
		}
	return refuse_stage(funnel, stage);
}

/* How many of those that entered one stage entered the next. */
static bool
find_step(const struct funnel *funnel, struct psp_slice from,
    struct psp_slice to, struct psp_step *step)
{
	if (!find_entered(funnel, from, &step->n)
	    || !find_entered(funnel, to, &step->n_yes))
		return false;
	if (step->n == 0)
		return psp_error_set(funnel->err, PSP_EUSAGE, funnel->path, 0,
		    0,
		    "no deal has entered '%.*s': how many go on from there is "
		    "not known yet",
		    PSP_SLICE_ARGS(from));
	return step->n_yes <= step->n
	       || psp_error_set(funnel->err, PSP_EUSAGE, funnel->path, 0, 0,
		   "%zu deals entered '%.*s', but only %zu '%.*s' before it: "
		   "expected the funnel of --mode ordered",
		   step->n_yes, PSP_SLICE_ARGS(to), step->n,
		   PSP_SLICE_ARGS(from));
}

bool
psp_conversions_read(const char *path, const struct psp_goal_stages *stages,
    const struct psp_reader_options *options, struct psp_step *quotes,
    struct psp_step *signatures, size_t *n_rejected, struct psp_error *err)
{
	struct funnel funnel = { .path = path, .err = err };
	bool is_json;
	bool is_done = psp_symbols_init(&funnel.stages, err)
	               && find_form(&funnel, &is_json)
	               && (is_json ? read_json(&funnel)
				   : read_csv(&funnel, options))
	               && find_step(
			   &funnel, stages->appointment, stages->quote, quotes)
	               && find_step(&funnel, stages->quote, stages->signature,
			   signatures);

	*n_rejected = funnel.n_rejected;
	psp_symbols_clear(&funnel.stages);
	free(funnel.entered);
	return is_done;
}
