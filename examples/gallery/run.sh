#!/bin/sh
# Ordinary questions, six in French and five in English, each a settings
# file of its own. A file begins with its question and, behind "$" and ">", the
# commands that answer it: they are read from there and run as they stand.
cd "$(dirname "$0")" || exit 1
PROSPECT_TODAY=2026-11-23
LC_ALL=C
export PROSPECT_TODAY LC_ALL
status=0

for settings in *.yaml; do
	echo "## $settings"
	sed '/^#$/,$d' "$settings"
	sed -n 's/^#   \$ /echo; /p; s/^#   > //p' "$settings" | sh || status=1
	echo
done
exit $status
