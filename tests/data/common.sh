# What the tests on real files share: where the files and the programs are,
# and TAP. Sourced by tests/*.tap, which run in the top folder of a build.
#
# The files are no part of the project: they lie in PROSPECT_DATA, by default
# in ../shared/data beside the source tree. Where they are not, the test is
# skipped, and says so.

top=$(cd "${srcdir:-.}" && pwd) || exit 1
data=${PROSPECT_DATA:-$top/../shared/data}
if [ -f config.status ]; then
	build=$(pwd)
else
	build=$top/build
fi
PATH=$build:$PATH
export PATH
unset PROSPECT_TODAY PROSPECT_LANG
ran=0

skip_all() # REASON
{
	echo "1..0 # SKIP $1"
	exit 0
}

[ -d "$data" ] || skip_all "no data in $data (PROSPECT_DATA)"
work=$(mktemp -d "${TMPDIR:-/tmp}/data.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# Whether Python is there to read and compute by other means than ours.
has_python()
{
	python3 -c 'import csv' >/dev/null 2>&1
}

ok() # NAME
{
	ran=$((ran + 1))
	echo "ok $ran - $1"
}

not_ok() # NAME
{
	ran=$((ran + 1))
	echo "not ok $ran - $1"
}

skip() # NAME REASON
{
	ran=$((ran + 1))
	echo "ok $ran - $1 # SKIP $2"
}

# Runs a command as a test; what it prints is shown when it fails.
check() # NAME COMMAND [ARGUMENT]...
{
	title=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		ok "$title"
	else
		not_ok "$title"
		head -n 20 "$work/said" | sed 's/^/# /'
	fi
}

# The same, where Python can be had.
check_by_python() # NAME COMMAND [ARGUMENT]...
{
	if [ "$python" = yes ]; then
		check "$@"
	else
		skip "$1" "no python3"
	fi
}

python=no
if has_python; then
	python=yes
fi

plan()
{
	echo "1..$ran"
}
