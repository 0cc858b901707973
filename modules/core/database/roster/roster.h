// Table roster_version: the clinics with 受領委任, by registration number, as the current edition
// of the roster has them. Editions are made by roster_editions.h.
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

// What the lists of the bureaus say of a clinic besides its number. A row in quarantine has it too.
struct ClinicDetails {
  std::string name = {};
  std::string address = {};        // may be empty
  std::string phone = {};          // may be empty
  std::string designated_on = {};  // 指定年月日 as the file has it; may be empty

  bool operator==(const ClinicDetails&) const = default;
};

struct Clinic : ClinicDetails {
  RegistrationNumber number = {};
  EpochSeconds closed_at = 0;  // 0: open; else when a complete roster lacked it

  bool open() const { return closed_at == 0; }
  bool operator==(const Clinic&) const = default;
};

// A clinic as it was in editions from … to - 1.
struct ClinicVersion {
  std::int64_t from = 0;
  std::int64_t to = 0;
  Clinic clinic;
};

class Roster {
 public:
  // How many numbers find_all takes at most, and what lists are usually read by.
  static constexpr std::size_t kBatch = 256;

  explicit Roster(Connection& connection) : connection_(connection) {}

  // Only an open clinic: a closed one cannot be registered.
  std::optional<Clinic> find(const RegistrationNumber& number);
  // A closed one too.
  std::optional<Clinic> find_any(const RegistrationNumber& number);
  // Those of `numbers` (at most kBatch) that are there, closed ones too, in no order.
  std::vector<Clinic> find_all(const std::vector<RegistrationNumber>& numbers);

  // Adds it to the current edition, or brings it up to date there. True if it is new.
  bool put(const Clinic& clinic);

  std::int64_t count();  // of open clinics
  std::int64_t current_edition();

  // The clinics of an edition, closed ones too, by number: those after `last`, which is nothing at
  // the beginning, at most `most`.
  // The current edition and the one before it are whole; of older ones little is left.
  std::vector<Clinic> list(std::int64_t edition, const std::optional<RegistrationNumber>& last,
                           int most);
  // Closed clinics that have an account, likewise, of the current edition.
  std::vector<Clinic> closed_with_account(const std::optional<RegistrationNumber>& last, int most);
  // What is left of a clinic's versions, oldest first.
  std::vector<ClinicVersion> history(const RegistrationNumber& number);

 private:
  Connection& connection_;
};

}  // namespace portal
