#!/bin/sh
# sh run-on.sh FOLDER: the leads of Olist, whose two files are in FOLDER, joined
# into deals and a history by join.sh.
folder=${1:?usage: sh run-on.sh FOLDER}
cd "$(dirname "$0")" || exit 1
PROSPECT_TODAY=2018-12-31
export PROSPECT_TODAY
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
sh join.sh "$folder" deals >"$work/deals.csv"
sh join.sh "$folder" history >"$work/history.csv"

echo '# How many leads became sellers.'
prospect-pipeline funnel -c stages.yaml --history "$work/history.csv" \
	--mode any --to table "$work/deals.csv"

echo
echo '# And how long that took; the others are still leads.'
prospect-pipeline time -c stages.yaml --history "$work/history.csv" \
	--to table "$work/deals.csv"

echo
echo '# By where the leads came from.'
prospect-pipeline funnel -c stages.yaml --history "$work/history.csv" \
	--mode any --by source --to csv "$work/deals.csv" | grep -e ,lead, -e stage

echo
echo '# Where the histories are not as they should be.'
prospect-pipeline check -c stages.yaml --history "$work/history.csv" \
	--to csv "$work/deals.csv" 2>&1
