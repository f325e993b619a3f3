#!/bin/sh
# The deals of an invented company of nine people, exported by its CRM, against
# its sales handbook, stages.yaml: nine stages follow the prospects, as in the
# method.
cd "$(dirname "$0")" || exit 1
PROSPECT_TODAY=2026-11-23
export PROSPECT_TODAY

echo '# Supervise: who has what.'
prospect-pipeline status -c stages.yaml --by owner --to table deals.csv

echo
echo '# See how far the deals are, by stage; the bars are of their number.'
prospect-pipeline -c stages.yaml --to table deals.csv

echo
echo '# What is behind a number: the two that nobody has touched for too long'
echo '# among those that should be followed up or are hot.'
for stage in a_suivre chaud; do
	prospect-pipeline -c stages.yaml --rows "$stage:stale" --to tsv deals.csv
done | cut -f 1,3-6 | sort -u

echo
echo '# Be told what is out of the ordinary; from cron, --fail-on-alert.'
prospect-pipeline alerts -c stages.yaml --history history.csv \
	--fail-on-alert --to table deals.csv
echo "status $?"

echo
echo '# Where the handbook is not kept.'
prospect-pipeline check -c stages.yaml --history history.csv --to table deals.csv
echo "status $?"

echo
echo '# Lead or project? Who said it weighs most.'
prospect-pipeline qualify -c stages.yaml --to table deals.csv

echo
echo '# Of those that came to a stage, how many went on.'
prospect-pipeline funnel -c stages.yaml --history history.csv --mode any \
	--to table deals.csv

echo
echo '# How long it takes; deals that are there still count as not ended yet.'
prospect-pipeline time -c stages.yaml --history history.csv --to table deals.csv

echo
echo '# What comes in, month by month, and what may.'
prospect-pipeline forecast -c stages.yaml --history history.csv \
	--to table deals.csv

echo
echo '# How good that forecast would have been.'
prospect-pipeline backtest -c stages.yaml --history history.csv \
	--to table deals.csv

echo
echo '# What a day brings, and what a tenth more of each factor would.'
prospect-pipeline velocity -c stages.yaml --to table deals.csv

echo
echo '# Is there enough for the goal of the year?'
prospect-pipeline coverage -c stages.yaml --target '150 k€' \
	--since 2026-01-01 --until 2026-12-31 --to table deals.csv

echo
echo '# How often deals are won, where they are lost, and by product family.'
prospect-pipeline winrate -c stages.yaml --to table deals.csv
prospect-pipeline lost -c stages.yaml --history history.csv --to table deals.csv
prospect-pipeline families -c stages.yaml --to table deals.csv

echo
echo '# Who is worked too little, who is asked too often.'
prospect-pipeline pressure -c stages.yaml --touches calls.csv --to table deals.csv

echo
echo '# What is due within 30 days, and whom to call today.'
prospect-pipeline due -c stages.yaml --to table deals.csv
prospect-pipeline priorities -c stages.yaml --top 5 --to table deals.csv

echo
echo '# The page for the staff, and the graph of the stages, from the same file.'
prospect-pipeline manual -c stages.yaml | sed -n '/^### Chaud/,/^### Froid/p'
prospect-pipeline graph -c stages.yaml | grep chaud
