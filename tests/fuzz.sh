#!/bin/sh
# Runs the fuzz targets with clang's libFuzzer and its sanitizers:
#
#   tests/fuzz.sh [SECONDS [TARGET...]]     60 seconds each, all targets
#
# Builds in build-fuzz/, beside the sources. JOBS targets run at a time (as many
# as there are cores, unless it is set). A target begins with its corpus in
# tests/fuzz/corpus/ and what earlier runs kept in build-fuzz/corpus/; what
# raises coverage is kept there, as few and as short entries as will do. A
# timeout that does not come again was the machine's, and the target goes on. A
# find is minimised into build-fuzz/finds/. With KEEP=1 the kept entries of at most
# 300 bytes are copied into the sources. Status 1: something was found.
set -u

seconds=${1:-60}
[ $# -gt 0 ] && shift
top=$(cd "$(dirname "$0")/.." && pwd) || exit 2
build=$top/build-fuzz
jobs=${JOBS:-$(nproc 2>/dev/null || echo 1)}
: "${CC:=clang}"

case $seconds in
'' | *[!0-9]*)
	echo "usage: tests/fuzz.sh [SECONDS [TARGET...]]" >&2
	exit 2
	;;
esac

# Says what is missing before a build fails on it.
check_compiler() {
	if ! command -v "$CC" >/dev/null 2>&1; then
		echo "fuzz.sh: $CC not found: install the package clang" >&2
		exit 2
	fi
	mkdir -p "$build" || exit 2
	printf '%s\n%s\n' '#include <stddef.h>' \
		'int LLVMFuzzerTestOneInput(const char *data, size_t size)' \
		'{ return size > 9 && data[0] == 1 ? 0 : 0; }' >"$build/probe.c"
	if ! "$CC" -fsanitize=fuzzer,address,undefined -o "$build/probe" \
		"$build/probe.c" 2>"$build/probe.err"; then
		echo "fuzz.sh: $CC cannot link with libFuzzer: install its" \
			"runtime (package libclang-rt-14-dev for clang 14)" >&2
		cat "$build/probe.err" >&2
		exit 2
	fi
}

# The names of the targets, from the list that make has.
list_targets() {
	sed -n 's,^fuzz_targets += tests/fuzz/,,p' "$top/tests/fuzz/local.mk"
}

build_targets() {
	flags='-fsanitize=address,undefined -fno-sanitize-recover=all'
	programs=
	for target in $targets; do
		programs="$programs tests/fuzz/$target"
	done
	(
		[ -e "$top/configure" ] || (cd "$top" && autoreconf -fi) || exit
		cd "$build" || exit
		[ -e Makefile ] || "$top/configure" -q CC="$CC" \
			CFLAGS="-O1 -g -fno-omit-frame-pointer" || exit
		# Apart, or a new configure would try to link with libFuzzer.
		make -s Makefile || exit
		# shellcheck disable=SC2086
		make -s -j"$jobs" \
			CFLAGS="-O1 -g -fno-omit-frame-pointer $flags -fsanitize=fuzzer-no-link" \
			LDFLAGS="$flags -fsanitize=fuzzer" $programs
	) >"$build/build.log" 2>&1 && return
	echo "fuzz.sh: the build failed; $build/build.log ends so:" >&2
	tail -n 20 "$build/build.log" >&2
	exit 2
}

# Removes what timed out because the machine stood still: it does not again.
# False when there is something else, or nothing.
forget_pauses()
{
	forgotten=1
	for find in "$found"/crash-* "$found"/timeout-* "$found"/oom-*; do
		[ -e "$find" ] || continue
		case $find in
		*/timeout-*) "$program" -timeout=20 "$find" >/dev/null 2>&1 ;;
		*) false ;;
		esac || return 1
		rm "$find"
		forgotten=0
	done
	return $forgotten
}

# Runs one target and prints its line.
run_target() {
	target=$1
	program=$build/tests/fuzz/$target
	seeds=$top/tests/fuzz/corpus/$target
	kept=$build/corpus/$target
	found=$build/finds/$target
	log=$build/$target.log
	dictionary=$top/tests/fuzz/$target.dict
	TMPDIR=$build/tmp/$target
	export TMPDIR

	mkdir -p "$kept" "$found" "$TMPDIR" || return 2
	: >"$log"
	set -- -timeout=20 -rss_limit_mb=1024 -print_final_stats=1 -reload=0 \
		-artifact_prefix="$found/"
	[ -e "$dictionary" ] && set -- "$@" -dict="$dictionary"
	status=0
	end=$(($(date +%s) + seconds))
	left=$seconds
	while [ "$left" -gt 0 ]; do
		status=0
		"$program" "$@" -max_total_time="$left" "$kept" "$seeds" \
			>>"$log" 2>&1 || status=$?
		if [ "$status" -eq 0 ] || ! forget_pauses; then
			break
		fi
		left=$((end - $(date +%s)))
	done
	runs=$(awk '$1 == "stat::number_of_executed_units:" { n += $2 }
		END { print n + 0 }' "$log")
	coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)

	rm -rf "$kept.new"
	mkdir "$kept.new" || return 2
	if "$program" -merge=1 -reduce_inputs=1 -timeout=20 "$kept.new" \
		"$seeds" "$kept" >"$log.merge" 2>&1; then
		rm -rf "$kept"
		mv "$kept.new" "$kept"
	fi
	if [ -n "${KEEP:-}" ]; then
		find "$kept" -type f -size -301c -exec cp {} "$seeds/" \;
	fi

	finds=0
	for find in "$found"/crash-* "$found"/timeout-* "$found"/oom-*; do
		[ -e "$find" ] || continue
		finds=$((finds + 1))
		case $find in
		*/crash-*)
			"$program" -minimize_crash=1 -max_total_time=20 \
				-artifact_prefix="$found/tried-" \
				-exact_artifact_path="$found/small-${find##*-}" \
				"$find" >"$log.small" 2>&1
			;;
		esac
	done
	printf '%-12s %10s runs, coverage %6s, kept %5s, finds %s\n' "$target" \
		"${runs:-0}" "${coverage:-0}" \
		"$(find "$kept" -type f | wc -l)" "$finds"
	rm -rf "$TMPDIR"
	if [ "$finds" -gt 0 ] ||
		{ [ "$status" -ne 0 ] && [ "$left" -gt 0 ]; }; then
		sed -n -e '/^does not hold/p' -e '/ERROR:/p' \
			-e '/runtime error/p' "$log"
		echo "$target: see $found/ and $log"
		return 1
	fi
}

targets=${*:-$(list_targets)}
check_compiler
build_targets

running=0
pids=
result=0
for target in $targets; do
	if [ "$running" -ge "$jobs" ]; then
		# The oldest is waited for; they all take the same time.
		first=${pids%% *}
		pids=${pids#* }
		wait "$first" || result=1
		running=$((running - 1))
	fi
	run_target "$target" &
	pids="$pids$! "
	running=$((running + 1))
done
for pid in $pids; do
	wait "$pid" || result=1
done
exit $result
