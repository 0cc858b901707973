// A search: from what a caller says on the telephone to whom and what it may be about.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/enum_table.h"
#include "core/base/language.h"
#include "core/base/result.h"
#include "core/database/database.h"
#include "core/history/query.h"
#include "core/registration/registration_number.h"

namespace portal {

// What somebody searched by. The audit keeps the name of the kind, and never what was typed.
enum class KeyKind {
  kAddress,
  kNumber,  // a registration number
  kPhone,
  kNumberOrPhone,  // ten digits can be both
  kRequest,        // of an error page: お問い合わせ番号
  kClinicName,
  kLast = kClinicName,
};

struct KeyKindRow {
  KeyKind kind;
  std::string_view name;  // in the audit and the log
  Words words;
};

inline constexpr auto kKeyKindRows = std::to_array<KeyKindRow>({
    {KeyKind::kAddress, "address", {"mail address", "メールアドレス"}},
    {KeyKind::kNumber, "number", {"registration number", "登録記号番号"}},
    {KeyKind::kPhone, "phone", {"phone number", "電話番号"}},
    {KeyKind::kNumberOrPhone,
     "number_or_phone",
     {"registration number or phone number", "登録記号番号または電話番号"}},
    {KeyKind::kRequest, "request", {"number of an error page", "お問い合わせ番号"}},
    {KeyKind::kClinicName, "clinic_name", {"part of a clinic's name", "施術所名の一部"}},
});
static_assert(has_row_for_each(kKeyKindRows, &KeyKindRow::kind));

constexpr const KeyKindRow& row_of(KeyKind kind) {
  return kKeyKindRows.at(static_cast<std::size_t>(kind));
}

struct SearchKey {
  KeyKind kind = KeyKind::kClinicName;
  Query query;                           // of all but a clinic's name
  std::vector<std::string> clinic_name;  // its words, as comparable_name() makes them
};

// `typed` in any usual writing. Error: kNotFound, it is nothing that can be searched by: empty, not
// UTF-8, or a single character that is no part of a name.
Result<SearchKey> parse_search_key(const std::string& typed);

// A name as names are compared: without spaces, width, case, and with the usual form of a kanji in
// place of its variants (髙, 﨑, 邊 …), which callers and lists write one for the other.
std::string comparable_name(std::string_view name);

// Whom and what a search has found. What is not known is empty.
struct Hit {
  enum class Kind {
    kAccount,
    kRegistration,  // without an account
    kWaiting,       // for a clinic to be in the roster
    kClinic,        // of the roster, with which nobody has registered
    kTraces,        // events and mails, but no row of a person
    kLast = kTraces,
  };
  Kind kind = Kind::kTraces;
  // By which subject_of() finds it again; it tells nobody anything. Empty for kTraces: the key does
  // that.
  std::string id;
  EpochSeconds at = 0;  // when it was made
  RegistrationNumber number;
  std::string clinic_name;
  // Of the person; not masked yet.
  std::string name;
  std::string address;
  std::string phone;
};

Words words_of(Hit::Kind kind);

inline constexpr std::size_t kMostHits = 20;

struct Hits {
  std::vector<Hit> rows;  // accounts first, then the newest
  bool more = false;      // than kMostHits: ask for something narrower
};

Hits search(Connection& connection, const SearchKey& key);

// Whose case is to be read (case_file.h).
struct Subject {
  Query query;
  // Of the registration or account that was chosen, which the verdict is about; empty: of whatever
  // the query finds.
  std::string attempt;
};

// Of Hit::id. Nothing: it is gone.
std::optional<Subject> subject_of(Connection& connection, std::string_view hit_id);
// Of a hit of kind kTraces. Precondition: the key is no clinic's name.
Subject subject_of(const SearchKey& key);

}  // namespace portal
