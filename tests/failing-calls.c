/*
 * Makes every call of every mode of the commands fail, one at a time: the
 * command lines of tests/modes/commands are run again and again with
 * tests/preload-faults.so, which makes the n-th allocation, open, read, write,
 * fsync, fchmod, close or rename fail, n = 1, 2, ... until there is none. Each
 * time the command must end as when all is well, or with status 4 and one
 * message, what it wrote being the beginning of what it would have written, the
 * file of -o the old one, and no temporary file left. With sanitizers it must
 * not leak either.
 *
 * Allocations are many: of these one in a few is taken, beginning with another
 * for each command line. FAILING_CALLS=all takes all.
 */
#include <config.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 32, MOST_CALLS = 20000, STEP = 29, SLOW_STEP = 199 };
enum { SYSTEM_FAILED = 4, MANY_RECORDS = 10000 };

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
enum { IS_SANITIZED = true };
#else
enum { IS_SANITIZED = false };
#endif

/* A kind of call, and the error that it fails with. */
static const struct call {
	const char *name;
	int errnum;
	bool is_many; /* not all are taken */
} calls[] = {
	{ "malloc", ENOMEM, true },
	{ "malloc+", ENOMEM, true },
	{ "open", EACCES, false },
	{ "read", EIO, false },
	{ "write", ENOSPC, false },
	{ "fsync", EIO, false },
	{ "fchmod", EPERM, false },
	{ "close", EDQUOT, false },
	{ "rename", EIO, false },
};
enum { N_CALLS = sizeof(calls) / sizeof(calls[0]) };

/* A command line and where it runs. */
struct command {
	char *line;
	char *arguments[MOST_ARGUMENTS + 1];
	const char *program; /* its path */
	size_t number;
};

/* What came of a run. */
struct outcome {
	int status; /* of exit; a signal is 128 more */
	char *out, *messages, *file;
	size_t out_size, messages_size, file_size;
};

static struct {
	char build[2048], preload[4096], folder[64];
	size_t step;
	size_t n_tests, n_failures; /* of TAP */
	size_t n_injected;
} run;

static const char old_file[] = "the old file\n";

static void
bail_out(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(99);
}

/* Reads a file of the folder; NULL when there is none. */
static char *
read_file(const char *name, size_t *size)
{
	FILE *file = fopen(name, "rb");
	char *bytes;
	long end;

	*size = 0;
	if (file == NULL)
		return NULL;
	if (fseek(file, 0, SEEK_END) != 0)
		bail_out(name);
	end = ftell(file);
	rewind(file);
	bytes = malloc((size_t)end + 1);
	if (end < 0 || bytes == NULL)
		bail_out(name);
	*size = fread(bytes, 1, (size_t)end, file);
	bytes[*size] = '\0';
	fclose(file);
	return bytes;
}

static void
write_file(const char *name, const char *bytes, size_t size)
{
	FILE *file = fopen(name, "wb");

	if (file == NULL || fwrite(bytes, 1, size, file) != size
	    || fclose(file) != 0)
		bail_out(name);
}

/* Copies the inputs of the tests into the folder. */
static void
copy_inputs(const char *source)
{
	DIR *folder = opendir(source);
	struct dirent *entry;

	if (folder == NULL)
		bail_out(source);
	while ((entry = readdir(folder)) != NULL) {
		char path[8192], *bytes;
		size_t size;

		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", source, entry->d_name);
		bytes = read_file(path, &size);
		if (bytes == NULL)
			bail_out(path);
		write_file(entry->d_name, bytes, size);
		free(bytes);
	}
	closedir(folder);
}

/* An input that takes several reads and writes. */
static void
make_large_input(void)
{
	FILE *file = fopen("many.csv", "wb");

	if (file == NULL)
		bail_out("many.csv");
	fputs("siren;name;headcount;tags\n", file);
	for (int i = 0; i < MANY_RECORDS; i++)
		fprintf(file, "7328%05d;\"Pains; %d\";%d;%s\n", i, i, i % 300,
		    i % 7 == 0 ? "b2b" : "retail|web");
	if (fclose(file) != 0)
		bail_out("many.csv");
}

/* Cuts a line into arguments at its spaces. */
static void
read_command(char *line, struct command *command)
{
	static char program[4096];
	size_t n = 0;

	command->line = strdup(line);
	for (char *word = strtok(line, " "); word != NULL && n < MOST_ARGUMENTS;
	     word = strtok(NULL, " "))
		command->arguments[n++] = word;
	command->arguments[n] = NULL;
	if (command->line == NULL || n == 0)
		bail_out("a command line");
	snprintf(program, sizeof(program), "%s/%s", run.build,
	    command->arguments[0]);
	command->program = program;
}

