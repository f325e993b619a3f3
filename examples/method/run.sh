#!/bin/sh
# The method on one page: target by criteria, signals and keywords. The two
# files say in French which notion of the method each key stands for.
cd "$(dirname "$0")" || exit 1
PROSPECT_TODAY=2026-11-23
export PROSPECT_TODAY

echo 'Companies that the target wants'
prospect-filter -c targeting.yaml --signals signals.csv --to tsv companies.csv |
	cut -f 2-4,6,9,10,13 | prospect-filter --to table

echo
echo 'What each criterion of the target costs'
prospect-filter -c targeting.yaml --signals signals.csv --funnel --to table \
	companies.csv
