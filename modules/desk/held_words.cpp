#include "desk/held_words.h"

namespace portal {
namespace {

struct Meaning {
  std::string_view said;   // stands in the reason
  std::string_view words;  // follow the name of the column, with which the reason then begins
  bool of_column = true;
};

// The first one that fits: what is said of a whole row may cite a cell.
constexpr Meaning kMeanings[] = {
    {"not a registration number", "登録記号番号として読み取れません", false},
    {"取消年月日 is no date", "取消年月日を、日付として読み取れません", false},
    {" is in line ", "同じ登録記号番号の行が、ほかにもあります", false},
    {" columns, but the header has ", "列の数が、見出しと違います", false},
    {" is empty", "が空欄です"},
    {", an error of ", "が、表計算ソフトのエラーになっています"},
    {" is longer than ", "が長すぎます"},
    {"nobody can see", "に、見えない文字があります"},
    {"外字", "に、ほかのパソコンで表示できない文字（外字）があります"},
};
constexpr std::string_view kOther = "ファイルの行を読み取れません";

}  // namespace

std::string held_words(std::string_view reason) {
  for (const auto& [said, words, of_column] : kMeanings) {
    if (reason.find(said) == std::string_view::npos) continue;
    return of_column ? std::string(reason.substr(0, reason.find(' '))).append(words)
                     : std::string(words);
  }
  return std::string(kOther);
}

}  // namespace portal
