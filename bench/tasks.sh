# The tasks, for `run`, which sources this. task_NAME prints the commands to
# measure against one another, a line each: a name, a tab, a command. It reads
# files in $data and writes queries to $work.
#
# The peers get their conditions from peers/; SQL says the same to DuckDB, to
# Polars and to zsv. A name ends in the number of threads where it was chosen.

stages=$bench/../examples/pipeline/stages.yaml
tasks='T1 T3a T3b T3e T4 T5 T6 sort join quoted pipe start growth long status reports'

# What a task is, for people.
describe() # TASK
{
	case $1 in
	T1) echo 'count establishments' ;;
	T3a) echo 'filter prospects, 21 % kept' ;;
	T3b) echo 'filter prospects, 0.26 % kept' ;;
	T3e) echo 'filter establishments, 0.7 % kept' ;;
	T4) echo 'score prospects by ten conditions' ;;
	T5) echo 'ratios of calls by session and agent' ;;
	T6) echo 'top 1,000 of the prospects' ;;
	sort) echo 'sort prospects by score' ;;
	join) echo 'join signals to establishments' ;;
	quoted) echo 'T3b, plain and all fields quoted' ;;
	pipe) echo 'filter between two cats' ;;
	start) echo 'filter and score 1 MB' ;;
	growth) echo 'T3e and T4, files of three sizes' ;;
	long) echo 'T3e from a pipe without end' ;;
	status) echo 'status of deals, and reading them' ;;
	reports) echo 'all reports on deals and their moves' ;;
	esac
}

ours() # COMMAND...
{
	command=$1
	shift
	if "$build/$command" --help | grep -q -- '^  *-j'; then
		for n in 2 1; do
			echo "prospect-$n	$build/$command -j $n $*"
		done
	else
		echo "prospect-1	$build/$command $*"
	fi
}

# The name and command of a peer, if it is there and wanted.
peer() # NAME PROGRAM COMMAND
{
	case " $tools " in
	*" ${1%-[0-9]} "*) ! has "$2" || echo "$1	$3" ;;
	esac
}

lines() # FILE
{
	peer wc wc "wc -l $data/$1"
}

# What SQL says of $data/FILE.csv, and of signals where it asks for them.
sql() # QUERY FILE
{
	query=$bench/peers/$1.sql
	options='header = true, all_varchar = true, delim = '"','"
	signals=
	[ "$1" != join ] || signals=$data/signals.csv
	for n in 2 1; do
		{
			echo "SET threads = $n; COPY ("
			sed -e "s|FROM data|FROM read_csv('$data/$2.csv', $options)|" \
				-e "s|FROM signals|FROM read_csv('$signals', $options)|" \
				"$query"
			echo ") TO '/dev/stdout' (FORMAT csv, HEADER);"
		} >"$work/$1.duckdb-$n.sql"
		peer duckdb-$n duckdb "duckdb -batch -f $work/$1.duckdb-$n.sql"
		peer polars-$n polars "env POLARS_MAX_THREADS=$n $python $bench/peers/run_polars.py $query $data/$2.csv , $signals"
	done
	case $1 in
	wide | narrow | sites | calls) peer zsv zsv "zsv sql $data/$2.csv @$query" ;;
	esac
}

# A filter as each peer says it.
filters() # QUERY FILE
{
	lines "$2.csv"
	sql "$1" "$2"
	peer xan xan "xan filter -f $bench/peers/$1.xan $data/$2.csv"
	peer miller mlr "mlr --csv -S filter -f $bench/peers/$1.mlr $data/$2.csv"
	[ ! -f "$bench/peers/$1.awk" ] ||
		peer mawk mawk "mawk -F, -v OFS=, -f $bench/peers/$1.awk $data/$2.csv"
}

task_T1()
{
	ours prospect-filter --include-undisclosed --count "$data/etab.csv"
	lines etab.csv
	sql count etab
	peer zsv zsv "zsv count $data/etab.csv"
	peer xan xan "xan count $data/etab.csv"
	peer miller mlr "mlr --icsv --ojson count $data/etab.csv"
}

task_T3a()
{
	ours prospect-filter -c "$bench/wide.yaml" "$data/prospects.csv"
	filters wide prospects
}

task_T3b()
{
	ours prospect-filter -c "$bench/narrow.yaml" "$data/prospects.csv"
	filters narrow prospects
}

