#!/bin/sh
# How much of libprospect the tests run: lines, and branches taken at least
# once, file by file with the least first, then in all.
#
#	tests/coverage.sh [FILE]...
#
# With files (such as stream/flow.c) the lines of these that never ran, too.

cd "$(dirname "$0")/.." || exit 1
folder=build-coverage
command -v gcov >/dev/null 2>&1 || {
	echo "coverage.sh: gcov not found: install gcc" >&2
	exit 2
}
build-aux/build $folder --enable-coverage CFLAGS='-O0 -g' || exit 1
find $folder -name '*.gcda' -exec rm -f {} +
make -C $folder -s check >$folder/check.log 2>&1 ||
	echo "coverage.sh: tests fail, see $folder/check.log" >&2

cd $folder || exit 1
find libprospect -name '*.gcda' | sort | while read -r data; do
	gcov -b -n -o "$(dirname "$data")" "$data" 2>/dev/null
done | awk '
/^File / {
	file = $2
	gsub(/\047/, "", file)
	if (!sub(/^.*libprospect\//, "", file) || file !~ /\.c$/)
		file = ""
}
file != "" && /^Lines executed:/ { split($2, part, /[:%]/); share = part[2]; lines[file] = $4; run[file] = share * $4 / 100 }
file != "" && /^Taken at least once:/ { split($4, part, /[:%]/); share = part[2]; branches[file] = $6; taken[file] = share * $6 / 100 }
END {
	for (file in lines) {
		printf "%6.2f %% of %5d lines  %6.2f %% of %5d branches  %s\n",
			100 * run[file] / lines[file], lines[file],
			branches[file] ? 100 * taken[file] / branches[file] : 100,
			branches[file], file | "sort -n"
		all += lines[file]; all_run += run[file]
		forks += branches[file]; all_taken += taken[file]
	}
	close("sort -n")
	if (all == 0) exit 1
	printf "%6.2f %% of %5d lines  %6.2f %% of %5d branches  in all\n",
		100 * all_run / all, all, 100 * all_taken / forks, forks
}' || exit 1

for file; do
	gcov -t -o "$(dirname "libprospect/$file")" \
		"libprospect/${file%.c}.gcda" 2>/dev/null |
		grep '#####:' | sed "s|^|$file:|"
done
