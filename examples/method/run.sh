#!/bin/sh
# The method on one page: target by criteria, signals and keywords, then score
# the list. targeting.yaml and scoring.yaml say in French which notion of the
# method each key stands for. The filter writes the companies as they came, so
# its output is the input of the score; `cut` keeps the columns to look at, and a
# filter without conditions makes a table of them.
cd "$(dirname "$0")" || exit 1
PROSPECT_TODAY=2026-11-23
export PROSPECT_TODAY

target()
{
	prospect-filter -c targeting.yaml --signals signals.csv "$@" companies.csv
}

score()
{
	prospect-score -c scoring.yaml --signals signals.csv "$@"
}

echo 'LEADS, BEST FIRST, AND WHY'
echo
target | score --sort --class hot,potential --add score,class,coverage,reasons \
	--to tsv | cut -f 2,26- | prospect-filter --to table

echo
echo 'HOW TO OPEN THE CALL: the hot ones, with the news that counted most'
echo
target | score --sort --class hot --add context --to tsv | cut -f 2,3,23,26- |
	prospect-filter --to table

echo
echo 'WHERE THE POINTS OF THE FIRST COME FROM: they add up to its score'
echo
best=$(target | score --top 1 --to tsv | tail -n 1 | cut -f 1)
target | score --explain --id "$best" --to table

echo
echo 'WHAT EACH CRITERION OF THE TARGET COSTS'
echo
target --funnel --to table
