#!/bin/sh
# From a fresh clone to a list of leads: installs what is missing, builds in
# build/, and runs the example of the method. What the build says is kept from
# sight, unless it fails.

cd "$(dirname "$0")/.." || exit 1

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM

build-aux/install-deps || exit 1
echo 'building; the first time takes a while' >&2
if ! build-aux/build >"$log" 2>&1; then
	cat "$log" >&2
	echo 'prospect does not build here: see above' >&2
	exit 1
fi

PATH=$(pwd)/build:$PATH
export PATH
sh examples/method/run.sh
