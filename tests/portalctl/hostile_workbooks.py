"""hostile_workbooks.py PROGRAMS: workbooks of a few KB that mean hundreds of megabytes, or that repeat something without end.
portalctl refuses each in one plain sentence, or reads it, within bounds: of memory by what it used, of work by the processor's time."""
import io
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import unittest
import zipfile

from roster_files import MAIN, OFFICE, PACKAGE, SHEET, book_of, inline, zipped

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(sys.argv.pop(1)).resolve()
MEMORY = 512 << 10  # KiB
PROCESSOR = 300  # seconds: no bound on a slow machine, but one on what would take hours


def filled(part, pieces, after="</sheetData></worksheet>", **book):
    """A workbook of which one part is streamed: what is unpacked is never in memory here."""
    parts = book_of("", **book)
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(bytes_, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            if name != part:
                archive.writestr(name, text)
        with archive.open(part, "w", force_zip64=True) as stream:
            for piece in pieces:
                stream.write(piece.encode())
            stream.write(after.encode())
    return bytes_.getvalue()


def sheet_of(rows):
    yield f'<worksheet xmlns="{MAIN}"><sheetData>{SHEET}'
    yield from rows


def entities():
    declared = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    return zipped(book_of(SHEET.replace("手書き院", "&j;"), before=f"<!DOCTYPE w [{declared}]>"))


def unpacked(megabytes, piece):
    count = 1_000_000 // len(piece)
    return filled("xl/a/s.xml", sheet_of(piece * count for _ in range(megabytes)))


def in_itself():
    return zipped({"inner.xlsx": zipped(book_of(SHEET)), "inner/inner.zip": zipped({"a.xlsx": zipped(book_of(SHEET))})})


def with_sheets(count):
    parts = book_of(SHEET)
    parts["xl/workbook.xml"] = (f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>' +
                                "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(count)) + "</sheets></workbook>")
    parts["xl/_rels/workbook.xml.rels"] = (f'<Relationships xmlns="{PACKAGE}">' +
                                           "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="/xl/a/s.xml"/>' for i in range(count)) +
                                           "</Relationships>")
    return zipped(parts)


def with_parts(count):
    parts = book_of(SHEET)
    parts.update({f"xl/media/{i}.png": "x" for i in range(count)})
    return zipped(parts)


def shared(characters, cells, rows):
    """Cells behind the columns of the list that stand for a long shared text."""
    texts = '<c r="Z1" t="s"><v>0</v></c>' + '<c t="s"><v>0</v></c>' * cells + "</row>"
    clinics = "".join(inline(f"契99{i:05}-0-0", "院").removesuffix("</row>") + texts for i in range(2, rows))
    return zipped(book_of(SHEET + clinics, f"<si><t>{'院' * characters}</t></si>"))


def merged(rows):
    """A long text that is merged over all rows."""
    parts = book_of(SHEET + inline("院" * 30_000, "院" * 30_000) + "<row/>" * rows)
    parts["xl/a/s.xml"] = parts["xl/a/s.xml"].replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A3:A1048576"/>'
                                                      '<mergeCell ref="B3:B1048576"/></mergeCells>')
    return zipped(parts)


TOO_MUCH = "unpacks to more than any roster has"
# What it is; what makes it; what is said of it (nothing: it is read).
WORKBOOKS = {
    "entities in entities": (entities, "has a document type"),
    "300 MB of spaces": (lambda: unpacked(300, " "), "has a cell that is longer than any"),
    "300 MB of comments": (lambda: unpacked(300, "<!-- -->"), TOO_MUCH),
    "300 MB of shared texts": (lambda: filled("xl/t.xml", ["<sst>"] + ["<si><t>a</t></si>" * 60_000] * 300, "</sst>"), TOO_MUCH),
    "workbooks in an archive in an archive": (in_itself, "unpack it and import the file that is in it"),
    "2,000 sheets": (lambda: with_sheets(2_000), None),
    "20,000 parts": (lambda: with_parts(20_000), None),
    "a shared text, again and again": (lambda: shared(600, 30, 3_000), "holds more text than any roster has"),
    "a long shared text in many cells": (lambda: shared(30_000, 100, 2_000), "has a row that is longer than any"),
    "a text merged over a million rows": (lambda: merged(1_000_000), "has a row that is longer than any"),
}


class HostileWorkbooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(cls.folder.name)
        cls.workbook = folder / "list.xlsx"
        cls.settings = folder / "portal.conf"
        cls.settings.write_text(f"database.connection = {folder}/portal.db\ntemplates.directory = {ROOT}/templates\npassword.blocklist =\n")
        subprocess.run([PROGRAMS / "portalctl", "--config", cls.settings, "migrate", "--directory", ROOT / "sql"], check=True, stdout=subprocess.DEVNULL)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def ask(self, error):
        """The exit status and what it cost."""
        process = subprocess.Popen([PROGRAMS / "portalctl", "--config", self.settings, "roster", "import", self.workbook, "--dry-run"],
                                   stdout=subprocess.DEVNULL, stderr=error,
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR)))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, usage

    def test_each(self):
        for name, (make, said) in WORKBOOKS.items():
            with self.subTest(name), tempfile.TemporaryFile("w+") as error:
                self.workbook.write_bytes(make())
                self.assertLess(self.workbook.stat().st_size, 8 << 20, "the file itself is small")
                status, usage = self.ask(error)
                error.seek(0)
                words = error.read()
                self.assertNotEqual(status, -signal.SIGXCPU, "it does not end")
                self.assertLess(usage.ru_maxrss, MEMORY, f"KiB; {words}")
                if said is None:
                    self.assertEqual(status, 0, words)
                    continue
                self.assertEqual(status, 1, words)
                self.assertIn(said, words)
                self.assertEqual(words.count("\n"), 1, words)
                self.assertIn(str(self.workbook), words)

    def test_a_line_of_many_columns(self):
        wide = pathlib.Path(self.folder.name) / "list.csv"
        wide.write_text("登録記号番号,施術所名\n契9900001-0-0,院\n契9900002-0-0,院" + ",a" * 2_000 + "\n")
        ran = subprocess.run([PROGRAMS / "portalctl", "--config", self.settings, "roster", "import", wide, "--dry-run"],
                             capture_output=True, text=True, check=True)
        self.assertIn("list.csv:3: has more than 1024 columns", ran.stderr)
        self.assertIn("would be: 1 new", ran.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
