"""Test vectors with their cells in JSON: rows of strings, or objects by header.
Both commands read lines of words from standard input.

vectors.py vary: CSV JSON FOLDER
    writes CSV in other dialects into FOLDER, and its number of columns
vectors.py same: NAME JSON OUTPUT FORM
    prints NAME and what differs where OUTPUT has not the cells of JSON. FORM is
    a separator (TAB for the tab), json, jsonl, or rows.json and rows.jsonl,
    where the names of the columns do not count
"""
import csv
import json
import os
import sys

# location_coordinates has another telephone number in its JSON.
HEADER = ["foo", "bar", "baz"]  # of the vector without records
FLAW = ("Contact Phone Number", "2095257564")


def expected_rows(path):
    with open(path, encoding="utf-8") as file:
        items = json.load(file)
    if isinstance(items, dict):
        items = [items]
    if not items:
        return [HEADER]
    if isinstance(items[0], list):
        return items
    rows = [list(items[0])] + [list(item.values()) for item in items]
    if rows[0][0] == FLAW[0]:
        rows[1][0] = FLAW[1]
    return rows


def vary(path, json_path, folder):
    rows = expected_rows(json_path)
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    os.makedirs(folder)
    variants = {
        "as-it-is": (text, "utf-8"),
        "bom": ("\ufeff" + text, "utf-8"),
        "utf-16le": ("\ufeff" + text, "utf-16-le"),
        "utf-16be": ("\ufeff" + text, "utf-16-be"),
        "windows-1252": (text, "cp1252"),
    }
    # An empty last record of one column is there by its line end alone.
    if rows[-1] != [""]:
        variants["no-final-newline"] = (text.removesuffix("\n").removesuffix("\r"), "utf-8")
        variants["final-newline"] = (text.removesuffix("\n").removesuffix("\r") + "\n", "utf-8")
    for name, (content, codec) in variants.items():
        try:
            data = content.encode(codec)
        except UnicodeEncodeError:
            continue
        with open(f"{folder}/{name}", "wb") as file:
            file.write(data)
    for name, separator, line_end in (
        ("tab", "\t", "\n"),
        ("semicolon", ";", "\n"),
        ("bar", "|", "\n"),
        ("crlf", ",", "\r\n"),
    ):
        with open(f"{folder}/{name}", "w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=separator, lineterminator=line_end).writerows(rows)
    with open(folder + ".columns", "w", encoding="utf-8") as file:
        print(len(rows[0]), file=file)


def found_rows(path, form):
    with open(path, encoding="utf-8", newline="") as file:
        if not form.endswith(("json", "jsonl")):
            rows = csv.reader(file, delimiter=form, strict=True)
            return [row or [""] for row in rows]
        items = json.load(file) if form.endswith("json") else [json.loads(line) for line in file]
    rows = [list(item.values()) for item in items]
    if not form.startswith("rows.") and items:
        rows.insert(0, list(items[0]))
    return rows


def same(name, json_path, output, form):
    expected = expected_rows(json_path)
    if form in ("json", "jsonl") and len(expected) == 1:
        expected = []  # no record, so no names
    try:
        found = found_rows(output, form)
    except (OSError, ValueError, csv.Error) as error:
        print(name, output, error)
        return
    if found != expected:
        print(name, f"{output}: {expected!r} became {found!r}")


for line in sys.stdin:
    words = ["\t" if word == "TAB" else word for word in line.split()]
    {"vary": vary, "same": same}[sys.argv[1]](*words)
