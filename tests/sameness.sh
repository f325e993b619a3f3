# The same whatever the threads, scanner and reads: what sameness*.tap share.
# Sourced by them; they make input.csv in the current folder, which is a new one,
# and say check_all of each command. The reference of each run is one thread with
# the portable scanner and reads of the usual size.

if [ -f config.status ]; then
	build=$(pwd)
else
	build=$(cd "${srcdir:-$(dirname "$0")/..}/build" && pwd) || exit 1
fi
PATH=$build:$PATH
PROSPECT_TODAY=2026-11-23
export PATH PROSPECT_TODAY
unset PROSPECT_LANG PROSPECT_SCANNER PROSPECT_READ_SIZE COLUMNS

work=$(mktemp -d "${TMPDIR:-/tmp}/sameness.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1

number=0

result() # STATUS NAME
{
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
	fi
}

# Runs the command and keeps all that it gives in files named after PREFIX.
run() # PREFIX INPUT COMMAND [ARGUMENT]...
{
	prefix=$1
	input=$2
	shift 2
	rm -f rejects
	if [ "$input" = pipe ]; then
		# shellcheck disable=SC2094
		cat input.csv | "$@" >"$prefix.out" 2>"$prefix.err"
	else
		"$@" <input.csv >"$prefix.out" 2>"$prefix.err"
	fi
	echo "status $?" >>"$prefix.err"
	if [ -f rejects ]; then
		mv rejects "$prefix.rejects"
	else
		: >"$prefix.rejects"
	fi
}

same() # PREFIX
{
	cmp "$1.out" wanted.out >&2 && cmp "$1.rejects" wanted.rejects >&2 ||
		return 1
	cmp -s "$1.err" wanted.err && return 0
	diff wanted.err "$1.err" | head -n 10 >&2
	return 1
}

# The scanners that this machine has.
scanners=
for scanner in portable sse2 avx2 avx512 neon; do
	if PROSPECT_SCANNER=$scanner prospect-filter --check 2>/dev/null; then
		scanners="$scanners $scanner"
	fi
done

# Whether all ways to run a command give the same.
check_all() # NAME COMMAND [ARGUMENT]...
{
	name=$1
	shift
	failed=0
	PROSPECT_SCANNER=portable run wanted file "$@" -j 1
	# A command that is refused is refused alike, and shows nothing.
	case $(tail -n 1 wanted.err) in
	'status 0' | 'status 1' | 'status 3') ;;
	*)
		cat wanted.err >&2
		failed=1
		;;
	esac
	for scanner in $scanners; do
		for size in 300 4096 65536; do
			for threads in 1 2 3 8; do
				PROSPECT_SCANNER=$scanner \
				PROSPECT_READ_SIZE=$size \
					run got file "$@" -j $threads
				same got && continue
				echo "# $scanner, $size bytes, $threads threads"
				failed=1
			done
		done
		PROSPECT_SCANNER=$scanner PROSPECT_READ_SIZE=777 \
			run got pipe "$@"
		same got || { echo "# $scanner, pipe"; failed=1; }
	done
	result $failed "$name"
}
