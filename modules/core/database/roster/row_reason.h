// Why a row of a bureau's file cannot be used. RowFault is the kind of the reason, RowReason one
// with what it is about: a column, a cell, a line. Its name and these values stand in the column
// `reason` of the table roster_quarantine; what is said of it follows from its row in the table
// below, in the language of whoever reads it.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/enum_table.h"
#include "core/base/language.h"

namespace portal {

enum class RowFault {
  kNone,   // the row can be used
  kOther,  // what this version has no name for, in whatever words it was stored
  kNulByte,
  kNotDecoded,
  kQuoteMisplaced,
  kQuoteOpen,
  kTooWide,
  kOtherWidth,
  kFormulaError,  // a required cell shows an error, in a column of the file that can be named
  kZerosDropped,
  kZeroDropped,  // and which number it may have been
  kNoNumber,
  kEmpty,
  kCellError,
  kTooLong,
  kUnseen,
  kUnseenWritten,  // as `roster quarantine --csv` writes an unseen character
  kUnshowable,
  kNoDate,
  kTwice,
  kTwiceElsewhere,  // in another file, or another sheet of the workbook
  kLast = kTwiceElsewhere,
};

struct RowFaultRow {
  RowFault fault;
  std::string_view name;  // in the database: never changed, never used again
  Words words;            // {1}, {2} … are places for the values
};

// clang-format off
inline constexpr auto kRowFaultRows = std::to_array<RowFaultRow>({
    {RowFault::kNone, "", {"", ""}},
    {RowFault::kOther, "other",
     {"{1}",
      "ファイルの行を読み取れません（{1}）"}},
    {RowFault::kNulByte, "nul_byte",
     {"has a NUL byte in it",
      "ファイルの行に、文字ではないデータ（NUL）があります"}},
    {RowFault::kNotDecoded, "not_decoded",
     {"has characters that are not in the file's encoding",
      "ファイルの行に、文字化けする文字（ファイルの文字コードにない文字）があります"}},
    {RowFault::kQuoteMisplaced, "quote_misplaced",
     {"a quote is out of place",
      "ファイルの行の引用符（\"）の位置が、正しくありません"}},
    {RowFault::kQuoteOpen, "quote_open",
     {"a quoted field does not end: its quote opens in line {1}",
      "{1}行目の引用符（\"）が、閉じられていません"}},
    {RowFault::kTooWide, "too_wide",
     {"has more than {1} columns",
      "列の数が、{1}を超えています"}},
    {RowFault::kOtherWidth, "other_width",
     {"{1} columns, but the header has {2}",
      "列の数が、見出しと違います（この行は{1}列、見出しは{2}列）"}},
    {RowFault::kFormulaError, "formula_error",
     {"{1} (column {2}) is {3}, an error of the spreadsheet: mend its formula there",
      "{1}（{2}列）が、表計算ソフトのエラー（{3}）になっています"}},
    {RowFault::kZerosDropped, "zeros_dropped",
     {"not a registration number: {1}: a spreadsheet took it for a number and dropped zeros; make the column text",
      "登録記号番号として読み取れません（表計算ソフトが数値とみなし、0を消したようです）"}},
    {RowFault::kZeroDropped, "zero_dropped",
     {"not a registration number: {1}: a spreadsheet took it for a number and dropped zeros; make the column text (perhaps it was {2})",
      "登録記号番号として読み取れません（表計算ソフトが数値とみなし、0を消したようです。もとは {2} かもしれません）"}},
    {RowFault::kNoNumber, "no_number",
     {"not a registration number: {1}",
      "登録記号番号として読み取れません"}},
    {RowFault::kEmpty, "empty",
     {"{1} is empty",
      "{1}が空欄です"}},
    {RowFault::kCellError, "cell_error",
     {"{1} is {2}, an error of a spreadsheet",
      "{1}が、表計算ソフトのエラー（{2}）になっています"}},
    {RowFault::kTooLong, "too_long",
     {"{1} is longer than {2} characters",
      "{1}が長すぎます（{2}文字まで）"}},
    {RowFault::kUnseen, "unseen",
     {"{1} has {2}, which nobody can see, as character {3}: remove it",
      "{1}の{3}文字目に、見えない文字（{2}）があります"}},
    {RowFault::kUnseenWritten, "unseen_written",
     {"{1} has a character that nobody can see, written as <U+ …>: remove it",
      "{1}に、見えない文字が <U+ …> と書かれて残っています"}},
    {RowFault::kUnshowable, "unshowable",
     {"{1} has {2}, which other computers cannot show (外字), as character {3}: write it in characters that all have",
      "{1}の{3}文字目に、ほかのパソコンで表示できない文字（外字、{2}）があります"}},
    {RowFault::kNoDate, "no_date",
     {"取消年月日 is no date: {1}",
      "取消年月日を、日付として読み取れません（{1}）"}},
    {RowFault::kTwice, "twice",
     {"{1} is in line {2} already",
      "同じ登録記号番号の行が、{2}行目にもあります"}},
    {RowFault::kTwiceElsewhere, "twice_elsewhere",
     {"{1} is in line {2} of {3} already",
      "同じ登録記号番号の行が、{3} の{2}行目にもあります"}},
});
// clang-format on
static_assert(has_row_for_each(kRowFaultRows, &RowFaultRow::fault));

constexpr const RowFaultRow& row_of(RowFault fault) {
  return kRowFaultRows.at(static_cast<std::size_t>(fault));
}

// The value whose place begins there in the sentence, from 1 on; 0: none.
constexpr std::size_t value_at(std::string_view sentence, std::size_t at) {
  if (at + 2 >= sentence.size() || sentence[at] != '{' || sentence[at + 2] != '}') return 0;
  return static_cast<std::size_t>(sentence[at + 1] - '0');
}

constexpr std::size_t values_of(std::string_view sentence) {
  std::size_t most = 0;
  for (std::size_t at = 0; at < sentence.size(); ++at)
    most = std::max(most, value_at(sentence, at));
  return most;
}

// Both languages say something of each, and Japanese has no place that English, by which values are
// counted, lacks.
static_assert(std::ranges::all_of(kRowFaultRows, [](const RowFaultRow& row) {
  return row.fault == RowFault::kNone ||
         (row.words.complete() && values_of(row.words.japanese) <= values_of(row.words.english));
}));

class RowReason {
 public:
  RowReason() = default;  // there is none

  // With the values of its sentence, texts or numbers: as many as the table has places for.
  template <RowFault fault, class... Values>
  static RowReason of(const Values&... values) {
    static_assert(sizeof...(Values) == values_of(row_of(fault).words.english));
    return {fault, {said(values)...}};
  }

  // From stored(). A text without a name that this version knows is kOther's value: older versions
  // stored English sentences.
  static RowReason from_stored(std::string_view text);
  std::string stored() const;

  RowFault fault() const { return fault_; }
  bool empty() const { return fault_ == RowFault::kNone; }
  std::string in(Language language) const;  // without a full stop; empty if empty()

  bool operator==(const RowReason&) const = default;

 private:
  RowReason(RowFault fault, std::vector<std::string> values);

  static std::string said(std::string_view text) { return std::string(text); }
  template <std::integral Number>
  static std::string said(Number number) {
    return std::to_string(number);
  }

  RowFault fault_ = RowFault::kNone;
  std::vector<std::string> values_;
};

}  // namespace portal
