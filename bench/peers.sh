#!/bin/sh
# The programs that ours are measured against, and how to get them from public
# registries of packages, by name only:
#
#	bench/peers.sh                  which there are
#	bench/peers.sh install [NAME]...  installs them (duckdb polars miller mawk)
#
# What comes from PyPI and crates.io goes to $BENCH_PEERS, peers/ in the folder
# of measurements by default; what comes from Debian needs root.

top=$(cd "$(dirname "$0")/.." && pwd) || exit 1
: "${BENCH_DIR:=$top/build/measurements}"
: "${BENCH_PEERS:=$BENCH_DIR/peers}"
PATH=$PATH:$BENCH_PEERS/bin

# name, program, registry, package
peers='wc wc Debian coreutils
cat cat Debian coreutils
mawk mawk Debian mawk
miller mlr Debian miller
duckdb duckdb PyPI duckdb-cli
polars polars PyPI polars
xan xan crates.io xan
zsv zsv none -'

# Polars is a module: its program is the Python beside which it is installed.
has() # PROGRAM
{
	if [ "$1" = polars ]; then
		"$BENCH_PEERS/venv/bin/python" -c 'import polars' 2>/dev/null
	else
		command -v "$1" >/dev/null 2>&1
	fi
}

from_pypi() # PACKAGE
{
	[ -d "$BENCH_PEERS/venv" ] ||
		python3 -m venv "$BENCH_PEERS/venv" || return 1
	"$BENCH_PEERS/venv/bin/pip" install -q "$1" || return 1
	[ "$1" = duckdb-cli ] || return 0
	# what pip installs as duckdb starts a Python first: this is the program
	mkdir -p "$BENCH_PEERS/bin" &&
		ln -sf "$BENCH_PEERS"/venv/lib/python*/site-packages/duckdb_cli/duckdb \
			"$BENCH_PEERS/bin/duckdb"
}

from_crates_io() # PACKAGE
{
	nice cargo install -q --locked --root "$BENCH_PEERS" "$1"
}

install()
{
	mkdir -p "$BENCH_PEERS" || return 1
	for wanted; do
		line=$(echo "$peers" | grep "^$wanted ") || {
			echo "peers.sh: no peer '$wanted'" >&2
			return 2
		}
		# shellcheck disable=SC2086
		set -- $line
		echo "$1: $4 from $3" >&2
		case $3 in
		Debian) apt-get install -qq -y "$4" >/dev/null ;;
		PyPI) from_pypi "$4" ;;
		crates.io) from_crates_io "$4" ;;
		*) echo "$1: in no registry; build it and put it on PATH" >&2 ;;
		esac || echo "peers.sh: $1 could not be installed" >&2
	done
}

case $1 in
install)
	shift
	[ $# -gt 0 ] || set -- duckdb polars miller mawk
	install "$@"
	;;
'')
	echo "$peers" | while read -r name program registry package; do
		state=missing
		has "$program" && state=there
		echo "$name	$state	$registry	$package"
	done
	;;
*)
	sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac
