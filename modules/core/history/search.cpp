#include "core/history/search.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/database/account/accounts.h"
#include "core/database/registration/registrations.h"
#include "core/database/registration/waiting.h"
#include "core/database/roster/roster.h"
#include "core/history/history.h"
#include "core/history/private/name_pattern.h"
#include "core/registration/application.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::size_t kShortestName = 2;  // characters
constexpr int kMostIds = 200;
constexpr int kMostWaiting = 50;
constexpr int kClinicsOfPage = 500;

constexpr std::string_view kPerson = "person:";  // of a registration or an account
constexpr std::string_view kWaits = "waiting:";
constexpr std::string_view kOfClinic = "clinic:";

KeyKind kind_of(const Query& query) {
  if (!query.email_key.empty()) return KeyKind::kAddress;
  if (query.number && !query.phone.empty()) return KeyKind::kNumberOrPhone;
  if (query.number) return KeyKind::kNumber;
  return query.phone.empty() ? KeyKind::kRequest : KeyKind::kPhone;
}

// Its words, which the name may have anywhere.
std::vector<std::string> words_of_name(std::string_view typed) {
  std::vector<std::string> words;
  std::string word;
  const auto take = [&] {
    std::string compared = comparable_name(word);
    if (!compared.empty()) words.push_back(std::move(compared));
    word.clear();
  };
  for (const char c : text::nfkc(typed)) {  // U+3000 has become a space
    if (c == ' ' || c == '\t') {
      take();
    } else {
      word += c;
    }
  }
  take();
  return words;
}

// What a search gathers: a person once, however he was found and however often he tried.
class Gatherer {
 public:
  explicit Gatherer(Connection& connection) : connection_(connection) {}

  void add_person(const std::string& id) {
    if (!ids_.insert(id).second) return;
    if (const auto account = Accounts(connection_).find(id)) {
      return add(Hit::Kind::kAccount, id, account->created_at, *account, account->email_key);
    }
    if (const auto row = Registrations(connection_).find(id)) {
      add(Hit::Kind::kRegistration, id, row->created_at, *row, row->email_key);
    }
  }

  void add_waiting(const WaitingEntry& entry) {
    if (!people_.emplace(entry.number.text(), entry.email_key).second) return;
    Hit hit = of_clinic(Hit::Kind::kWaiting, entry.number);
    hit.id = std::string(kWaits) + entry.id;
    hit.at = entry.created_at;
    hit.address = entry.email;
    hits_.push_back(std::move(hit));
  }

  // The people of the clinic, or the clinic itself.
  void add_clinic(const RegistrationNumber& number) {
    for (const auto& id : Registrations(connection_).ids_of("", number, "", kMostIds))
      add_person(id);
    for (const auto& entry : Waiting(connection_).of("", number, kMostWaiting)) add_waiting(entry);
    if (std::ranges::find(hits_, number, &Hit::number) != hits_.end()) return;
    Hit hit = of_clinic(Hit::Kind::kClinic, number);
    if (hit.clinic_name.empty()) return;
    hit.id = std::string(kOfClinic) + number.text();
    hits_.push_back(std::move(hit));
  }

  void add_traces() { hits_.push_back({}); }

  std::size_t size() const { return hits_.size(); }

  Hits take() {
    const auto rank = [](const Hit& hit) { return std::pair(static_cast<int>(hit.kind), -hit.at); };
    std::ranges::stable_sort(hits_, {}, rank);
    Hits hits;
    hits.more = hits_.size() > kMostHits;
    if (hits.more) hits_.resize(kMostHits);
    hits.rows = std::move(hits_);
    return hits;
  }

 private:
  Hit of_clinic(Hit::Kind kind, const RegistrationNumber& number) {
    Hit hit;
    hit.kind = kind;
    hit.number = number;
    if (const auto clinic = Roster(connection_).find_any(number)) hit.clinic_name = clinic->name;
    return hit;
  }

  // Of one person's several tries at one clinic the account stands for all, else the newest.
  void add(Hit::Kind kind, const std::string& id, EpochSeconds at, const Applicant& person,
           const std::string& email_key) {
    Hit hit = of_clinic(kind, person.number);
    hit.id = std::string(kPerson) + id;
    hit.at = at;
    hit.name = person.family_name + " " + person.given_name;
    hit.address = person.email;
    hit.phone = person.phone;
    if (people_.emplace(person.number.text(), email_key).second) {
      hits_.push_back(std::move(hit));
      return;
    }
    const auto same = std::ranges::find_if(hits_, [&](const Hit& other) {
      return other.number == person.number && portal::email_key(other.address) == email_key;
    });
    if (same == hits_.end()) return;
    if (std::pair(static_cast<int>(kind), -at) <
        std::pair(static_cast<int>(same->kind), -same->at)) {
      *same = std::move(hit);
    }
  }

