"""asvs.py TREE BUILD: whether asvs.md answers each requirement of OWASP ASVS 5.0.0, Levels 1 and 2, once and with something to show.

What a row names must be there: a test in ctest's list, a case in tests/, a text in its file. Whether it shows what the row says,
a reader judges.
"""
import collections
import pathlib
import re
import subprocess
import sys

ANSWERS = ("met", "not applicable", "deviation")
CELLS = ("id", "level", "requirement", "answer", "proofs", "reason")
Row = collections.namedtuple("Row", CELLS)
MOST_LEVEL = 2


def levels(text):
    """The requirements that must be answered, {id: level}, from the lines SECTION LEVELS."""
    wanted = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        section, digits = line.split()
        for number, level in enumerate(digits, 1):
            if level != "-" and int(level) <= MOST_LEVEL:
                wanted[f"{section}.{number}"] = level
    return wanted


def rows(text):
    for line in text.splitlines():
        if not re.match(r"\| \d", line):
            continue
        cells = [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]
        yield Row(*cells) if len(cells) == len(CELLS) else line


def complaints_of_row(row, level, is_there):
    """What is wrong with one row; `is_there` says whether what a proof names is there."""
    if level is None:
        yield "is no requirement of these levels"
    elif row.level != level:
        yield f"is of level {level}"
    if row.answer not in ANSWERS:
        yield f"is answered by {row.answer!r}"
    if not row.requirement:
        yield "does not say what it is about"
    proofs = [proof.strip("`") for proof in row.proofs.split("<br>") if proof]
    if row.answer == "met" and not proofs:
        yield "shows nothing"
    if row.answer != "met" and not row.reason:
        yield "has no reason"
    for proof in proofs + re.findall(r"`([^`]+)`", row.reason):
        if not is_there(proof):
            yield f"names {proof}, which is not there"


def complaints(text, wanted, is_there):
    answered = collections.Counter()
    counts = collections.Counter()
    for row in rows(text):
        if not isinstance(row, Row):
            yield f"not six cells: {row}"
            continue
        answered[row.id] += 1
        counts[row.answer, row.level] += 1
        for complaint in complaints_of_row(row, wanted.get(row.id), is_there):
            yield f"{row.id} {complaint}"
    for requirement in wanted:
        if answered[requirement] != 1:
            yield f"{requirement} is answered {answered[requirement]} times"
    for answer in ANSWERS:
        one, two = counts[answer, "1"], counts[answer, "2"]
        if f"| {answer} | {one} | {two} | {one + two} |" not in text:
            yield f"the counts at the top: {answer} is {one} of Level 1 and {two} of Level 2"


def named_tests(tree, build):
    """ctest's names, and SUITE.CASE of each C++ test."""
    listed = subprocess.run(["ctest", "--test-dir", build, "-N"], check=True, capture_output=True, text=True).stdout
    names = set(re.findall(r"^ *Test +#\d+: (\S+)", listed, re.MULTILINE))
    for path in (tree / "tests").rglob("*_test.cpp"):
        for suite, case in re.findall(r"^TEST(?:_F|_P)?\((\w+), (\w+)\)", path.read_text(encoding="utf-8"), re.MULTILINE):
            names.add(f"{suite}.{case}")
    return names


def main(tree, build):
    tests = named_tests(tree, build)
    files = {}

    def is_there(proof):
        name, _, anchor = proof.partition("::")
        if not anchor:
            return name in tests
        if name not in files:
            path = tree / name
            files[name] = path.read_text(encoding="utf-8") if path.is_file() else ""
        return anchor in files[name]

    here = tree / "tests/security"
    wanted = levels((here / "asvs_levels.txt").read_text(encoding="utf-8"))
    found = list(complaints((here / "asvs.md").read_text(encoding="utf-8"), wanted, is_there))
    print(*found, sep="\n", file=sys.stderr)
    return 1 if found or len(wanted) != 253 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
