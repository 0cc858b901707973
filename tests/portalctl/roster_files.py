#!/usr/bin/python3
"""Makes files as bureaus send them, or as people save them by mistake: roster_files.py FOLDER

Each function below makes one file, whose name is the function's with a dot for its last underscore.
roster_kinds_test.cpp says what is expected of it.
"""
import datetime
import io
import os
import sys
import zipfile

import openpyxl

HEADINGS = ["登録記号番号", "施術所名", "所在地", "電話番号"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
FILES = []


def file(make):
    FILES.append(make)
    return make


# ---- workbooks that openpyxl makes


def saved(fill, name="Sheet"):
    book = openpyxl.Workbook()
    book.active.title = name
    fill(book.active, book)
    bytes_ = io.BytesIO()
    book.save(bytes_)
    return bytes_.getvalue()


def rows(*cells):
    def fill(sheet, _book):
        sheet.append(HEADINGS)
        for row in cells:
            sheet.append(row)
    return fill


@file
def hidden_sheets_xlsx():
    def fill(sheet, book):
        sheet.append(["表紙", "令和8年4月"])
        for name, state, number in [("旧", "hidden", 1), ("控", "veryHidden", 2), ("東京", "visible", 3),
                                    ("大阪", "visible", 4)]:
            own = book.create_sheet(name)
            own.sheet_state = state
            rows(["契990000%d-0-0" % number, name + "院"])(own, book)
    return saved(fill, "表紙")


@file
def hidden_rows_xlsx():
    def fill(sheet, book):
        rows(["契9900001-0-0", "見える院", "東京", "03-1"], ["契9900002-0-0", "隠れた院", "東京", "03-2"],
             ["契9900003-0-0", "次の院", "東京", "03-3"])(sheet, book)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
    return saved(fill)


@file
def hidden_number_xlsx():
    def fill(sheet, book):
        rows(["契9900001-0-0", "院"])(sheet, book)
        sheet.column_dimensions["A"].hidden = True
    return saved(fill)


@file
def only_hidden_xlsx():
    def fill(sheet, book):
        sheet.append(["表紙"])
        own = book.create_sheet("名簿")
        own.sheet_state = "hidden"
        rows(["契9900001-0-0", "院"])(own, book)
    return saved(fill, "表紙")


@file
def errors_xlsx():
    errors = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"]
    return saved(rows(["契9900000-0-0", "よい院"],
                      *[["契990001%d-0-0" % i, error] for i, error in enumerate(errors)],
                      ["#N/A", "番号のない院"], ["契9900020-0-0", "院", "#SPILL!"]))


@file
def two_rows_xlsx():
    def fill(sheet, _book):
        sheet.append(["施術所一覧（令和8年4月1日現在）"])
        sheet.append(["番号", "登録記号番号", "施術所", None, None, "施術管理者", None])
        sheet.append([None, None, "名称", "所在地", "電話番号", "氏名", "電話番号"])
        sheet.append([None, None, "（正式名称）", None, "（半角）", None, None])
        sheet.append([1, "契9900001-0-0", "二段院", "大分市", "097-1", "大分 太郎", "090-1"])
        for merged in ["A1:G1", "A2:A3", "B2:B3", "C2:E2", "F2:G2"]:
            sheet.merge_cells(merged)
    return saved(fill)


@file
def spread_number_xlsx():
    def fill(sheet, _book):
        sheet.append(["登録記号番号", None, "施術所名"])
        sheet.append(["記号", "番号", None])
        sheet.append(["契", "9900001-0-0", "分かれた院"])
        sheet.append(["協", "9900002-0-0", "次の院"])
        for merged in ["A1:B1", "C1:C2"]:
            sheet.merge_cells(merged)
    return saved(fill)


@file
def three_rows_xlsx():
    def fill(sheet, _book):
        sheet.append(["基本情報", None, None, None, "指定"])
        sheet.append(["登録記号番号", "施術所", None, None, "年月日"])
        sheet.append([None, "名称", "所在地", "電話番号", None])
        sheet.append(["契9900001-0-0", "三段院", "大分市", "097-1", "R6.4.1"])
        for merged in ["A1:D1", "A2:A3", "B2:D2", "E2:E3"]:
            sheet.merge_cells(merged)
    return saved(fill)


@file
def number_of_each_kind_xlsx():
    def fill(sheet, _book):
        sheet.append(["登録記号番号", None, "施術所名"])
        sheet.append(["柔整", "あはき", None])
        sheet.append(["契9900001-0-0", None, "柔整の院"])
        sheet.append([None, "99000001-0-0", "あはきの院"])
        sheet.append(["契9900002-0-0", "99000002-0-0", "両方の院"])
        for merged in ["A1:B1", "C1:C2"]:
            sheet.merge_cells(merged)
    return saved(fill)


@file
def merged_heading_only_xlsx():
    def fill(sheet, _book):
        sheet.append(["登録記号番号", None, "施術所名"])
        sheet.append(["契", "9900001-0-0", "一段の院"])
        sheet.merge_cells("A1:B1")
    return saved(fill)


@file
def columns_of_sheets_xlsx():
    def fill(sheet, book):
        rows(["契9900001-0-0", "東京院", "東京都", "03-1"])(sheet, book)
        own = book.create_sheet("大阪")
        own.append(["施術所の名称", "登録番号"])
        own.append(["大阪院", "契9900002-0-0"])
        own.append(["東京院", "契9900001-0-0"])
        own.append(["", "契9900003-0-0"])
    return saved(fill, "東京")


@file
def merged_xlsx():
    def fill(sheet, book):
        rows(["契9900001-0-0", "結合院", "福岡市", "092-1"], ["協9900001-0-0"],
             ["99000001-0-0"], ["契9900002-0-0", "次の院", "別府市"])(sheet, book)
        for merged in ["B2:B4", "C2:C3", "C5:D5"]:
            sheet.merge_cells(merged)
    return saved(fill)


@file
def numbers_xlsx():
    def fill(sheet, book):
        rows([1399000001, "数の院"], [123456789, "零の院"], [99000003, "書式の院"])(sheet, book)
        sheet["A4"].number_format = "0000000000"
        sheet["A5"] = 990000400
        sheet["A5"].number_format = '"契"0000000-0-0'
        sheet["B5"] = "記号の院"
    return saved(fill)


@file
def dates_xlsx():
    def fill(sheet, _book):
        sheet.append(HEADINGS + ["指定年月日"])
        days = [(datetime.date(2024, 4, 1), "ge.m.d"), (datetime.date(2019, 5, 1), '[$-411]ggge"年"m"月"d"日"'),
                (datetime.datetime(2023, 12, 31, 9, 30), "yyyy/m/d h:mm"), (45383, "m/d")]
        for i, (day, number_format) in enumerate(days, 1):
            sheet.append(["契990000%d-0-0" % i, "院%d" % i, None, None, day])
            sheet.cell(i + 1, 5).number_format = number_format
    return saved(fill)


@file
def dates_of_1904_xlsx():
    def fill(sheet, book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        sheet.append(HEADINGS + ["指定年月日"])
        sheet.append(["契9900001-0-0", "院", None, None, datetime.date(2024, 4, 1)])
    return saved(fill)


@file
def macros_XLSM():
    return saved(rows(["契9900001-0-0", "大文字の院"]))


@file
def text_marks_xlsx():
    return saved(rows(["'契9900001-0-0", "'=1+1"]))


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
