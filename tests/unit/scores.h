/*
 * What tests of scoring share: settings, companies and signals as texts, and
 * what prospect-score would write for them. Today is 2026-11-23.
 */
#ifndef TESTS_UNIT_SCORES_H
#define TESTS_UNIT_SCORES_H

#include <stdlib.h>
#include <unistd.h>

#include "libprospect/base/calendar.h"
#include "libprospect/scoring/scorer.h"

struct scores {
	struct psp_error err;
	struct psp_problems problems;
	struct psp_settings settings;
	char companies[64], signals[64]; /* paths; "" without */
	char *text;                      /* what was written */
};

/* Writes `text` to a file of its own. */
static inline void
scores_write(char path[64], const char *text)
{
	size_t size = strlen(text);
	int fd;

	snprintf(path, 64, "/tmp/prospect-unit-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_true(write(fd, text, size) == (ssize_t)size);
	assert_int_equal(close(fd), 0);
}

/* `csv` and `signals` may be NULL. */
static inline void
scores_init(
    struct scores *s, const char *yaml, const char *csv, const char *signals)
{
	memset(s, 0, sizeof(*s));
	psp_error_init(&s->err);
	psp_problems_init(&s->problems);
	psp_settings_init(&s->settings);
	assert_true(psp_settings_parse(
	    &s->settings, psp_slice_of(yaml), "s.yaml", &s->problems, &s->err));
	if (csv != NULL)
		scores_write(s->companies, csv);
	if (signals != NULL)
		scores_write(s->signals, signals);
}

static inline void
scores_clear(struct scores *s)
{
	free(s->text);
	psp_settings_clear(&s->settings);
	psp_problems_clear(&s->problems);
	if (s->companies[0] != '\0')
		unlink(s->companies);
	if (s->signals[0] != '\0')
		unlink(s->signals);
}

static inline struct psp_scorer_options
scores_options(void)
{
	struct psp_scorer_options options = {
		.ranking = { PSP_RANKING_INPUT_ORDER, SIZE_MAX, SIZE_MAX,
		    "/tmp" }
	};

	return options;
}

/* Gives back all that was written, with a NUL after it. */
static inline char *
scores_text(FILE *file)
{
	long end = lseek(fileno(file), 0, SEEK_END);
	char *text = calloc(1, (size_t)end + 1);

	assert_non_null(text);
	assert_int_equal(pread(fileno(file), text, (size_t)end, 0), end);
	return text;
}

/* What a run holds. */
struct scores_run {
	struct psp_schema *schema;
	struct psp_models *models;
	struct psp_flow *flow;
	struct psp_signals *signals;
	struct psp_scorer *scorer;
	struct psp_layout layout;
	struct psp_writer *writer;
};

static inline bool
scores_open(struct scores *s, const struct psp_scorer_options *options, int fd,
    struct scores_run *r)
{
	const char *path = s->companies;
	struct psp_flow_options flow;
	struct psp_writer_options form = { .separator = ',' };
	struct psp_slices header = { NULL, 0 };
	int32_t today = psp_days_from_civil(2026, 11, 23);

	psp_flow_options_init(&flow);
	r->schema = psp_schema_new(&s->err);
	if (r->schema == NULL)
		return false;
	r->models = psp_models_new(
	    s->settings.root, r->schema, today, &s->problems, &s->err);
	if (r->models == NULL)
		return false;
	r->flow = psp_flow_open(&path, 1, &flow, &s->err);
	if (r->flow == NULL)
		return false;
	if (s->signals[0] != '\0') {
		r->signals =
		    psp_signals_open(s->signals, &r->models->terms.codes,
			r->models->terms.key, today, &flow.reader, &s->err);
		if (r->signals == NULL)
			return false;
	}
	r->scorer = psp_scorer_new(r->models,
	    psp_reader_header(psp_flow_first(r->flow)), r->signals, options,
	    &s->problems, &s->err);
	if (r->scorer == NULL)
		return false;
	if (!options->explains)
		header = psp_reader_header(psp_flow_first(r->flow));
	if (!psp_layout_init(&r->layout, header, psp_scorer_cells(r->scorer),
		&options->notes, &s->err))
		return false;
	r->writer = psp_writer_open(
	    fd, "a file", &psp_format_csv, &form, &r->layout, &s->err);
	return r->writer != NULL;
}

static inline void
scores_close(struct scores_run *r)
{
	psp_writer_close(r->writer);
	psp_layout_clear(&r->layout);
	psp_scorer_free(r->scorer);
	psp_signals_close(r->signals);
	psp_flow_close(r->flow);
	psp_models_free(r->models);
	psp_schema_free(r->schema);
}

/* Runs the scorer into `fd`; false with problems or an error. */
static inline bool
scores_run_into(
    struct scores *s, const struct psp_scorer_options *options, int fd)
{
	struct scores_run r;
	bool is_done;

	memset(&r, 0, sizeof(r));
	is_done = scores_open(s, options, fd, &r)
	          && psp_writer_begin(r.writer, &s->err)
	          && psp_flow_run(
		      r.flow, &psp_scorer_steps, r.scorer, r.writer, &s->err)
	          && psp_writer_finish(r.writer, &s->err);
	scores_close(&r);
	return is_done;
}

/* Runs it, and gives what is written until the next run. Fails the test where
 * it fails. */
static inline const char *
scores_of(struct scores *s, const struct psp_scorer_options *options)
{
	FILE *file = tmpfile();

	assert_non_null(file);
	free(s->text);
	s->text = NULL;
	if (!scores_run_into(s, options, fileno(file)))
		fail_msg("%s%s", s->err.message,
		    s->problems.n > 0 ? s->problems.items[0].message : "");
	s->text = scores_text(file);
	fclose(file);
	return s->text;
}

#endif
