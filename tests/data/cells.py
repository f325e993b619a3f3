"""CSV by other means than ours: Python's csv module. Both commands read lines
of words from standard input; a separator may be the word TAB.

cells.py vary: FILE CODEC SEP FOLDER
    writes FILE in other dialects into FOLDER; each has the same cells
cells.py same: NAME FILE CODEC SEP OUTPUT OUT-SEP
    prints NAME and what differs where OUTPUT (UTF-8) has not the cells of FILE
"""
import csv
import functools
import os
import sys

csv.field_size_limit(1 << 30)


@functools.lru_cache(maxsize=1)
def read(path, codec, separator):
    with open(path, encoding=codec, newline="") as file:
        return list(csv.reader(file, delimiter=separator, strict=True))


def write(path, rows, separator, line_end):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator, lineterminator=line_end).writerows(rows)


def encode(path, text, codec, mark=b""):
    try:
        data = mark + text.encode(codec)
    except UnicodeEncodeError:
        return
    with open(path, "wb") as file:
        file.write(data)


def vary(path, codec, separator, folder):
    rows = read(path, codec, separator)
    with open(path, encoding=codec, newline="") as file:
        text = file.read()
    os.makedirs(folder)
    write(folder + "/tab", rows, "\t", "\n")
    write(folder + "/semicolon-crlf", rows, ";", "\r\n")
    write(folder + "/comma-lf", rows, ",", "\n")
    encode(folder + "/bom", text, "utf-8", b"\xef\xbb\xbf")
    encode(folder + "/utf-16le", text, "utf-16-le", b"\xff\xfe")
    encode(folder + "/utf-16be", text, "utf-16-be", b"\xfe\xff")
    encode(folder + "/no-final-newline", text.rstrip("\r\n"), "utf-8")
    encode(folder + "/windows-1252", text, "cp1252")


def difference(expected, found):
    for number, (a, b) in enumerate(zip(expected, found), 1):
        if a == b:
            continue
        for i, (x, y) in enumerate(zip(a, b), 1):
            if x != y:
                return f"record {number}, column {i}: {x!r} became {y!r}"
        return f"record {number}: {len(a)} cells became {len(b)}"
    return f"{len(expected)} records became {len(found)}"


def same(name, path, codec, separator, output, out_separator):
    expected = read(path, codec, separator)
    try:
        with open(output, encoding="utf-8", newline="") as file:
            found = list(csv.reader(file, delimiter=out_separator, strict=True))
    except (OSError, ValueError, csv.Error) as error:
        print(name, output, error)
        return
    if found != expected:
        print(name, output, difference(expected, found))


for line in sys.stdin:
    words = ["\t" if word == "TAB" else word for word in line.split()]
    {"vary": vary, "same": same}[sys.argv[1]](*words)
