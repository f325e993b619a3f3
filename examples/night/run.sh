#!/bin/sh
# A job for cron: the leads of tonight, and who among the hot ones is new since
# last night. Two nights are played here, over the files of ../method.
cd "$(dirname "$0")/../method" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# In a pipe the status of the filter would be lost: with files each step runs
# only if the one before went well, and -o replaces a list only when it is whole.
tonight()
{
	prospect-filter -c targeting.yaml --signals signals.csv \
		-o "$work/list.csv" companies.csv &&
	prospect-score -c scoring.yaml --signals signals.csv --sort --class hot \
		-o "$work/tonight.csv" "$work/list.csv"
}

# A list of yesterday's leads suppresses them: what is left is new.
report()
{
	prospect-filter -q --suppress "$work/last.csv" --to tsv "$work/tonight.csv" |
		cut -f 2,26,29,32 | prospect-filter --to table
}

# The first night nobody is known: an empty list with its header.
echo siren >"$work/last.csv"

for night in 2026-10-01 2026-11-23; do
	PROSPECT_TODAY=$night
	export PROSPECT_TODAY
	echo "# New hot leads, $night"
	tonight && report && mv "$work/tonight.csv" "$work/last.csv"
	echo "status $?"
	echo
done

echo '# A fault in the settings stops the job before anything is replaced.'
before=$(cksum <"$work/last.csv")
prospect-score -c scoring.yaml -c ../night/slip.yaml --signals signals.csv \
	-o "$work/last.csv" "$work/list.csv" 2>&1
echo "status $?"
[ "$before" = "$(cksum <"$work/last.csv")" ] && echo 'last.csv is as it was'
