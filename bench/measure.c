/*
 * measure: how long commands take, and how much memory, against one another.
 *
 *	bench/measure [-n ROUNDS] [-t SECONDS] <COMMANDS
 *
 * A line of standard input is a name, a tab and a command; it runs with
 * standard output on /dev/null, by the shell where it has characters of the
 * shell. The commands take turns, and each round begins with another one, so
 * that what else the machine does falls on all of them alike. Before the first
 * round each runs once without being measured: then files and programs are in
 * the cache for all. A command that has taken SECONDS in all (60) is left out
 * of further rounds, but not of the first three, or its median would be a
 * single figure.
 *
 * For each command a line comes out, with tabs: name, rounds, seconds (median,
 * least), seconds of processor (median), KiB of memory at the peak of any
 * process, page faults (median), the median over rounds of its time as a
 * multiple of the first command's in the same round, and the seconds of each
 * round in their order.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	MAX_COMMANDS = 32,
	MAX_ROUNDS = 1000,
	MIN_ROUNDS = 3, /* unless fewer are wanted */
	MAX_WORDS = 256
};

struct command {
	char *name;
	char *line;
	char *words[MAX_WORDS + 1]; /* of a line that needs no shell */
	size_t n_rounds;
	double elapsed[MAX_ROUNDS];
	double processor[MAX_ROUNDS];
	double faults[MAX_ROUNDS];
	size_t n_ratios;
	double ratio[MAX_ROUNDS];
	double total;
	long peak;
};

static struct command commands[MAX_COMMANDS];
static size_t n_commands;

static void
fail(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(4);
}

static void
split(struct command *command)
{
	static char shell[] = "/bin/sh", option[] = "-c";
	size_t n = 0;

	if (strpbrk(command->line, "|&;<>()$`\\\"'*?[#~={}\n") == NULL) {
		for (char *word = strtok(command->line, " ");
		     word != NULL && n < MAX_WORDS; word = strtok(NULL, " "))
			command->words[n++] = word;
	} else {
		command->words[n++] = shell;
		command->words[n++] = option;
		command->words[n++] = command->line;
	}
	command->words[n] = NULL;
}

static void
read_commands(void)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t size;

	while ((size = getline(&line, &capacity, stdin)) > 0) {
		char *tab = strchr(line, '\t');

		if (line[size - 1] == '\n')
			line[size - 1] = '\0';
		if (tab == NULL || n_commands == MAX_COMMANDS) {
			fprintf(stderr,
			    "measure: no tab, or more than %d "
			    "lines: %s\n",
			    MAX_COMMANDS, line);
			exit(2);
		}
		*tab = '\0';
		commands[n_commands].name = strdup(line);
		commands[n_commands].line = strdup(tab + 1);
		if (commands[n_commands].name == NULL
		    || commands[n_commands].line == NULL)
			fail("memory");
		split(&commands[n_commands++]);
	}
	free(line);
}

static double
seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void
become(const struct command *command, int null)
{
	if (dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0)
		execvp(command->words[0], command->words);
	fprintf(
	    stderr, "measure: %s: %s\n", command->words[0], strerror(errno));
	_exit(127);
}

/* A command that fails measures nothing: the end. */
static void
run(struct command *command, int null)
{
	size_t round = command->n_rounds++;
	double start = now();
	struct rusage used;
	int status;
	pid_t child = fork();

	if (child < 0)
		fail("fork");
	if (child == 0)
		become(command, null);
	if (wait4(child, &status, 0, &used) != child)
		fail("wait4");
	command->elapsed[round] = now() - start;
	command->total += command->elapsed[round];
	command->processor[round] =
	    seconds(used.ru_utime) + seconds(used.ru_stime);
	command->faults[round] = (double)used.ru_minflt;
	if (used.ru_maxrss > command->peak)
		command->peak = used.ru_maxrss;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "measure: %s: status %d: %s\n", command->name,
		    WIFEXITED(status) ? WEXITSTATUS(status) : 128,
		    command->line);
		exit(1);
	}
}

/* A run that does not count. */
static void
warm_up(struct command *command, int null)
{
	run(command, null);
	command->n_rounds = 0;
	command->total = 0;
}

/* While the rounds are still in their order. */
static void
set_ratios(struct command *command)
{
	const struct command *first = &commands[0];

	command->n_ratios = command->n_rounds < first->n_rounds
	                        ? command->n_rounds
	                        : first->n_rounds;
	for (size_t i = 0; i < command->n_ratios; i++)
		command->ratio[i] = command->elapsed[i] / first->elapsed[i];
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts `values`. */
static double
median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), compare);
	return (values[(n - 1) / 2] + values[n / 2]) / 2;
}

static void
print(struct command *command)
{
	double in_order[MAX_ROUNDS];
	size_t n = command->n_rounds;

	memcpy(in_order, command->elapsed, n * sizeof(in_order[0]));
	printf("%s\t%zu\t%.6f", command->name, n, median(command->elapsed, n));
	printf("\t%.6f\t%.6f\t%ld\t%.0f\t%.4f\t", command->elapsed[0],
	    median(command->processor, n), command->peak,
	    median(command->faults, n),
	    median(command->ratio, command->n_ratios));
	for (size_t i = 0; i < n; i++)
		printf(i > 0 ? " %.6f" : "%.6f", in_order[i]);
	putchar('\n');
}

int
main(int argc, char **argv)
{
	size_t n_rounds = 5;
	double most = 60;
	int option, null = open("/dev/null", O_RDWR | O_CLOEXEC);

	while ((option = getopt(argc, argv, "n:t:")) != -1) {
		if (option == 'n')
			n_rounds = strtoul(optarg, NULL, 10);
		else if (option == 't')
			most = strtod(optarg, NULL);
		else
			return 2;
	}
	if (null < 0)
		fail("/dev/null");
	read_commands();
	if (n_rounds == 0 || n_rounds > MAX_ROUNDS || optind < argc
	    || n_commands == 0) {
		fputs("usage: measure [-n ROUNDS] [-t SECONDS] <COMMANDS\n",
		    stderr);
		return 2;
	}
	for (size_t i = 0; i < n_commands; i++)
		warm_up(&commands[i], null);
	for (size_t round = 0; round < n_rounds; round++)
		for (size_t i = 0; i < n_commands; i++) {
			struct command *command =
			    &commands[(round + i) % n_commands];

			if (round < MIN_ROUNDS || command->total < most)
				run(command, null);
		}
	for (size_t i = 0; i < n_commands; i++)
		set_ratios(&commands[i]);
	for (size_t i = 0; i < n_commands; i++)
		print(&commands[i]);
	return 0;
}
