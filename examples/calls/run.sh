#!/bin/sh
# A month of calls, invented by generate.awk: three agents, a session a day each.
# Two causes of falling appointments are planted in it, and found.
cd "$(dirname "$0")" || exit 1
PROSPECT_TODAY=2026-11-30
export PROSPECT_TODAY
work=$(mktemp -d) || exit 1
pipeline=$(cd ../pipeline && pwd) || exit 1
trap 'rm -rf "$work"' EXIT
awk -f generate.awk >"$work/calls.csv" || exit 1
cp calls.yaml "$work" && cd "$work" || exit 1

echo '# The log as a spreadsheet has it. Nothing has to be said of its form.'
head -n 4 calls.csv
prospect-ratios --check -c calls.yaml calls.csv && echo '(the settings are right)'

echo
echo '# Every ratio with what it is made of, how sure it is, and where it goes.'
prospect-ratios -c calls.yaml --to table calls.csv

echo
echo '# Why do appointments fall? The data speak of two of the four causes.'
prospect-ratios diagnosis -c calls.yaml --to table calls.csv

echo
echo '# Is an agent different from the others?'
prospect-ratios --by agent -c calls.yaml --to tsv calls.csv |
	awk -F'\t' 'NR == 1 || $2 == "appointment_rate" || $2 == "calls_per_hour"' |
	cut -f 1,2,4-8,10,13-17 | prospect-filter --to table

echo
echo '# How far calls come, why people refuse, who keeps the gate.'
prospect-ratios funnel --to table --ascii calls.csv
prospect-ratios reasons --to table calls.csv
prospect-ratios gatekeepers --to table calls.csv

echo
echo '# When to call, how often, and whom next.'
prospect-ratios hours --to table calls.csv | head -n 7
prospect-ratios attempts --to table calls.csv
prospect-ratios due calls.csv | head -n 5

echo
echo '# How many hours for ten appointments, and the signatures behind them.'
prospect-ratios effort --wanted 10 --quotes 12/40 --signatures 5/12 --to table calls.csv

echo
echo '# The same with what became of the appointments in the pipeline.'
prospect-pipeline funnel -c "$pipeline/stages.yaml" \
	--history "$pipeline/history.csv" "$pipeline/deals.csv" >funnel.csv
prospect-ratios effort --wanted 10 --pipeline funnel.csv --to table calls.csv

echo
echo '# Who was called too often, and what is wrong with the log.'
prospect-ratios pressure --to table calls.csv | sed -n '1,5p;$p'
prospect-ratios check -c calls.yaml calls.csv
echo "status $?"

echo
echo '# The log in three pieces, counted apart and joined: the same.'
for i in 1 2 3; do
	awk -v i=$i 'NR == 1 || int((NR - 2) / 700) + 1 == i || (i == 3 && NR > 2101)' \
		calls.csv | prospect-ratios trend -c calls.yaml --partial >state$i
done
prospect-ratios trend -c calls.yaml calls.csv >whole
prospect-ratios trend -c calls.yaml --merge state1 state2 state3 |
	cmp - whole && echo equal
