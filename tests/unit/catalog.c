/* base/catalog: messages in another language, from files whole and broken. */
#include <config.h>

#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "libprospect/base/buffer.h"
#include "libprospect/base/catalog.h"
#include "libprospect/base/error.h"

/* Originals in the order of their bytes, and what stands for them. */
static const struct {
	struct psp_slice original, translation;
} messages[] = {
	{ { "", 0 }, { "Language: fr\n", 13 } },
	{ { "%zu line\0%zu lines", 18 }, { "%zu ligne\0%zu lignes", 20 } },
	{ { "%zu of '%s'", 11 }, { "'%s' : %zu", 10 } },
	{ { "100 %% of %s", 12 }, { "la totalité (100 %%) de %s", 27 } },
	{ { "cannot read '%.*s'", 18 }, { "lecture impossible : '%.*s'", 27 } },
	{ { "row\0rows", 8 }, { "rangée", 7 } },
	{ { "the end", 7 }, { "la fin", 6 } },
};
enum { N_MESSAGES = sizeof(messages) / sizeof(messages[0]) };

static char path[64];

static void
put_number(struct psp_buffer *buffer, size_t number, struct psp_error *err)
{
	for (int shift = 0; shift < 32; shift += 8)
		assert_true(psp_buffer_put(
		    buffer, (char)(number >> shift & 0xFF), err));
}

/* Makes the bytes of a catalog as msgfmt does, without the hash table. */
static void
make_catalog(struct psp_buffer *buffer)
{
	size_t at = 28 + 16 * (size_t)N_MESSAGES;
	struct psp_error err;

	psp_error_init(&err);
	psp_buffer_init(buffer);
	put_number(buffer, 0x950412DE, &err);
	put_number(buffer, 0, &err);
	put_number(buffer, N_MESSAGES, &err);
	put_number(buffer, 28, &err);
	put_number(buffer, 28 + 8 * (size_t)N_MESSAGES, &err);
	put_number(buffer, 0, &err);
	put_number(buffer, 0, &err);
	for (size_t i = 0; i < N_MESSAGES; i++) {
		put_number(buffer, messages[i].original.size, &err);
		put_number(buffer, at, &err);
		at += messages[i].original.size + 1;
	}
	for (size_t i = 0; i < N_MESSAGES; i++) {
		put_number(buffer, messages[i].translation.size, &err);
		put_number(buffer, at, &err);
		at += messages[i].translation.size + 1;
	}
	for (size_t i = 0; i < N_MESSAGES; i++)
		assert_true(psp_buffer_slice(buffer, messages[i].original, &err)
			    && psp_buffer_put(buffer, '\0', &err));
	for (size_t i = 0; i < N_MESSAGES; i++)
		assert_true(
		    psp_buffer_slice(buffer, messages[i].translation, &err)
		    && psp_buffer_put(buffer, '\0', &err));
	assert_int_equal(buffer->size, at);
}

/* Writes the bytes to a file and uses it as a catalog. */
static bool
use(const char *bytes, size_t size, struct psp_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	bool is_used;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	close(fd);
	psp_error_init(err);
	is_used = psp_catalog_use(path, err);
	unlink(path);
	return is_used;
}

static void
messages_are_translated(void **state)
{
	struct psp_buffer bytes;
	struct psp_error err;

	(void)state;
	assert_string_equal(psp_message("the end"), "the end");
	make_catalog(&bytes);
	assert_true(use(bytes.bytes, bytes.size, &err));
	assert_string_equal(psp_message("the end"), "la fin");
	assert_string_equal(
	    psp_message("100 %% of %s"), messages[3].translation.bytes);
	assert_string_equal(psp_message("nothing like it"), "nothing like it");
	assert_string_equal(psp_message("a"), "a");
	assert_string_equal(psp_message("z"), "z");
	assert_string_equal(psp_message(""), "");
	psp_error_set(
	    &err, PSP_EUSAGE, NULL, 0, 0, "cannot read '%.*s'", 2, "abc");
	assert_string_equal(err.message, "lecture impossible : 'ab'");
	psp_catalog_drop();
	assert_string_equal(psp_message("the end"), "the end");
	psp_buffer_clear(&bytes);
}

