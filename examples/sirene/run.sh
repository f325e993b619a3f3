#!/bin/sh
# Targeting the open files of Sirene as INSEE publishes them. The two files here
# have its columns of 2026 and invented companies; the real ones are larger, the
# commands are the same.
cd "$(dirname "$0")" || exit 1
PROSPECT_TODAY=2026-11-23
export PROSPECT_TODAY
units=StockUniteLegale_utf8.csv
sites=StockEtablissement_utf8.csv

echo '# Small industry: siren, headcount band, name, legal form, activity.'
prospect-filter -q -c units.yaml --target small_industry --to tsv $units |
	cut -f 1,14,24,28,29 | prospect-filter --to table

echo
echo '# What was found in the file, and what became of its records.'
prospect-filter -v -c units.yaml --target small_industry --count $units 2>&1

echo
echo '# What each criterion costs.'
prospect-filter -q -c units.yaml --target small_industry --funnel --to table $units

echo
echo '# Unknown is not no: firms whose headcount or age Sirene does not know.'
prospect-filter -q -c units.yaml --target small_industry --unknown only \
	--to tsv $units | cut -f 1,4,14,24 | prospect-filter --to table

echo
echo '# Old codes are unknown too: NAP 28.11 is no industry of today.'
prospect-filter -q -c units.yaml --target small_industry --explain --to tsv $units |
	cut -f 1,21,24,29,30,36- |
	prospect-filter -e 'status = C' --to table

echo
echo '# All targets at once: a label for each company, and how many of each.'
prospect-filter -q -c units.yaml --label target $units |
	prospect-filter -q --facets target,trancheEffectifsUniteLegale \
		-e 'target not empty' --to table

echo
echo '# Sole traders who refused to be contacted (P) are left out unless asked;'
echo '# it is said each time (above, -q kept it quiet).'
prospect-filter --count -e 'legal_form = 1000' $units 2>&1
prospect-filter --count -e 'legal_form = 1000' --include-undisclosed $units

echo
echo '# One line is enough for a question: head offices in Lyon.'
prospect-filter -q -e 'commune ^ 6938 and site_type = siege' --to tsv $sites |
	cut -f 3,19,20,23 | prospect-filter --to table

echo
echo '# Sites by target.'
for target in alpine_seats islands; do
	printf '%s: ' $target
	prospect-filter -q -c sites.yaml --target $target --count $sites
done
