#!/bin/sh
# sh join.sh FOLDER deals|history: makes the deals, or their moves, of the two
# files of Olist: every lead with the day of its first contact, and the day on
# which it became a seller, if it did. The fields that are wanted stand before
# any that is quoted.
leads=${1:?usage: sh join.sh FOLDER deals|history}/olist_marketing_qualified_leads_dataset.csv
sellers=$1/olist_closed_deals_dataset.csv
awk -F , -v what="${2:?usage: sh join.sh FOLDER deals|history}" '
BEGIN {
	OFS = ","
	if (what == "history")
		print "deal", "date", "from", "to"
	else
		print "deal", "stage", "created", "closed", "source", "families"
}
FNR == 1 { next }
NR == FNR {
	won[$1] = substr($5, 1, 10)
	segment[$1] = $6
	next
}
what == "history" {
	print $1, $2, "", "lead"
	if ($1 in won)
		print $1, won[$1], "lead", "seller"
	next
}
{ print $1, $1 in won ? "seller" : "lead", $2, won[$1], $4, segment[$1] }
' "$sellers" "$leads"
