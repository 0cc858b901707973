// The table of reasons why rows of rosters are held back: what of it is stored, and what is said.
// That each row has both languages, and each reason as many values as its sentence has places, the
// compiler checks.
#include "core/database/roster/row_reason.h"

#include <gtest/gtest.h>

#include <set>

namespace portal {
namespace {

constexpr std::size_t kMostValues = 3;

// A reason of that kind, as the database has it.
std::string stored_with_values(const RowFaultRow& row) {
  std::string text(row.name);
  for (std::size_t i = 1; i <= values_of(row.words.english); ++i) {
    text += "\tvalue" + std::to_string(i);
  }
  return text;
}

TEST(RowReason, EachNameIsStoredAndFoundAgain) {
  std::set<std::string_view> names;
  for (const RowFaultRow& row : kRowFaultRows) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(row.name.find_first_of("\t "), std::string_view::npos)
        << row.name << ": a sentence of an older version must not look like it";
    const std::string stored = stored_with_values(row);
    const RowReason reason = RowReason::from_stored(stored);
    EXPECT_EQ(reason.fault(), row.fault) << row.name;
    EXPECT_EQ(reason.stored(), stored);
  }
}

TEST(RowReason, EnglishHasAllItsValuesAndNoLanguageAPlaceLeft) {
  for (const RowFaultRow& row : kRowFaultRows) {
    const RowReason reason = RowReason::from_stored(stored_with_values(row));
    const std::string english = reason.in(Language::kEnglish);
    ASSERT_LE(values_of(row.words.english), kMostValues);
    for (std::size_t i = 1; i <= values_of(row.words.english); ++i) {
      EXPECT_NE(english.find("value" + std::to_string(i)), std::string::npos) << english;
    }
    for (const std::string& said : {english, reason.in(Language::kJapanese)}) {
      EXPECT_EQ(said.find_first_of("{}"), std::string::npos) << said;
    }
  }
}

TEST(RowReason, IsNoneAtFirst) {
  EXPECT_TRUE(RowReason().empty());
  EXPECT_EQ(RowReason().stored(), "");
  EXPECT_EQ(RowReason().in(Language::kJapanese), "");
  EXPECT_TRUE(RowReason::from_stored("").empty());
}

TEST(RowReason, ItsValuesAreTextsAndNumbers) {
  const auto reason = RowReason::of<RowFault::kTooLong>("電話番号", std::size_t{40});
  EXPECT_EQ(reason.stored(), "too_long\t電話番号\t40");
  EXPECT_EQ(reason.in(Language::kEnglish), "電話番号 is longer than 40 characters");
  EXPECT_EQ(reason.in(Language::kJapanese), "電話番号が長すぎます（40文字まで）");
  EXPECT_EQ(RowReason::from_stored(reason.stored()), reason);
}

TEST(RowReason, AnyValueComesBackAndIsSaidAsItIs) {
  for (const std::string_view value : {"", "{1}", "{2}", "too_long", "契?\\t"}) {
    const auto reason = RowReason::of<RowFault::kNoNumber>(value);
    EXPECT_EQ(RowReason::from_stored(reason.stored()), reason) << value;
    EXPECT_EQ(reason.in(Language::kEnglish), "not a registration number: " + std::string(value));
  }
  const auto tab = RowReason::of<RowFault::kNoDate>("a\tb");
  EXPECT_EQ(RowReason::from_stored(tab.stored()), tab);
  EXPECT_EQ(tab.in(Language::kEnglish), "取消年月日 is no date: a b");
}

// Older versions stored sentences; a newer one may have more names.
TEST(RowReason, WhatHasNoNameHereIsSaidAsItWasStored) {
  for (const std::string_view text :
       {"施術所名 is empty", "3 columns, but the header has 4", "newer_name"}) {
    const RowReason reason = RowReason::from_stored(text);
    EXPECT_EQ(reason.fault(), RowFault::kOther) << text;
    EXPECT_EQ(reason.in(Language::kEnglish), text);
    EXPECT_EQ(reason.in(Language::kJapanese),
              "ファイルの行を読み取れません（" + std::string(text) + "）");
  }
  EXPECT_EQ(RowReason::from_stored("newer_name\ta\tb").in(Language::kEnglish), "newer_name a b");
}

TEST(RowReason, AValueThatIsMissingLeavesItsPlaceEmpty) {
  EXPECT_EQ(RowReason::from_stored("too_long\t電話番号").in(Language::kEnglish),
            "電話番号 is longer than  characters");
}

}  // namespace
}  // namespace portal
