"""Scores by tests/targets/scoring.yaml, computed by other means than ours.

points.py signals BODACC EQUALITY
    writes signals made of judgments and of high marks
points.py same COMPANIES SIGNALS OUTPUT EXPLAINED
    prints what differs where OUTPUT has not the scores of COMPANIES, or where
    the lines of EXPLAINED do not add up to them
"""
import csv
import datetime
import decimal
import re
import sys
from decimal import Decimal

TODAY = datetime.date(2021, 11, 1)
BANDS = {  # geometric middles, as INSEE's bands are published
    "NN": 0, "00": 0, "01": 1, "02": 4, "03": 7, "11": 14, "12": 31, "21": 70,
    "22": 141, "31": 223, "32": 353, "41": 707, "42": 1414, "51": 3162,
    "52": 7071, "53": 10000,
}
BINS = ((0, 49, "2"), (50, 249, "10"), (250, 999, "25.25"), (1000, 10**9, "8"))


def read(path, separator=","):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator, strict=True))


def write_signals(bodacc, equality):
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("siren", "date", "signal"))
    rows = [(row["RCS"], row["DATE"], "distress") for row in read(bodacc)]
    rows += [(row["SIREN"], row["Année"] + "-06-15", "buzz") for row in read(equality, ";")
             if row["Note"] and int(row["Note"]) >= 90]
    out.writerows(row for row in rows if re.fullmatch(r"\d{9}", row[0]))


def hundredths(number):
    return number.quantize(Decimal("0.01"), decimal.ROUND_HALF_UP)


def faded(points, days, half_life):
    return hundredths(Decimal(points) * Decimal(2) ** (-Decimal(days) / half_life))


def fit_rules(row):
    """Weight and points of each rule; None where it cannot be asked."""
    code = row["activite_principale"]
    is_rev2 = re.fullmatch(r"\d\d\.\d\d[A-FZ]", code)
    yield 20, (Decimal(20) if 10 <= int(code[:2]) <= 33 else Decimal(0)) if is_rev2 else None
    people = BANDS.get(row["tranche_effectifs"])
    yield Decimal("25.25"), None if people is None else next(
        Decimal(points) for low, high, points in BINS if low <= people <= high)
    category = row["categorie_entreprise"]
    yield 7, {"ETI": Decimal(7), "GE": Decimal("3.5")}.get(category, Decimal(-4)) if category else None
    created = row["date_creation"]
    if created in ("", "1900-01-01"):
        yield Decimal("6.75"), None
    else:
        is_young = datetime.date.fromisoformat(created) >= TODAY.replace(year=TODAY.year - 15)
        yield Decimal("6.75"), Decimal("-6.75") if is_young else Decimal(0)
    sites = row["n_etablissements"]
    if sites == "":
        yield Decimal("5.01"), None
    else:
        sites = int(sites)
        yield Decimal("5.01"), Decimal("0.5" if 1 <= sites <= 3 else "5.01" if 4 <= sites <= 20 else 0)


def expected(row, signals):
    rules = list(fit_rules(row))
    fit = min(sum(points or 0 for _, points in rules), 45)
    mine = signals.get(row["siren"])
    buzz = distress = Decimal(0)
    is_out = False
    for days, signal in mine or ():
        if signal == "buzz":
            buzz += faded("6.3", days, 180)
        else:
            distress += faded("-30", days, 365)
            is_out = is_out or days <= 60
    buzz = min(buzz, Decimal(15))
    rules.append((15, None if mine is None else buzz))
    rules.append((30, None if mine is None else distress))
    news = buzz + distress
    total = max(Decimal(0), min(fit + news, Decimal(60)))
    weight = sum(Decimal(w) for w, _ in rules)
    known = sum(Decimal(w) for w, points in rules if points is not None)
    coverage = (known / weight).quantize(Decimal("0.0001"), decimal.ROUND_HALF_UP)
    if is_out:
        return Decimal(0), fit, news, "disqualified", coverage
    name = "hot" if total >= 46 and known >= Decimal("0.8") * weight else (
        "potential" if total >= Decimal("25.5") else "rest")
    return total, fit, news, name, coverage


def same(companies, signals_path, output, explained):
    rows = read(companies)
    signals = {}
    for siren, date, signal in {tuple(r.values()) for r in read(signals_path)}:
        days = (TODAY - datetime.date.fromisoformat(date)).days
        if days >= 0:
            signals.setdefault(siren, []).append((days, signal))
    found = read(output)
    sums = {}
    for line in read(explained):
        sums[line["key"]] = sums.get(line["key"], 0) + Decimal(line["points"] or 0)
    n_wrong = abs(len(rows) - len(found))
    for row, score in zip(rows, found):
        want = expected(row, signals)
        got = (Decimal(score["score"]), Decimal(score["fit"]), Decimal(score["news"]),
               score["class"], Decimal(score["coverage"]))
        if any(score[name] != row[name] for name in row) or got != want:
            n_wrong += 1
            print(row, *want, "became", *got)
        if sums.get(row["siren"], 0) != got[0]:
            n_wrong += 1
            print(row["siren"], "explained as", sums.get(row["siren"]), "not", got[0])
    return n_wrong == 0


if sys.argv[1] == "signals":
    write_signals(*sys.argv[2:])
elif not same(*sys.argv[2:]):
    sys.exit(1)
