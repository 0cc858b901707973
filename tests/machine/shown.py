#!/usr/bin/env python3
"""shown.py DOCUMENT [PHRASE]: what a Markdown document shows indented, as commands are.

With PHRASE: the one block whose first line it is, or else is in, or that has it anywhere, without the
indentation. Without: the first line of each block. Exit status 1: there is no such block, or more than one."""
import pathlib
import re
import sys
import textwrap


def blocks(text):
    """Lines that are indented by four or more, between blank lines; a list's own text is not."""
    for part in re.split(r"\n[ \t]*\n", text):
        lines = part.split("\n")
        start = next((n for n, line in enumerate(lines) if re.match(r" {4,}\S", line)), None)
        # Within a list item (three columns) a block has seven; its text has three.
        if start == 0 and all(line.startswith("    ") or not line.strip() for line in lines):
            yield textwrap.dedent(part).strip("\n")


def main(document, phrase=None):
    found = list(blocks(pathlib.Path(document).read_text()))
    if phrase is None:
        print(*(block.split("\n")[0] for block in found), sep="\n")
        return
    first = [block.split("\n")[0] for block in found]
    wanted = ([block for block, line in zip(found, first) if line == phrase]
              or [block for block, line in zip(found, first) if phrase in line]
              or [block for block in found if phrase in block])
    if len(wanted) != 1:
        sys.exit(f"{document}: '{phrase}' stands in {len(wanted)} blocks instead of one")
    print(wanted[0])


main(*sys.argv[1:])