/* Runs the command with `fault` (NULL: none). */
static void
run_command(
    const struct command *command, const char *fault, struct outcome *outcome)
{
	enum { N_VARIABLES = 7 };
	char preload[5000], fault_variable[64];
	char asan[] = "ASAN_OPTIONS=verify_asan_link_order=0";
	char today[] = "PROSPECT_TODAY=2026-11-23";
	char report[] = "PRELOAD_REPORT=reached";
	char *environment[N_VARIABLES] = { today, NULL };
	posix_spawn_file_actions_t actions;
	const int flags = O_WRONLY | O_CREAT | O_TRUNC;
	pid_t process;
	int status;

	if (fault != NULL) {
		snprintf(
		    preload, sizeof(preload), "LD_PRELOAD=%s", run.preload);
		snprintf(fault_variable, sizeof(fault_variable),
		    "PRELOAD_FAULT=%s", fault);
		environment[1] = preload;
		environment[2] = fault_variable;
		environment[3] = report;
		environment[4] = asan;
		environment[5] = NULL;
	}
	write_file("file.out", old_file, sizeof(old_file) - 1);
	(void)unlink("reached");
	if (posix_spawn_file_actions_init(&actions) != 0
	    || posix_spawn_file_actions_addopen(
		   &actions, 0, "companies.csv", O_RDONLY, 0)
		   != 0
	    || posix_spawn_file_actions_addopen(
		   &actions, 1, "standard.out", flags, 0600)
		   != 0
	    || posix_spawn_file_actions_addopen(
		   &actions, 2, "messages", flags, 0600)
		   != 0
	    || posix_spawn(&process, command->program, &actions, NULL,
		   command->arguments, environment)
		   != 0
	    || waitpid(process, &status, 0) != process)
		bail_out(command->line);
	posix_spawn_file_actions_destroy(&actions);
	outcome->status =
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	outcome->out = read_file("standard.out", &outcome->out_size);
	outcome->messages = read_file("messages", &outcome->messages_size);
	outcome->file = read_file("file.out", &outcome->file_size);
}

static void
clear_outcome(struct outcome *outcome)
{
	free(outcome->out);
	free(outcome->messages);
	free(outcome->file);
}

static bool
is_same(const char *a, size_t a_size, const char *b, size_t b_size)
{
	return a_size == b_size && (a_size == 0 || memcmp(a, b, a_size) == 0);
}

/* Whether a temporary file was left over; it is removed. */
static bool
has_left_over(void)
{
	DIR *folder = opendir(".");
	struct dirent *entry;
	bool has = false;

	if (folder == NULL)
		bail_out(".");
	while ((entry = readdir(folder)) != NULL)
		if (strncmp(entry->d_name, ".prospect-", 10) == 0) {
			has = true;
			(void)unlink(entry->d_name);
		}
	closedir(folder);
	return has;
}

/* Whether a run that was well said the line too: such as how many records were
 * rejected. */
static bool
is_said_anyway(const struct outcome *good, const char *line, size_t size)
{
	const char *at = good->messages;

	while (*at != '\0') {
		size_t length = strcspn(at, "\n");

		if (length == size && memcmp(at, line, size) == 0)
			return true;
		at += length + (at[length] == '\n');
	}
	return false;
}

/* The one line that was not said when all was well, and begins with the
 * command's name; NULL when there is none, or more. */
static const char *
find_message(const struct command *command, const struct outcome *good,
    const struct outcome *outcome)
{
	const char *name = command->arguments[0], *at = outcome->messages;
	const char *found = NULL;

	while (*at != '\0') {
		size_t length = strcspn(at, "\n");

		if (!is_said_anyway(good, at, length)) {
			if (found != NULL
			    || strncmp(at, name, strlen(name)) != 0
			    || strncmp(at + strlen(name), ": ", 2) != 0)
				return NULL;
			found = at;
		}
		at += length + (at[length] == '\n');
	}
	return found;
}

/* What is wrong with an outcome; NULL: nothing. `is_memory` tells that some
 * last message may be that memory ran out. */
static const char *
judge(const struct command *command, const struct outcome *good,
    const struct outcome *outcome, bool is_memory)
{
	bool is_all =
	    is_same(outcome->out, outcome->out_size, good->out, good->out_size)
	    && is_same(
		outcome->file, outcome->file_size, good->file, good->file_size);
	const char *message;
	char out_of_memory[128];

	if (has_left_over())
		return "a temporary file is left";
	snprintf(out_of_memory, sizeof(out_of_memory), "%s: out of memory\n",
	    command->arguments[0]);
	if (outcome->status == good->status) {
		if (!is_all)
			return "the output is another, and nothing is said";
		if (strcmp(outcome->messages, good->messages) == 0
		    || (is_memory
			&& strstr(outcome->messages, out_of_memory) != NULL))
			return NULL;
		return "the messages are others, and the status is good";
	}
	if (outcome->status != SYSTEM_FAILED)
		return "the status is neither good nor 4";
	message = find_message(command, good, outcome);
	if (message == NULL)
		return "not one message";
	if (is_memory
	    && strncmp(message, out_of_memory, strlen(out_of_memory)) != 0)
		return "memory ran out, and something else is said";
	if (outcome->out_size > good->out_size
	    || (outcome->out_size > 0
		&& memcmp(outcome->out, good->out, outcome->out_size) != 0))
		return "what was written is not what would have been";
	if (!is_same(outcome->file, outcome->file_size, old_file,
		sizeof(old_file) - 1))
		return "the old file is gone";
	return NULL;
}

