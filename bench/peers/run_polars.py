"""Runs a SELECT over a CSV file with Polars: run_polars.py SQL FILE SEPARATOR [SIGNALS]

Threads are those of POLARS_MAX_THREADS.
"""

import sys

import polars


def table(path, separator=","):
    return polars.scan_csv(path, separator=separator, infer_schema=False)


tables = {"data": table(sys.argv[2], sys.argv[3])}
if len(sys.argv) > 4:
    tables["signals"] = table(sys.argv[4])
with open(sys.argv[1], encoding="utf-8") as file:
    query = polars.SQLContext(tables).execute(file.read())
query.sink_csv("/dev/stdout")
