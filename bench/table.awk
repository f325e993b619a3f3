# The table of what `run` measured: results/TASK.tsv as bench/measure prints it,
# `otherwise`, the peers whose answers differ, `sizes`, bytes of files, and
# `machine`, as Markdown.

BEGIN { FS = "\t" }

FILENAME ~ /otherwise$/ {
	otherwise[$1, $2] = 1
	differs[$2] = differs[$2] (differs[$2] == "" ? "" : ", ") $1
	next
}

FILENAME ~ /sizes$/ { bytes[$1] = $2; next }

FILENAME ~ /machine$/ { machine = machine $0 "\n"; next }

{
	task = FILENAME
	sub(/^.*\//, "", task)
	sub(/\.tsv$/, "", task)
	time[task, $1] = $3
	peak[task, $1] = $6
	faults[task, $1] = $7
	rounds[task, $1] = $9
	seen[task] = 1
	if (!($1 in known)) {
		known[$1] = 1
		tools[++n_tools] = $1
	}
}

# The median of the first `n` of `values`, which it sorts.
function median(values, n,    i, j, value)
{
	for (i = 2; i <= n; i++) {
		value = values[i]
		for (j = i - 1; j >= 1 && values[j] > value; j--)
			values[j + 1] = values[j]
		values[j + 1] = value
	}
	return (values[int((n + 1) / 2)] + values[int(n / 2) + 1]) / 2
}

# How many times as long one took as another, round by round; "" unless both
# were measured.
function ratio(task, one, other,    a, b, n, n_other, i, values)
{
	if (!((task, one) in rounds) || !((task, other) in rounds))
		return ""
	n = split(rounds[task, one], a, " ")
	n_other = split(rounds[task, other], b, " ")
	if (n_other < n)
		n = n_other
	for (i = 1; i <= n; i++)
		values[i] = a[i] / b[i]
	return median(values, n)
}

function row(work, goal, measured, is_met)
{
	printf "| %s | %s | %s | %s |\n", work, goal, measured,
		is_met ? "yes" : "no"
}

function at_most(work, value, most, unit)
{
	if (value == "")
		return
	row(work, "≤ " most unit,
		sprintf(value < 10 ? "%.2f" : "%.1f", value) unit, value <= most)
}

function at_least(work, value, least)
{
	if (value != "")
		row(work, "≥ " least "×", sprintf("%.1f×", value),
			value >= least)
}

# The most memory of our commands on any of some tasks, in MB; "" if none ran.
function memory(list,    n, i, names, key, parts, most)
{
	n = split(list, names, " ")
	most = ""
	for (key in peak) {
		split(key, parts, SUBSEP)
		for (i = 1; i <= n; i++)
			if (parts[1] == names[i] && parts[2] ~ /^(prospect|filter|score)/ &&
				peak[key] / 1000 > most + 0)
				most = peak[key] * 1.024 / 1000
	}
	return most
}

function goals(    threads, most)
{
	print "| work | goal | measured | met |"
	print "|---|---|---|---|"
	for (threads = 2; threads >= 1; threads--) {
		most = threads == 2 ? 1.1 : 2
		at_most("filter T3b against `wc -l`, threads: " threads,
			ratio("T3b", "prospect-" threads, "wc"), most, "×")
		at_most("filter T3e against `wc -l`, threads: " threads,
			ratio("T3e", "prospect-" threads, "wc"), most, "×")
	}
	at_least("DuckDB against filter T3b, 2 threads each",
		ratio("T3b", "duckdb-2", "prospect-2"), 12)
	at_least("DuckDB against filter T3e, 2 threads each",
		ratio("T3e", "duckdb-2", "prospect-2"), 16)
	at_least("`zsv sql` against filter T3b, 1 thread each",
		ratio("T3b", "zsv", "prospect-1"), 6)
	all_quoted()
	at_least("DuckDB against score T4, 2 threads each",
		ratio("T4", "duckdb-2", "prospect-2"), 10)
	at_least("DuckDB against ratios of calls T5, 2 threads each",
		ratio("T5", "duckdb-2", "prospect-2"), 5)
	at_least("Miller against ratios of calls T5",
		ratio("T5", "miller", "prospect-2"), 30)
	at_least("DuckDB against top 1,000 T6, 2 threads each",
		ratio("T6", "duckdb-2", "prospect-2"), 10)
	at_least("`cat \\| cat` against `cat \\| filter T3e \\| cat`",
		ratio("pipe", "cat", "filter"), 2)
	at_least("`cat \\| cat` against `cat \\| filter T3b \\| cat`",
		ratio("pipe", "cat-2", "filter-2"), 2)
	at_most("memory of filter and score", memory("T3a T3b T3e T4 quoted pipe"),
		8, " MB")
	starts()
	grows()
	at_most("memory at the end of a long pipe", memory("long"), 8, " MB")
	deals()
}

# Status against reading the same deals, and the slowest and the largest of all
# reports; the limits are those of a million deals.
function deals(    threads, key, parts, slowest, largest)
{
	for (threads = 2; threads >= 1; threads--)
		at_most("status of deals against reading them, threads: " threads,
			ratio("status", "prospect-" threads, "read-" threads), 2, "×")
	for (key in time) {
		split(key, parts, SUBSEP)
		if (parts[1] != "reports")
			continue
		if (slowest == "" || time[key] > time["reports", slowest])
			slowest = parts[2]
		if (largest == "" || peak[key] > peak["reports", largest])
			largest = parts[2]
	}
	if (slowest == "")
		return
	at_most("slowest report on deals, " substr(slowest, 7),
		time["reports", slowest], 2, " s")
	at_most("report on deals with the most memory, " substr(largest, 7),
		peak["reports", largest] * 1.024 / 1000, 500, " MB")
}

function all_quoted(    threads, value)
{
	for (threads = 2; threads >= 1; threads--) {
		value = ratio("quoted", "prospects-q-" threads,
			"prospects-" threads)
		if (value != "")
			at_most("a byte when all is quoted against a plain one, threads: " threads,
				value * bytes["prospects"] / bytes["prospects-q"],
				1.15, "×")
	}
}

function starts()
{
	if (("start", "filter") in time) {
		at_most("filter of 1 MB", time["start", "filter"] * 1000, 2, " ms")
		at_most("score of 1 MB", time["start", "score"] * 1000, 2, " ms")
	}
}

# The largest file against the smallest: seconds a byte, and memory.
function grows(    kind, n, sizes, i, name, which, first, last)
{
	n = split("filter score", which, " ")
	for (i = 1; i <= n; i++) {
		kind = which[i]
		first = last = ""
		for (name in known)
			if (name ~ "^" kind "-[0-9]+[kMG]$") {
				sizes[name] = in_bytes(name)
				if (first == "" || sizes[name] < sizes[first])
					first = name
				if (last == "" || sizes[name] > sizes[last])
					last = name
			}
		if (first == "" || !(("growth", first) in time))
			continue
		at_most(sprintf("%s, time a byte, %s against %s", kind,
			size_of(last), size_of(first)),
			time["growth", last] / sizes[last] * sizes[first] \
				/ time["growth", first], 1.15, "×")
		at_most(sprintf("%s, memory, %s against %s", kind,
			size_of(last), size_of(first)),
			peak["growth", last] / peak["growth", first], 1.1, "×")
	}
}

function size_of(name)
{
	sub(/^[a-z]*-/, "", name)
	return name "B"
}

function in_bytes(name)
{
	sub(/^[a-z]*-/, "", name)
	return (name + 0) * (name ~ /G$/ ? 1e9 : name ~ /M$/ ? 1e6 : 1e3)
}

# Seconds, and in parentheses how many times as long as ours with as many
# threads, for the tasks that have peers. Miller has as many as there are cores.
function comparison(    i, j, n, names, tool, line)
{
	n = which_ran("T1 T3a T3b T3e T4 T5 T6 sort join", names)
	if (n == 0)
		return
	printf "\n| tool |"
	line = "|---|"
	for (i = 1; i <= n; i++) {
		printf " %s |", names[i]
		line = line "---|"
	}
	print " most memory |\n" line "---|"
	for (j = 1; j <= n_tools; j++) {
		tool = tools[j]
		if (tool ~ /^(filter|score|wc|prospects|read|deals)-|^(filter|score|cat|nothing)/ )
			continue
		printf "| %s |", tool
		for (i = 1; i <= n; i++)
			printf " %s |", cell(names[i], tool)
		printf " %s |\n", memory_of(tool, names, n)
	}
}

# Those of the tasks in `list` that ran, in `names`; how many.
function which_ran(list, names,    all, i, n, n_all)
{
	n_all = split(list, all, " ")
	for (i = 1; i <= n_all; i++)
		if (all[i] in seen)
			names[++n] = all[i]
	return n + 0
}

function cell(task, tool,    ours, value)
{
	if (!((task, tool) in time))
		return "-"
	ours = "prospect-1"
	if (tool ~ /-2$|^miller$/ && ((task, "prospect-2") in time))
		ours = "prospect-2"
	value = sprintf("%.3f", time[task, tool])
	if (tool !~ /^prospect/ && ratio(task, tool, ours) != "")
		value = value sprintf(" (%.1f×)", ratio(task, tool, ours))
	return value ((task, tool) in otherwise ? " [!]" : "")
}

function memory_of(tool, names, n,    i, most)
{
	for (i = 1; i <= n; i++)
		if (((names[i], tool) in peak) && peak[names[i], tool] > most)
			most = peak[names[i], tool]
	return sprintf("%.1f MB", most * 1.024 / 1000)
}

END {
	printf "%s\n", machine
	goals()
	comparison()
	for (tool in differs)
		printf "\n[!] %s answers otherwise on %s%s.\n", tool, differs[tool],
			tool == "mawk" ? ": it knows no quotes" : ""
}
