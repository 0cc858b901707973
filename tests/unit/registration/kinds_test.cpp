// The table of the kinds of clinic, and what follows from it.
#include "core/registration/kinds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "core/registration/fields.h"
#include "core/registration/registration_number.h"

namespace portal {
namespace {

TEST(Kinds, SayAllOfThemselves) {
  std::set<std::string_view> codes;
  for (const ClinicKind& kind : kClinicKinds) {
    EXPECT_TRUE(codes.insert(kind.code).second) << kind.code;
    EXPECT_EQ(&kind_of(kind.institution), &kind) << kind.code;
    EXPECT_EQ(institution_of(kind.code), kind.institution);
    EXPECT_NE(kind.name.find(kind.trade), std::string_view::npos) << kind.code;
    EXPECT_FALSE(kind.abbreviation.empty()) << kind.code;
    EXPECT_NE(kind.opening.find("1か月程度"), std::string_view::npos) << kind.code;
  }
}

TEST(Kinds, ShowAnExampleThatIsANumber) {
  for (const ClinicKind& kind : kClinicKinds) {
    const auto number = RegistrationNumber::from_parts(kind.institution, kind.example);
    ASSERT_TRUE(number) << kind.code;
    EXPECT_EQ(RegistrationNumber::parse(number->text()), number) << kind.code;
    EXPECT_EQ(number->institution(), kind.institution);
    EXPECT_EQ(&number->kind(), &kind);
  }
}

TEST(Kinds, HaveAFieldForEachPartOfTheirNumber) {
  for (const ClinicKind& kind : kClinicKinds) {
    for (const auto part : {&NumberParts::agreement, &NumberParts::number, &NumberParts::suffix1,
                            &NumberParts::suffix2}) {
      const auto asks = [&](const Field& field) {
        return field.institution == kind.institution && field.part == part;
      };
      const bool has_part = !(kind.example.*part).empty();
      EXPECT_EQ(std::ranges::count_if(fields(), asks), has_part ? 1 : 0) << kind.code;
    }
  }
}

std::string asset(const std::string& name) {
  std::ifstream file(PORTAL_SOURCE_DIR "/templates/assets/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The script has the same table for its hints; the style sheet shows the fields of the chosen kind.
TEST(Kinds, AreTheSameInTheBrowser) {
  const std::string script = asset("number.js");
  const std::string style = asset("first.css");
  for (const ClinicKind& kind : kClinicKinds) {
    const std::string code(kind.code);
    const auto row = script.find("\n  " + code + ": {");
    ASSERT_NE(row, std::string::npos) << code;
    const std::string line = script.substr(row, script.find('}', row) - row);
    std::string agreements;
    for (const auto agreement : kind.agreements) agreements += agreement;
    EXPECT_NE(line.find("agreements: '" + agreements + "'"), std::string::npos) << line;
    EXPECT_NE(line.find("digits: " + std::to_string(kind.digits) + " "), std::string::npos) << line;
    EXPECT_NE(style.find(":checked) ." + code), std::string::npos) << code;
  }
}

TEST(RegistrationNumber, NamesItsPrefecture) {
  EXPECT_EQ(RegistrationNumber::parse("契1300001-0-0")->prefecture(), "13");
  EXPECT_EQ(RegistrationNumber::parse("協0123456-7-8")->prefecture(), "01");
  EXPECT_EQ(RegistrationNumber::parse("47000001-0-1")->prefecture(), "47");
}

TEST(RegistrationNumber, IsPackedAsItself) {
  constexpr std::array<std::string_view, 6> kNumbers = {"契0123456-7-8", "協0123456-7-8",
                                                        "契0123456-8-7", "01234567-8-9",
                                                        "00123456-7-8",  "契0000000-0-0"};
  std::set<std::uint64_t> packed_numbers;
  for (const auto text : kNumbers) {
    const auto number = RegistrationNumber::parse(text).value();
    EXPECT_TRUE(packed_numbers.insert(number.packed()).second) << text;
    EXPECT_EQ(number.packed(), RegistrationNumber::parse(text)->packed());
  }
}

}  // namespace
}  // namespace portal