static void
result(bool is_good, const struct command *command, const struct call *call,
    size_t n_failed)
{
	run.n_tests++;
	run.n_failures += !is_good;
	printf("%sok %zu - %s: %zu of %s\n", is_good ? "" : "not ", run.n_tests,
	    command->line, n_failed, call->name);
	fflush(stdout);
}

/* Fails one call after the other. */
static void
fail_calls(const struct command *command, const struct call *call,
    const struct outcome *good)
{
	size_t step = call->is_many ? run.step : 1, n_failed = 0;
	bool is_good = true;

	for (size_t n = 1 + command->number % step; n < MOST_CALLS; n += step) {
		struct outcome outcome;
		const char *wrong;
		char fault[64];
		bool is_reached;

		snprintf(fault, sizeof(fault), "%s:%zu:%d", call->name, n,
		    call->errnum);
		run_command(command, fault, &outcome);
		is_reached = access("reached", F_OK) == 0;
		wrong = judge(command, good, &outcome, call->is_many);
		if (wrong != NULL) {
			printf("# %s %zu: status %d: %s: %s\n", call->name, n,
			    outcome.status, wrong, outcome.messages);
			is_good = false;
		}
		clear_outcome(&outcome);
		if (!is_reached)
			break;
		n_failed++;
	}
	run.n_injected += n_failed;
	result(is_good, command, call, n_failed);
}

/* Whether calls can be made to fail here at all. */
static bool
can_fail(const struct command *command)
{
	struct outcome outcome;
	bool can;

	run_command(command, "malloc+:1:12", &outcome);
	can = outcome.status == SYSTEM_FAILED && access("reached", F_OK) == 0;
	clear_outcome(&outcome);
	return can;
}

static void
try_command(struct command *command)
{
	struct outcome good;

	run_command(command, NULL, &good);
	if (good.status >= SYSTEM_FAILED) {
		printf("# status %d: %s\n", good.status, good.messages);
		result(false, command, &calls[0], 0);
	}
	for (size_t i = 0; i < N_CALLS; i++)
		fail_calls(command, &calls[i], &good);
	clear_outcome(&good);
}

static void
begin(void)
{
	const char *source = getenv("srcdir"), *wish = getenv("FAILING_CALLS");
	char inputs[4096], absolute[4096];

	if (getcwd(run.build, sizeof(run.build)) == NULL)
		bail_out("the current folder");
	snprintf(run.preload, sizeof(run.preload), "%s/tests/preload-faults.so",
	    run.build);
	snprintf(inputs, sizeof(inputs), "%s/tests/modes",
	    source != NULL ? source : "..");
	if (realpath(inputs, absolute) == NULL)
		bail_out(inputs);
	run.step = IS_SANITIZED ? SLOW_STEP : STEP;
	if (wish != NULL && strcmp(wish, "all") == 0)
		run.step = 1;
	snprintf(run.folder, sizeof(run.folder), "/tmp/failing-calls-XXXXXX");
	if (mkdtemp(run.folder) == NULL || chdir(run.folder) != 0)
		bail_out(run.folder);
	copy_inputs(absolute);
	make_large_input();
}

static void
end(void)
{
	DIR *folder = opendir(".");
	struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL)
		(void)unlink(entry->d_name);
	if (folder != NULL)
		closedir(folder);
	if (chdir("/") == 0)
		(void)rmdir(run.folder);
}

int
main(void)
{
	struct command command = { .number = 0 };
	char line[1024];
	FILE *lines;

	begin();
	lines = fopen("commands", "r");
	if (lines == NULL)
		bail_out("commands");
	while (fgets(line, sizeof(line), lines) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '\0' || line[0] == '#')
			continue;
		read_command(line, &command);
		if (command.number == 0 && !can_fail(&command)) {
			printf("1..0 # SKIP calls of a program cannot be made "
			       "to fail here\n");
			run.n_tests = SIZE_MAX;
			free(command.line);
			break;
		}
		try_command(&command);
		command.number++;
		free(command.line);
	}
	fclose(lines);
	end();
	if (run.n_tests == SIZE_MAX)
		return 0;
	printf("1..%zu\n# %zu calls failed\n", run.n_tests, run.n_injected);
	return run.n_failures > 0;
}