static void
counts_choose_the_form(void **state)
{
	struct psp_buffer bytes;
	struct psp_error err;

	(void)state;
	assert_string_equal(
	    psp_message_plural("%zu line", "%zu lines", 0), "%zu lines");
	assert_string_equal(
	    psp_message_plural("%zu line", "%zu lines", 1), "%zu line");
	make_catalog(&bytes);
	assert_true(use(bytes.bytes, bytes.size, &err));
	assert_string_equal(
	    psp_message_plural("%zu line", "%zu lines", 0), "%zu ligne");
	assert_string_equal(
	    psp_message_plural("%zu line", "%zu lines", 1), "%zu ligne");
	assert_string_equal(
	    psp_message_plural("%zu line", "%zu lines", 2), "%zu lignes");
	/* A form that is missing; a message that is. */
	assert_string_equal(psp_message_plural("row", "rows", 2), "rangée");
	assert_string_equal(psp_message_plural("fee", "fees", 0), "fees");
	psp_catalog_drop();
	psp_buffer_clear(&bytes);
}

/* It would print one argument as if it were another. */
static void
formats_with_other_arguments_are_not_used(void **state)
{
	struct psp_buffer bytes;
	struct psp_error err;

	(void)state;
	make_catalog(&bytes);
	assert_true(use(bytes.bytes, bytes.size, &err));
	assert_string_equal(psp_message("%zu of '%s'"), "%zu of '%s'");
	psp_catalog_drop();
	psp_buffer_clear(&bytes);
}

/* Cut anywhere, or with any byte of its tables changed, it is refused or read:
 * never is a byte outside of it. */
static void
broken_files_do_no_harm(void **state)
{
	static const char values[] = { '\0', '\1', '\x7F', '\xFF' };
	struct psp_buffer bytes;
	struct psp_error err;
	size_t n_refused = 0;

	(void)state;
	make_catalog(&bytes);
	for (size_t size = 0; size < bytes.size; size++) {
		assert_false(use(bytes.bytes, size, &err));
		assert_int_equal(err.status, PSP_EIO);
	}
	for (size_t i = 0; i < 28 + 16 * (size_t)N_MESSAGES; i++)
		for (size_t j = 0; j < sizeof(values); j++) {
			char kept = bytes.bytes[i];

			bytes.bytes[i] = values[j];
			n_refused += !use(bytes.bytes, bytes.size, &err);
			for (size_t k = 0; k < N_MESSAGES; k++)
				(void)strlen(psp_message_plural(
				    messages[k].original.bytes, "", 2));
			bytes.bytes[i] = kept;
		}
	assert_true(n_refused > 0);
	psp_catalog_drop();
	psp_buffer_clear(&bytes);
}

/* What was in use stays so. */
static void
what_cannot_be_read_changes_nothing(void **state)
{
	struct psp_buffer bytes;
	struct psp_error err;

	(void)state;
	make_catalog(&bytes);
	assert_true(use(bytes.bytes, bytes.size, &err));
	assert_false(use("PK", 2, &err));
	assert_string_equal(psp_message("the end"), "la fin");
	psp_error_init(&err);
	assert_false(psp_catalog_use("/nowhere/prospect.mo", &err));
	assert_int_equal(err.status, PSP_EIO);
	assert_string_equal(err.file, "/nowhere/prospect.mo");
	psp_error_init(&err);
	assert_false(psp_catalog_use("/", &err));
	assert_int_equal(err.status, PSP_EIO);
	assert_string_equal(psp_message("the end"), "la fin");
	psp_catalog_drop();
	psp_buffer_clear(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_are_translated),
		cmocka_unit_test(counts_choose_the_form),
		cmocka_unit_test(formats_with_other_arguments_are_not_used),
		cmocka_unit_test(broken_files_do_no_harm),
		cmocka_unit_test(what_cannot_be_read_changes_nothing),
	};

	snprintf(path, sizeof(path), "catalog-%ld.mo", (long)getpid());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