task_T3e()
{
	ours prospect-filter -c "$bench/sites.yaml" --include-undisclosed \
		"$data/etab.csv"
	filters sites etab
}

task_T4()
{
	ours prospect-score -c "$bench/score.yaml" --add score,class \
		"$data/prospects.csv"
	lines prospects.csv
	sql score prospects
	peer miller mlr "mlr --csv -S put -f $bench/peers/score.mlr $data/prospects.csv"
}

task_T5()
{
	if [ -x "$build/prospect-ratios" ]; then
		ours prospect-ratios sessions -c "$bench/calls.yaml" \
			--unit call --to csv "$data/calls.csv"
	fi
	lines calls.csv
	sql calls calls
	counts=calls,nrp,rapp,refus,rdv,hc,faux,abs
	peer mawk mawk "mawk -F, -v OFS=, -f $bench/peers/calls.awk $data/calls.csv"
	peer miller mlr "mlr --csv -S put -f $bench/peers/calls.mlr then stats1 -a sum -f $counts -g session,agent then rename -g -r _sum, $data/calls.csv"
}

task_T6()
{
	ours prospect-score -c "$bench/top.yaml" --top 1000 --add score \
		"$data/prospects.csv"
	lines prospects.csv
	sql top prospects
}

task_sort()
{
	ours prospect-score -c "$bench/score.yaml" --sort --add score,class \
		"$data/prospects.csv"
	lines prospects.csv
	sql sort prospects
}

task_join()
{
	ours prospect-filter --include-undisclosed \
		--signals "$data/signals.csv" -c "$bench/signals.yaml" \
		--today 2024-12-31 "$data/etab.csv"
	lines etab.csv
	sql join etab
}

task_quoted()
{
	for form in prospects prospects-q; do
		ours prospect-filter -c "$bench/narrow.yaml" "$data/$form.csv" |
			sed "s/^prospect/$form/"
	done
}

task_pipe()
{
	echo "cat	cat $data/etab.csv | cat"
	echo "filter	cat $data/etab.csv | $build/prospect-filter -c $bench/sites.yaml --include-undisclosed | cat"
	echo "cat-2	cat $data/prospects.csv | cat"
	echo "filter-2	cat $data/prospects.csv | $build/prospect-filter -c $bench/narrow.yaml | cat"
	echo "score	cat $data/prospects.csv | $build/prospect-score -c $bench/score.yaml --add score,class | cat"
}

task_start()
{
	echo "nothing	true"
	echo "filter	$build/prospect-filter -c $bench/narrow.yaml $data/start.csv"
	echo "score	$build/prospect-score -c $bench/score.yaml --add score,class $data/start.csv"
}

task_growth()
{
	for size in $growth; do
		echo "filter-$size	$build/prospect-filter -c $bench/sites.yaml --include-undisclosed $data/etab-$size.csv"
		echo "wc-$size	wc -l $data/etab-$size.csv"
		echo "score-$size	$build/prospect-score -c $bench/score.yaml --add score,class $data/prospects-$size.csv"
	done
}

# The records of a file over and over.
task_long()
{
	repeat="head -n 1 $data/etab.csv; n=0; while [ \$n -lt $repeats ]; do tail -n +2 $data/etab.csv; n=\$((n + 1)); done"
	echo "filter	{ $repeat; } | $build/prospect-filter -c $bench/sites.yaml --include-undisclosed"
}

# What is read is counted by a condition that no deal fulfils.
task_status()
{
	[ -x "$build/prospect-pipeline" ] || return 0
	ours prospect-pipeline status -c "$stages" --to csv "$data/deals.csv"
	for n in 2 1; do
		echo "read-$n	$build/prospect-filter -j $n -e 'stage = none' $data/deals.csv"
	done
}

# By as many threads as there are cores. Findings of check end it with 1.
task_reports()
{
	[ -x "$build/prospect-pipeline" ] || return 0
	for report in status check alerts qualify funnel time velocity \
		winrate forecast backtest calibration 'coverage --target 1M€' \
		lost families 'pressure --touches MOVES' due priorities; do
		report=$(echo "$report" | sed "s|MOVES|$data/moves.csv|")
		echo "deals-${report%% *}	$build/prospect-pipeline $report -q -c $stages --to csv --history $data/moves.csv $data/deals.csv || [ \$? -eq 1 ]"
	done
}