  Connection& connection_;
  std::set<std::string> ids_;
  std::set<std::pair<std::string, std::string>> people_;  // number and address
  std::vector<Hit> hits_;
};

bool has_all(const std::string& name, const std::vector<std::string>& words) {
  const std::string compared = comparable_name(name);
  return std::ranges::all_of(
      words, [&](const auto& word) { return compared.find(word) != std::string::npos; });
}

void search_names(Connection& connection, const std::vector<std::string>& words,
                  Gatherer& gatherer) {
  const std::string pattern = like_pattern(words);
  std::optional<RegistrationNumber> last;
  for (bool more = true; more && gatherer.size() <= kMostHits;) {
    const auto clinics = Roster(connection).like(pattern, last, kClinicsOfPage);
    for (const Clinic& clinic : clinics) {
      if (gatherer.size() > kMostHits) break;
      if (has_all(clinic.name, words)) gatherer.add_clinic(clinic.number);
    }
    more = clinics.size() == static_cast<std::size_t>(kClinicsOfPage);
    if (more) last = clinics.back().number;
  }
}

void search_query(Connection& connection, const SearchKey& key, Gatherer& gatherer) {
  const Query& query = key.query;
  const auto ids =
      Registrations(connection).ids_of(query.email_key, query.number, query.phone, kMostIds);
  for (const std::string& id : ids) gatherer.add_person(id);
  if (!query.email_key.empty()) {
    for (const auto& entry : Waiting(connection).of(query.email_key, {}, kMostWaiting)) {
      gatherer.add_waiting(entry);
    }
  }
  if (query.number) gatherer.add_clinic(*query.number);
  // Of a request, and of what no row of a person is left, the history knows. Digits that have found
  // somebody are no request's: to look for one reads whole tables.
  if (gatherer.size() > 0 && key.kind != KeyKind::kRequest) return;
  const History history = find_history(connection, query);
  for (const Attempt& attempt : attempts_of(history)) gatherer.add_person(attempt.id);
  if (gatherer.size() == 0 && !history.empty()) gatherer.add_traces();
}

}  // namespace

Words words_of(Hit::Kind kind) {
  switch (kind) {
    case Hit::Kind::kAccount:
      return {"account", "登録済み"};
    case Hit::Kind::kRegistration:
      return {"registration without an account", "申請のみ（未登録）"};
    case Hit::Kind::kWaiting:
      return {"waits for the clinic to be in the roster", "一覧への掲載待ち"};
    case Hit::Kind::kClinic:
      return {"clinic with which nobody has registered", "未申請の施術所"};
    case Hit::Kind::kTraces:
      break;
  }
  return {"traces only", "操作の記録のみ"};
}

Result<SearchKey> parse_search_key(const std::string& typed) {
  if (!text::valid_utf8(typed) || text::blank(typed)) return not_found("nothing to search by");
  SearchKey key;
  if (const auto query = parse_query(typed)) {
    key.query = *query;
    key.kind = kind_of(*query);
    return key;
  }
  key.clinic_name = words_of_name(typed);
  std::size_t characters = 0;
  for (const std::string& word : key.clinic_name) characters += text::code_points(word);
  if (characters < kShortestName) return not_found("too short for a part of a clinic's name");
  return key;
}

Hits search(Connection& connection, const SearchKey& key) {
  Gatherer gatherer(connection);
  if (key.kind == KeyKind::kClinicName) {
    search_names(connection, key.clinic_name, gatherer);
  } else {
    search_query(connection, key, gatherer);
  }
  return gatherer.take();
}

std::optional<Subject> subject_of(Connection& connection, std::string_view hit_id) {
  const auto rest = [&](std::string_view start) {
    return hit_id.starts_with(start) ? hit_id.substr(start.size()) : std::string_view();
  };
  Subject subject;
  if (const auto id = rest(kPerson); !id.empty()) {
    subject.attempt = id;
    const bool there = Accounts(connection).find(id) || Registrations(connection).find(id);
    return there ? std::optional(subject) : std::nullopt;
  }
  if (const auto id = rest(kWaits); !id.empty()) {
    const auto entry = Waiting(connection).find(id);
    if (!entry) return std::nullopt;
    subject.query.email_key = entry->email_key;
    return subject;
  }
  const std::string number(rest(kOfClinic));
  if (!text::valid_utf8(number)) return std::nullopt;
  subject.query.number = RegistrationNumber::parse(number);
  return subject.query.number ? std::optional(subject) : std::nullopt;
}

Subject subject_of(const SearchKey& key) {
  return {key.query, ""};
}

}  // namespace portal
