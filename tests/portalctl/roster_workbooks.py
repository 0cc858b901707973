"""Workbooks that openpyxl makes, for roster_files.py."""
import datetime
import io

import openpyxl

HEADINGS = ["登録記号番号", "施術所名", "所在地", "電話番号"]
WORKBOOKS = []


def file(make):
    WORKBOOKS.append(make)
    return make


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
