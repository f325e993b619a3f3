"""Conditions at random, asked of prospect-filter and of Python.

conditions.py SEED N COMPANIES
    prints each of N conditions that chooses other records of COMPANIES
    (the companies of egapro) than its twin here
"""
import csv
import datetime
import random
import re
import subprocess
import sys

TODAY = datetime.date(2026, 3, 1)
BANDS = {
    "NN": (0, 0), "00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9),
    "11": (10, 19), "12": (20, 49), "21": (50, 99), "22": (100, 199),
    "31": (200, 249), "32": (250, 499), "41": (500, 999), "42": (1000, 1999),
    "51": (2000, 4999), "52": (5000, 9999), "53": (10000, float("inf")),
}
COMPARE = {
    "<": lambda x, y: x < y, "<=": lambda x, y: x <= y, "=": lambda x, y: x == y,
    ">": lambda x, y: x > y, ">=": lambda x, y: x >= y, "!=": lambda x, y: x != y,
    "before": lambda x, y: x < y, "after": lambda x, y: x > y,
}


# Cells to values; None is unknown.

def people(row):
    return BANDS.get(row["tranche_effectifs"])


def naf(row):
    code = row["activite_principale"]
    return code if re.fullmatch(r"\d\d\.\d\d[A-FZ]", code) else None


def created(row):
    text = row["date_creation"]
    return None if text in ("", "1900-01-01") else datetime.date.fromisoformat(text)


def sites(row):
    return int(row["n_etablissements"]) if row["n_etablissements"] else None


def category(row):
    return row["categorie_entreprise"].lower() or None


def asked(read, test):
    def ask(row):
        value = read(row)
        return None if value is None else test(value)
    return ask


# Each gives a test in our words and its twin.

def headcount_test(_):
    n = random.choice([0, 1, 5, 9, 10, 19, 20, 49, 50, 249, 250, 499, 500, 1000, 10000])
    op = random.choice(["<", "<=", ">", ">=", "between", "empty"])
    if op == "empty":
        return "headcount empty", lambda row: row["tranche_effectifs"] == ""
    if op == "between":
        m = n + random.choice([0, 5, 50, 1000])
        return f"headcount between {n} and {m}", asked(people, lambda b: b[0] <= m and b[1] >= n)
    bound = 1 if op[0] == ">" else 0
    return f"headcount {op} {n}", asked(people, lambda b: COMPARE[op](b[bound], n))


def naf_test(rows):
    op = random.choice(["^", "in", "not in", "=", "!="])
    if op == "^":
        start = random.choice(["62", "64", "46.7", "47.1", "10", "70.10", "84"])
        return f'naf ^ "{start}"', asked(naf, lambda c: c.startswith(start))
    if op in ("=", "!="):
        code = random.choice([naf(row) for row in rows if naf(row)])
        return f"naf {op} {code}", asked(naf, lambda c: COMPARE[op](c, code))
    first, last = random.choice([(10, 33), (41, 43), (45, 47), (49, 53), (58, 63), (68, 75)])
    more = random.choice(["86.10Z", "28", "70.1"])
    return f'naf {op} ("{first}..{last}", {more})', asked(
        naf, lambda c: (first <= int(c[:2]) <= last or c.startswith(more)) == (op == "in"))


def created_test(rows):
    day = random.choice([created(row) for row in rows if created(row)])
    op = random.choice(["<", "<=", ">", ">=", "=", "before", "after", "within", "older_than", "year"])
    if op in ("within", "older_than"):
        n = random.randint(1, 60)
        since = TODAY.replace(year=TODAY.year - n)
        return f"created {op} {n} years", asked(
            created, lambda d: since <= d <= TODAY if op == "within" else d < since)
    if op == "year":
        return f"created = {day.year}", asked(created, lambda d: d.year == day.year)
    written = random.choice([day.isoformat(), day.strftime("%d/%m/%Y")])
    return f"created {op} {written}", asked(created, lambda d: COMPARE[op](d, day))


def sites_test(_):
    n = random.choice([0, 1, 2, 3, 5, 10, 50, 200])
    op = random.choice(["<", "<=", ">", ">=", "=", "!=", "in"])
    if op == "in":
        return f"n_etablissements in ({n}, 7)", asked(sites, lambda x: x in (n, 7))
    return f"n_etablissements {op} {n}", asked(sites, lambda x: COMPARE[op](x, n))


def category_test(_):
    name = random.choice(["ETI", "GE", "PME", "eti"])
    op = random.choice(["=", "!=", "empty", "not_empty"])
    if op in ("empty", "not_empty"):
        return f"category {op}", lambda row: (category(row) is None) == (op == "empty")
    return f"category {op} {name}", asked(category, lambda c: COMPARE[op](c, name.lower()))


TESTS = (headcount_test, naf_test, created_test, sites_test, category_test)
ORDER = {False: 0, None: 1, True: 2}


def condition(rows, depth):
    """A tree of tests in Kleene's logic: and is the least, or the greatest."""
    if depth == 0 or random.random() < 0.25:
        return random.choice(TESTS)(rows)
    words, ask = condition(rows, depth - 1)
    if random.random() < 0.25:
        return f"not ({words})", asked(ask, lambda value: not value)
    other_words, other = condition(rows, depth - 1)
    if random.random() < 0.5:
        return f"({words}) and ({other_words})", lambda row: min(ask(row), other(row), key=ORDER.get)
    return f"({words}) or ({other_words})", lambda row: max(ask(row), other(row), key=ORDER.get)


def main(seed, n, path):
    random.seed(int(seed))
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    n_wrong = 0
    for _ in range(int(n)):
        words, ask = condition(rows, random.randint(0, 4))
        for mode, value in (("drop", True), ("only", None)):
            run = subprocess.run(
                ["prospect-filter", "-q", "--today", TODAY.isoformat(), "--unknown", mode,
                 "-e", words, path], capture_output=True, text=True)
            found = [line.split(",")[0] for line in run.stdout.splitlines()[1:]]
            wanted = [row["siren"] for row in rows if ask(row) is value]
            if run.returncode != 0 or found != wanted:
                n_wrong += 1
                print(f"{words} ({mode}): {len(wanted)} wanted, {len(found)} found", run.stderr)
    return 0 if n_wrong == 0 else 1


sys.exit(main(*sys.argv[1:]))
