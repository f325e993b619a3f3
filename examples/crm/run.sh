#!/bin/sh
# An export of a CRM as it comes: semicolons, Windows-1252, CRLF, amounts and
# dates as people type them, cells with line ends in them, two faulty records.
cd "$(dirname "$0")" || exit 1
PROSPECT_TODAY=2026-11-23
export PROSPECT_TODAY
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

echo '# Nothing has to be said of the form of the file: -v tells what was found.'
echo '# A stray quote is repaired. A record with a field too many is rejected, and'
echo '# the status is 3: not all of the data was read.'
prospect-filter -v --count export.csv 2>&1
echo "status $?"

echo
echo '# --rejects takes such records, and the status is 0. The others are UTF-8 now.'
prospect-filter -q --rejects "$work/rejects.csv" -o "$work/clean.csv" export.csv
echo "status $?"
cat "$work/rejects.csv"
cd "$work" || exit 1
cp "$OLDPWD"/targeting.yaml "$OLDPWD"/suppress.csv .

echo
echo '# Whom to call this week. A cell that is not understood is unknown, and told.'
prospect-filter -c targeting.yaml --to table clean.csv 2>&1

echo
echo '# Which condition costs how many.'
prospect-filter -q -c targeting.yaml --funnel --to table clean.csv

echo
echo '# Nobody who asked to be left alone, by SIREN, telephone, e-mail, domain or'
echo '# the SHA-256 of one of them, however the export writes it.'
prospect-filter -v -c targeting.yaml --count --suppress suppress.csv clean.csv 2>&1 |
	sed '/encoding/d'

echo
echo '# For Excel in French, with a byte order mark (not shown here); calls.csv is'
echo '# replaced only when all went well.'
prospect-filter -q -c targeting.yaml --suppress suppress.csv --excel -o calls.csv \
	clean.csv
tail -c +4 calls.csv | tr -d "\r"
