#!/usr/bin/python3
"""Makes files as bureaus send them, or as people save them by mistake: roster_files.py FOLDER

Each function below makes one file, whose name is the function's with a dot for its last underscore.
roster_kinds_test.cpp says what is expected of it.
"""
import io
import os
import sys
import zipfile

try:
    from roster_workbooks import HEADINGS, WORKBOOKS
except ImportError:
    sys.exit("roster_files.py: no openpyxl here (Debian: python3-openpyxl)")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FILES = list(WORKBOOKS)


def file(make):
    FILES.append(make)
    return make


# ---- workbooks by hand, for what openpyxl does not write


def book_of(sheet, strings="", main=MAIN, office=OFFICE, marked=False, before="", book_properties=""):
    head = ("\ufeff" if marked else "") + '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + before
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{office}/officeDocument"'
                       ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": head.replace(before, "") + f'<x:workbook xmlns:x="{main}" xmlns:r="{office}">{book_properties}<x:sheets>'
                           '<x:sheet name="一覧" sheetId="1" r:id="r1"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
                                      f'<Relationship Id="r1" Type="{office}/worksheet" Target="/xl/a/s.xml"/>'
                                      f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="./t.xml"/>'
                                      '</Relationships>',
        "xl/t.xml": head.replace(before, "") + f'<sst xmlns="{main}">{strings}</sst>',
        "xl/a/s.xml": head + f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }


def zipped(parts, stream=None, method=zipfile.ZIP_DEFLATED):
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(stream or bytes_, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return bytes_.getvalue()


def inline(*cells):
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"


SHEET = inline(*HEADINGS) + inline("契9900001-0-0", "手書き院")


@file
def strict_xlsx():
    return zipped(book_of(SHEET, main=STRICT_MAIN, office=STRICT_OFFICE))


@file
def marked_xlsx():
    return zipped(book_of(SHEET, marked=True))


@file
def stored_xlsx():
    return zipped(book_of(SHEET), method=zipfile.ZIP_STORED)


class Pipe(io.RawIOBase):
    """Takes bytes and cannot go back, as programs have it that write a workbook to the network."""

    def __init__(self):
        super().__init__()
        self.bytes = b""

    def writable(self):
        return True

    def write(self, data):
        self.bytes += bytes(data)
        return len(data)


@file
def streamed_xlsx():
    pipe = Pipe()
    zipped(book_of(SHEET), pipe)
    return pipe.bytes


@file
def phonetic_xlsx():
    strings = ("".join(f"<si><t>{heading}</t></si>" for heading in HEADINGS)
               + "<si><t>契9900001-0-0</t></si>"
               '<si><r><t>髙</t></r><r><rPr><b/></rPr><t xml:space="preserve">﨑 整骨院</t></r>'
               '<rPh sb="0" eb="2"><t>タカサキ</t></rPh><phoneticPr fontId="1"/></si>'
               "<si><t>東京_x000D_\n都_x005F_x</t></si>")
    cells = "".join(f'<c r="{"ABCD"[i]}1" t="s"><v>{i}</v></c>' for i in range(4))
    second = "".join(f'<c r="{"ABC"[i]}7" t="s"><v>{4 + i}</v></c>' for i in range(3))
    return zipped(book_of(f'<row r="1">{cells}</row><row r="7">{second}</row>', strings))


@file
def no_string_xlsx():
    return zipped(book_of('<row><c t="s"><v>7</v></c></row>'))


@file
def laughs_xlsx():
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    return zipped(book_of(SHEET.replace("手書き院", "&j;"), before=f"<!DOCTYPE w [{entities}]>"))


@file
def outside_xlsx():
    return zipped(book_of(SHEET.replace("手書き院", "&x;"),
                          before='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'))


@file
def bomb_xlsx():
    parts = book_of("")
    del parts["xl/a/s.xml"]
    bytes_ = io.BytesIO()
    with zipfile.ZipFile(bytes_, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        with archive.open("xl/a/s.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(600):
                sheet.write(("<row>" + " " * 999_989 + "</row>").encode())
    return bytes_.getvalue()


@file
def long_token_xlsx():
    return zipped(book_of(SHEET + "x" * 20_000_000))


@file
def deep_xlsx():
    return zipped(book_of(SHEET + "<row>" + "<c>" * 100_000))


@file
def far_away_xlsx():
    return zipped(book_of(SHEET + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
                          '<row r="9999999"><c r="A9999999"><v>1</v></c></row>'))


@file
def cut_xlsx():
    whole = zipped(book_of(SHEET, "<si><t>x</t></si>" * 50_000))
    return whole[:len(whole) - 1200]


@file
def flipped_xlsx():
    whole = bytearray(zipped(book_of(SHEET * 200)))
    at = whole.index(b"xl/a/s.xml") + 60
    whole[at] ^= 0xFF
    return bytes(whole)


# ---- other files


def container(*streams):
    """The beginning of an OLE container, and a directory with these streams."""
    directory = b"".join(name.encode("utf-16-le").ljust(64, b"\0") for name in streams)
    return b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + b"\0" * 504 + directory


@file
def protected_xlsx():
    return container("Root Entry", "EncryptionInfo", "EncryptedPackage")


@file
def old_xls():
    return container("Root Entry", "Workbook")


@file
def old_named_new_xlsx():
    return container("Root Entry", "Workbook")


@file
def word_doc():
    return container("Root Entry", "WordDocument")


@file
def letter_docx():
    return zipped({"[Content_Types].xml": "", "_rels/.rels": "", "word/document.xml": ""})


@file
def binary_xlsb():
    return zipped({"[Content_Types].xml": "", "_rels/.rels": "", "xl/workbook.bin": ""})


@file
def list_ods():
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})


@file
def archive_zip():
    return zipped({"名簿/": "", "名簿/東京.csv": "x"})


@file
def locked_xlsx():
    whole = bytearray(zipped(book_of(SHEET)))
    for signature, flags in [(b"PK\3\4", 6), (b"PK\1\2", 8)]:
        at = whole.find(signature)
        while at >= 0:
            whole[at + flags] |= 1
            at = whole.find(signature, at + 4)
    return bytes(whole)


@file
def empty_zip():
    return zipped({})


@file
def saved_page_xls():
    return "\n<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>登録記号番号".encode()


@file
def old_xml_xls():
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@file
def scan_pdf():
    return b"%PDF-1.7\n"


@file
def photo_jpg():
    return b"\xFF\xD8\xFF\xE0\0\x10JFIF"


TEXT = "登録記号番号,施術所名,所在地\n契9900001-0-0,整骨院,東京都\n"


@file
def utf16_csv():
    return b"\xFF\xFE" + TEXT.encode("utf-16-le")


@file
def utf16_big_csv():
    return TEXT.encode("utf-16-be")


@file
def utf16_bare_csv():
    return TEXT.replace("整骨院", "一\u3000整骨院").encode("utf-16-le")


@file
def utf32_bare_csv():
    return TEXT.encode("utf-32-be")


@file
def utf32_csv():
    return b"\xFF\xFE\0\0" + TEXT.encode("utf-32-le")


@file
def jis_csv():
    return TEXT.encode("iso2022_jp")


@file
def euc_csv():
    return TEXT.encode("euc_jp")


@file
def noise_csv():
    return bytes(range(256)) * 20


def main():
    for make in FILES:
        name = make.__name__.rpartition("_")
        with open(os.path.join(sys.argv[1], name[0] + "." + name[2]), "wb") as out:
            out.write(make())


if __name__ == "__main__":
    main()
