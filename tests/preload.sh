# For cases that make calls of the programs fail: see tests/preload-faults.c.
# A case begins with
#
#	. "$TESTS/preload.sh"
#
# and is skipped where nothing can be preloaded.

# Runs a program with a call that fails. The linker's order of libraries is no
# concern of sanitizers here.
with_fault() # FAULT PROGRAM [ARGUMENT]...
{
	[ ! -e "$reached" ] || rm "$reached"
	fault=$1
	shift
	PRELOAD_FAULT=$fault PRELOAD_REPORT=$reached LD_PRELOAD=$preload \
		ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0 "$@"
}

# Whether the call came that often in the last run.
was_reached()
{
	[ -e "$reached" ]
}

preload=$BUILD/tests/preload-faults.so
reached=$PWD/.reached
printf 'a;b\n1;2\n' >.probe
for probe in malloc+:1:12 write:1:5; do
	with_fault $probe prospect-filter --today 2024-01-31 .probe \
		>.probe.out 2>&1
	if [ $? -ne 4 ] || ! was_reached; then
		echo "calls of a program cannot be made to fail here"
		exit 77
	fi
done
rm -f .probe .probe.out
