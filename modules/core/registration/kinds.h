// The kinds of clinic (施術所) that can register: one table, one row each, with what differs
// between them. The number's form, the screens, `--complete`, the report and the SQL follow from
// it.
//
// To add a kind, change these nine files and no other:
//   1  kinds.h                        its value of Institution, and its row here
//   2  fields.cpp                     the fields of its number
//   3  messages.cpp                   what is said when one of them is wrong
//   4  templates/faq.tpl              the answer to each of these messages
//   5  templates/assets/number.js     its row of kKinds: the same again, for hints while one types
//   6  templates/assets/first.css     its fields are shown when it is chosen, in columns of its own
//   7  sql/NNNN_*.sql                 the roster's column `institution` may have its code
//   8  sql/sample_roster.csv          clinics to try it with
//   9  portalctl/roster/import.cpp    what --help says of --complete
// tests/unit/registration/kinds_test.cpp finds what is missing of 2, 5 and 6, messages_test.cpp of
// 3 and 4.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace portal {

enum class Institution { kJudo, kAhaki };

// A registration number in its parts: 契 0123456 7 8 of 契0123456-7-8. Views of somebody's text.
struct NumberParts {
  std::string_view agreement;  // 協, 契 or empty
  std::string_view number;     // the long part
  std::string_view suffix1;    // one digit
  std::string_view suffix2;    // one digit
};

struct ClinicKind {
  Institution institution;
  std::string_view code;          // in the form, in URLs, on command lines and in the database
  std::string_view name;          // as the screens say it
  std::string_view trade;         // as the report says it
  std::string_view abbreviation;  // as the report's tables say it
  // Its numbers begin with one of these; if there are none, with digits. Of one kind alone.
  std::span<const std::string_view> agreements;
  std::size_t digits;   // of the long part; its first two are the prefecture (JIS X 0401)
  NumberParts example;  // on the form
  // How long a newly opened clinic may have to wait, as its page of the manual says.
  std::string_view opening;

  // Where the prefecture's two digits begin in a number, in characters from 1 on, as SQL counts.
  constexpr std::size_t prefecture_position() const { return agreements.empty() ? 1 : 2; }
};

inline constexpr auto kJudoAgreements = std::to_array<std::string_view>({"協", "契"});

inline constexpr auto kClinicKinds = std::to_array<ClinicKind>({
    {.institution = Institution::kJudo,
     .code = "judo",
     .name = "施術所（柔道整復）",
     .trade = "柔道整復",
     .abbreviation = "柔道整復",
     .agreements = kJudoAgreements,
     .digits = 7,
     .example = {"契", "0123456", "7", "8"},
     .opening = "1か月程度"},
    {.institution = Institution::kAhaki,
     .code = "ahaki",
     .name = "施術所（あん摩マッサージ指圧・はり・きゅう）",
     .trade = "あん摩マッサージ指圧・はり・きゅう",
     .abbreviation = "あはき",
     .agreements = {},
     .digits = 8,
     .example = {"", "01234567", "8", "9"},
     .opening = "最大1か月程度"},
});

constexpr const ClinicKind& kind_of(Institution institution) {
  for (const ClinicKind& kind : kClinicKinds) {
    if (kind.institution == institution) return kind;
  }
  return kClinicKinds.front();  // not reached: each institution has a row
}

// "judo", "ahaki": the form field `institution` and the database.
constexpr std::string_view code_of(Institution institution) {
  return kind_of(institution).code;
}
constexpr std::optional<Institution> institution_of(std::string_view code) {
  for (const ClinicKind& kind : kClinicKinds) {
    if (kind.code == code) return kind.institution;
  }
  return std::nullopt;
}
// 施術所（柔道整復）, 施術所（あん摩マッサージ指圧・はり・きゅう）
constexpr std::string_view name_of(Institution institution) {
  return kind_of(institution).name;
}

}  // namespace portal
