#!/bin/sh
# Everything from nothing: installs what is missing, builds, runs all tests,
# and runs them again under the address and undefined-behaviour sanitizers.
# Ends in "N passed, N failed"; the status is 1 when a test failed or none ran.

cd "$(dirname "$0")/.." || exit 1
exec </dev/null

passed=0
failed=0
skipped=0

# Counts the results of a build; shows the logs of tests that failed.
count() # FOLDER
{
	for result in $(find "$1" -name '*.trs' | sort); do
		ok=$(grep -c '^:test-result: *\(PASS\|XFAIL\)' "$result")
		bad=$(grep -c '^:test-result: *\(FAIL\|ERROR\|XPASS\)' \
			"$result")
		passed=$((passed + ok))
		failed=$((failed + bad))
		skipped=$((skipped + $(grep -c '^:test-result: *SKIP' \
			"$result")))
		if [ "$bad" -gt 0 ]; then
			echo "--- ${result%.trs}"
			cat "${result%.trs}.log"
		fi
	done
}

check() # FOLDER [CONFIGURE-OPTION]...
{
	folder=$1
	if ! build-aux/build "$@"; then
		echo "--- $folder does not build"
		failed=$((failed + 1))
		return
	fi
	find "$folder" -name '*.trs' -exec rm -f {} +
	if ! make -C "$folder" -s check >"$folder/check.log" 2>&1 &&
		! grep -q '^# TOTAL:' "$folder/check.log"; then
		echo "--- $folder: make check"
		tail -n 40 "$folder/check.log"
		failed=$((failed + 1))
	fi
	count "$folder"
}

# Leaks are looked for with ptrace, which some containers forbid.
allow_leak_check()
{
	probe=$1/leak-probe
	echo 'int main(void) { return 0; }' >"$probe.c"
	if ! "${CC:-gcc}" -fsanitize=address -o "$probe" "$probe.c" ||
		! "$probe" 2>/dev/null; then
		echo "no leak check here: the sanitizer may not trace" >&2
		ASAN_OPTIONS=detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
		export ASAN_OPTIONS
	fi
	rm -f "$probe" "$probe.c"
}

if build-aux/install-deps; then
	check build
	mkdir -p build-sanitized
	allow_leak_check build-sanitized
	check build-sanitized --enable-sanitizers CFLAGS='-O1 -g'
else
	failed=1
fi

summary="$passed passed, $failed failed"
if [ "$skipped" -gt 0 ]; then
	summary="$summary, $skipped skipped"
fi
echo "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
