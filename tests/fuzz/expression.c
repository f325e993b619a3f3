/*
 * Conditions in one line (-e), then a form feed and records of a fixed header.
 * What can be read must be read in parentheses and negated, and each record
 * must answer these as Kleene's logic has it.
 */
#include <config.h>

#include "tests/fuzz/file.h"

#include "libprospect/base/calendar.h"
#include "libprospect/stream/reader.h"
#include "libprospect/targeting/evaluation.h"
#include "libprospect/targeting/expression.h"

enum { MOST_RECORDS = 20 };

static const char header[] =
    "siren;denomination;departement;effectifs;chiffre_affaires;date_creation;"
    "naf;forme_juridique;email;tags;note libre\n";

/* The condition as it is put, and what is to be made of its truth. */
static const char *const forms[] = { "%.*s", "not (%.*s)", "not not (%.*s)",
	"(%.*s) and (%.*s)", "(%.*s) or not (%.*s)", "(%.*s) and not (%.*s)" };
enum { N_FORMS = sizeof(forms) / sizeof(forms[0]) };

static struct fuzz_file file;

static void
remove_file(void)
{
	fuzz_file_remove(&file);
}

static enum psp_truth
negated(enum psp_truth truth)
{
	return (enum psp_truth)(PSP_TRUE - truth);
}

static void
check_truths(const enum psp_truth truths[N_FORMS])
{
	enum psp_truth is = truths[0], is_not = negated(truths[0]);

	fuzz_must(truths[1] == is_not, "not x");
	fuzz_must(truths[2] == is, "not not x is x");
	fuzz_must(truths[3] == is, "x and x is x");
	fuzz_must(truths[4] == (is > is_not ? is : is_not), "x or not x");
	fuzz_must(truths[5] == (is < is_not ? is : is_not), "x and not x");
}

/* What reads and asks a condition in all its forms. */
struct asking {
	struct psp_error err;
	struct psp_problems problems;
	struct psp_arena arena;
	struct psp_signal_codes codes;
	struct psp_condition_rules rules;
	struct psp_condition *conditions[N_FORMS];
	const struct psp_test *tests[N_FORMS];
};

/* Reads the text in each of its forms; false when it is none. */
static bool
read_forms(struct asking *asking, struct psp_slice text)
{
	struct psp_buffer words;

	asking->conditions[0] = psp_expression_parse(
	    &asking->rules, text, &asking->problems, &asking->err);
	fuzz_must_tell(
	    asking->conditions[0] != NULL, &asking->problems, &asking->err);
	if (asking->conditions[0] == NULL)
		return false;
	psp_buffer_init(&words);
	fuzz_must(
	    psp_condition_describe(asking->conditions[0], &words, &asking->err),
	    "memory suffices");
	fuzz_must(words.size > 0, "a condition has words");
	psp_buffer_clear(&words);
	for (size_t i = 1; i < N_FORMS; i++) {
		struct psp_buffer form;
		const char *copy;

		psp_buffer_init(&form);
		for (const char *p = forms[i]; *p != '\0'; p++) {
			if (strncmp(p, "%.*s", 4) != 0) {
				fuzz_must(
				    psp_buffer_put(&form, *p, &asking->err),
				    "memory suffices");
				continue;
			}
			fuzz_must(psp_buffer_slice(&form, text, &asking->err),
			    "memory suffices");
			p += 3;
		}
		copy = psp_arena_copy(
		    &asking->arena, psp_buffer_content(&form), &asking->err);
		fuzz_must(copy != NULL, "memory suffices");
		asking->conditions[i] = psp_expression_parse(&asking->rules,
		    psp_slice(copy, form.size), &asking->problems,
		    &asking->err);
		psp_buffer_clear(&form);
		if (asking->conditions[i] != NULL)
			continue;
		/* A nest as deep as may be is too deep with one more. */
		fuzz_must(
		    asking->problems.n > 0
			&& strstr(asking->problems.items[0].message, "nest")
			       != NULL,
		    "what can be read can be read in parentheses");
		return false;
	}
	return true;
}

static void
ask_records(struct asking *asking, struct psp_reader *reader,
    const struct psp_plan *plan)
{
	struct psp_evaluation *evaluation =
	    psp_evaluation_new(plan, NULL, &asking->err);
	struct psp_record *record;
	enum psp_truth truths[N_FORMS];

	fuzz_must(evaluation != NULL, "memory suffices");
	for (int n = 0; n < MOST_RECORDS
			&& psp_reader_next(reader, &record, &asking->err) == 1;
	     n++) {
		psp_evaluation_seek(evaluation, record);
		for (size_t i = 0; i < N_FORMS; i++)
			fuzz_must(psp_evaluate(evaluation, asking->tests[i],
				      &truths[i], &asking->err),
			    "memory suffices");
		check_truths(truths);
	}
	psp_evaluation_free(evaluation);
}

/* Binds the forms to the header of the records and asks them. */
static void
ask(struct asking *asking)
{
	struct psp_reader_options options;
	struct psp_reader *reader;
	struct psp_plan *plan;
	size_t n_bound = 0;

	psp_reader_options_init(&options);
	options.dialect.separator = ';';
	options.dialect.quote = '"';
	options.dialect.encoding = PSP_ENCODING_MIXED;
	options.dialect.skip_lines_given = true;
	reader = psp_reader_open(file.path, &options, &asking->err);
	fuzz_must(reader != NULL, "the records open");
	plan = psp_plan_new(
	    &asking->rules, psp_reader_header(reader), "siren", &asking->err);
	fuzz_must(plan != NULL, "memory suffices");
	for (size_t i = 0; i < N_FORMS; i++) {
		asking->tests[i] = psp_plan_add(plan, asking->conditions[i],
		    &asking->problems, &asking->err);
		n_bound += asking->tests[i] != NULL;
	}
	fuzz_must(
	    n_bound == 0 || n_bound == N_FORMS, "all forms are bound, or none");
	fuzz_must_tell(n_bound > 0, &asking->problems, &asking->err);
	if (n_bound > 0) {
		fuzz_must(
		    psp_plan_finish(plan, &asking->err), "memory suffices");
		if (!psp_plan_uses_signals(plan))
			ask_records(asking, reader, plan);
	}
	psp_plan_free(plan);
	psp_reader_close(reader);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct psp_slice input = fuzz_bytes(data, size);
	struct psp_slice text = fuzz_take_part(&input);
	struct asking asking;

	if (file.fd == 0)
		atexit(remove_file);
	fuzz_file_write(&file, psp_slice_of(header));
	fuzz_file_put(&file, input);
	memset(&asking, 0, sizeof(asking));
	psp_error_init(&asking.err);
	psp_problems_init(&asking.problems);
	psp_arena_init(&asking.arena);
	psp_signal_codes_init(&asking.codes);
	asking.rules.arena = &asking.arena;
	asking.rules.codes = &asking.codes;
	asking.rules.today = psp_days_from_civil(2026, 11, 23);
	if (read_forms(&asking, text))
		ask(&asking);
	psp_problems_clear(&asking.problems);
	psp_arena_clear(&asking.arena);
	return 0;
}
