"""Which records a target of tests/targets/ wants, computed by other means.

wanted.py SETTINGS TARGET FILE OUTPUT
    prints what differs where OUTPUT is not the wanted records of FILE in order
"""
import csv
import datetime
import re
import sys
import unicodedata

TODAY = datetime.date(2026, 3, 1)

# First and last number of people of the bands of INSEE.
BANDS = {
    "NN": (0, 0), "00": (0, 0), "01": (1, 2), "02": (3, 5), "03": (6, 9),
    "11": (10, 19), "12": (20, 49), "21": (50, 99), "22": (100, 199),
    "31": (200, 249), "32": (250, 499), "41": (500, 999), "42": (1000, 1999),
    "51": (2000, 4999), "52": (5000, 9999), "53": (10000, float("inf")),
}
BRITTANY = ("cotes d'armor", "finistere", "ille et vilaine", "morbihan")
LOIRE = ("44", "49", "53", "72", "85")


def folded(text):
    text = unicodedata.normalize("NFD", text.lower()).replace("-", " ")
    return "".join(c for c in text if not unicodedata.combining(c))


def is_true(value):
    return value is True


def negated(value):
    return None if value is None else not value


def every(*values):
    return False if False in values else None if None in values else True


def some(*values):
    return True if True in values else None if None in values else False


def at_least(n, *values):
    sure = values.count(True)
    return True if sure >= n else None if sure + values.count(None) >= n else False


def overlaps(band, low, high):
    if band == "":
        return None
    first, last = BANDS[band]
    return first <= high and last >= low


def is_inside(band, low, high):
    if band == "":
        return None
    first, last = BANDS[band]
    return first >= low and last <= high


def division(row):
    """Of NAF rev. 2; older codes are not understood, whatever they look like."""
    if row["nomenclatureActivitePrincipaleUniteLegale"] != "NAFRev2":
        return None
    return row["activitePrincipaleUniteLegale"][:2]


def in_divisions(row, wanted):
    code = division(row)
    return None if code is None else int(code) in wanted


def building(row):
    code = row["activitePrincipaleUniteLegale"]
    return some(in_divisions(row, (41, 42, 43, 68)),
                None if division(row) is None else code.startswith("46.7"))


def date(text):
    if text in ("", "1900-01-01"):
        return None
    return datetime.date.fromisoformat(text)


def years_ago(n):
    return TODAY.replace(year=TODAY.year - n)


def asked(value, test):
    return None if value is None else test(value)


def number(text):
    return None if text in ("", "NC") else int(text)


def naf(text):
    """A code of NAF rev. 2, by its shape alone."""
    return text if re.fullmatch(r"\d\d\.\d\d[A-FZ]", text) else None


def department(commune):
    if commune == "":
        return None
    return commune[:3] if commune[:2] in ("97", "98") else commune[:2]


def created(row):
    return date(row["dateCreationEtablissement"])


def builders(row):
    return every(row["etatAdministratifUniteLegale"] == "A", building(row),
                 overlaps(row["trancheEffectifsUniteLegale"], 1, 60),
                 row["categorieJuridiqueUniteLegale"][:2] in ("54", "57"))


def inside(row):
    return every(in_divisions(row, (41, 42, 43, 45, 46, 47, 49, 50, 51, 52, 53)),
                 is_inside(row["trancheEffectifsUniteLegale"], 6, 60))


def doubtful(row):
    band = row["trancheEffectifsUniteLegale"]
    return every(building(row), band == "" or overlaps(band, 1, 60),
                 row["categorieJuridiqueUniteLegale"][:2] != "57")


def cleaning(row):
    return in_divisions(row, (81, 70, 64))


def old_heads(row):
    return every(asked(department(row["codeCommuneEtablissement"]), lambda d: d in ("80", "04")),
                 asked(created(row), lambda d: 1954 <= d.year <= 1990),
                 row["etablissementSiege"] == "true")


def first_known(row):
    return asked(created(row), lambda d: d.year < 1954)


def young_or_aside(row):
    return every(some(asked(created(row), lambda d: years_ago(20) <= d <= TODAY),
                      row["etablissementSiege"] == "false"),
                 negated(asked(department(row["codeCommuneEtablissement"]), lambda d: d in LOIRE)))


def south(row):
    return every(asked(number(row["Note"]), lambda n: n >= 90), row["Année"] == "2020",
                 asked(folded(row["Département"]) or None,
                       lambda d: d in ("bouches du rhone", "herault", "haute garonne", "corse du sud")))


def region(row):
    return every(asked(folded(row["Région"]) or None, lambda r: r == "ile de france"),
                 asked(number(row["Note"]), lambda n: 60 <= n <= 75),
                 asked(folded(row["Structure"]) or None, lambda s: s != "entreprise"))


def unmarked(row):
    mark = number(row["Note"])
    return every(mark is None or mark < 50,
                 asked(folded(row["Département"]) or None, lambda d: d in BRITTANY),
                 row["Année"] in ("2018", "2019"))


def makers(row):
    return every(asked(naf(row["activite_principale"]), lambda c: 10 <= int(c[:2]) <= 33),
                 is_inside(row["tranche_effectifs"], 250, float("inf")),
                 asked(date(row["date_creation"]), lambda d: d < years_ago(40)),
                 asked(row["categorie_entreprise"] or None, lambda c: c in ("ETI", "GE")),
                 asked(number(row["n_etablissements"]), lambda n: n <= 3))


def small(row):
    return every(overlaps(row["tranche_effectifs"], 0, 19),
                 asked(date(row["date_creation"]), lambda d: d.year > 2009))


def two_of_three(row):
    return at_least(2, overlaps(row["tranche_effectifs"], 100, 249),
                    asked(naf(row["activite_principale"]), lambda c: c.startswith("62")),
                    asked(date(row["date_creation"]), lambda d: years_ago(15) <= d <= TODAY))


WANTED = {
    "builders": builders, "inside": inside, "doubtful": doubtful, "cleaning": cleaning,
    "old_heads": old_heads, "first_known": first_known, "young_or_aside": young_or_aside,
    "south": south, "region": region, "unmarked": unmarked,
    "makers": makers, "small": small, "some": two_of_three,
}


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        separator = ";" if ";" in file.readline() else ","
        file.seek(0)
        return list(csv.DictReader(file, delimiter=separator, strict=True))


def main(target, path, output):
    wanted = [row for row in read(path) if is_true(WANTED[target](row))]
    found = read(output)
    print(f"{len(wanted)} wanted, {len(found)} found")
    missing = [row for row in wanted if row not in found]
    extra = [row for row in found if row not in wanted]
    for what, rows in (("missing", missing), ("extra", extra)):
        for row in rows[:5]:
            print(what, {k: v for k, v in row.items() if v})
    return 0 if wanted == found else 1


sys.exit(main(*sys.argv[1:]))
