// Table roster_version: the clinics with 受領委任, by registration number, as the current edition
// of the roster has them. roster_editions.h makes editions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/registration/registration_number.h"

namespace portal {

class Connection;

// What the lists of the bureaus say about a clinic besides its number. A quarantined row has this
// too.
struct ClinicDetails {
  std::string name = {};
  std::string address = {};        // may be empty
  std::string phone = {};          // may be empty
  std::string designated_on = {};  // 指定年月日 as the file has it; may be empty

  bool operator==(const ClinicDetails&) const = default;
};

struct Clinic : ClinicDetails {
  RegistrationNumber number = {};
  EpochSeconds closed_at = 0;  // 0 if open; else the time when a complete roster lacked it

  bool open() const { return closed_at == 0; }
  bool operator==(const Clinic&) const = default;
};

// A clinic as it was in the editions from `from` to `to` - 1.
struct ClinicVersion {
  std::int64_t from = 0;
  std::int64_t to = 0;
  Clinic clinic;
};

// What a registration asks about a clinic.
struct ClinicFound {
  std::optional<Clinic> clinic;  // nothing: it is not in the roster, or is closed
  bool has_account = false;
};

class Roster {
 public:
  // The most numbers that find_all() accepts. Lists are usually read in batches of this size.
  static constexpr std::size_t kBatch = 256;

  explicit Roster(Connection& connection) : connection_(connection) {}

  // Finds only an open clinic: a closed one cannot be registered.
  std::optional<Clinic> find(const RegistrationNumber& number);
  // The same, and whether it has an account: one statement.
  ClinicFound find_to_register(const RegistrationNumber& number);
  // Finds a closed clinic too.
  std::optional<Clinic> find_any(const RegistrationNumber& number);
  // The clinics with these numbers (at most kBatch), also closed ones, in no particular order.
  std::vector<Clinic> find_all(const std::vector<RegistrationNumber>& numbers);

  // Adds a clinic to the current edition or updates it there. True if it is new.
  bool put(const Clinic& clinic);

  std::int64_t count();  // the number of open clinics
  std::int64_t current_edition();

  // The clinics of an edition with numbers after `last` (nothing at the beginning), also closed
  // ones, in the order of numbers; at most `most`. Only the current edition and the one before it
  // are complete.
  std::vector<Clinic> list(std::int64_t edition, const std::optional<RegistrationNumber>& last,
                           int most);
  // The closed clinics of the current edition that have an account, in the same way.
  std::vector<Clinic> closed_with_account(const std::optional<RegistrationNumber>& last, int most);
  // The clinics of the current edition whose name matches the pattern of LIKE, in which `\`
  // escapes; with numbers after `last`, in their order, also closed ones; at most `most`.
  std::vector<Clinic> like(std::string_view pattern, const std::optional<RegistrationNumber>& last,
                           int most);
  // The versions of a clinic that are still stored, oldest first.
  std::vector<ClinicVersion> history(const RegistrationNumber& number);

 private:
  Connection& connection_;
};

}  // namespace portal
