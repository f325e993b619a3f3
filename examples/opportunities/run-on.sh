#!/bin/sh
# sh run-on.sh FOLDER: the deals of "CRM Sales Opportunities" (sales_pipeline.csv
# in FOLDER), as they stood at the end of 2017.
deals=${1:?usage: sh run-on.sh FOLDER}/sales_pipeline.csv
cd "$(dirname "$0")" || exit 1
PROSPECT_TODAY=2017-12-31
export PROSPECT_TODAY

echo '# Won, lost and open.'
prospect-pipeline -c stages.yaml --to table "$deals"

echo
echo '# How often a deal is won.'
prospect-pipeline winrate -c stages.yaml --to table "$deals"

echo
echo '# By product.'
prospect-pipeline winrate -c stages.yaml --by family --to table "$deals"

echo
echo '# By agent, the first five by name.'
prospect-pipeline winrate -c stages.yaml --by owner --to table "$deals" |
	head -n 7

echo
echo '# The trap: one product is spelt otherwise than in products.csv.'
prospect-pipeline check -c stages.yaml --to tsv "$deals" | cut -f 1,6,7 |
	sort | uniq -c | sort -rn | sed 's/^ *//'

echo
echo '# How long deals take from engagement to their end.'
prospect-pipeline time -c stages.yaml --to table "$deals" | sed -n '1,2p;/(all)/p'

echo
echo '# What a day brings.'
prospect-pipeline velocity -c stages.yaml --to table "$deals" | head -n 7
