// Table roster: the clinics with 受領委任, by registration number.
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

struct Clinic {
  std::string number;  // RegistrationNumber::text()
  std::string name;
  std::string address;  // may be empty
  std::string phone;    // may be empty
  bool operator==(const Clinic&) const = default;
};

class Roster {
 public:
  explicit Roster(Connection& connection) : connection_(connection) {}
  std::optional<Clinic> find(std::string_view number);
  // Adds it, or brings name, address and phone up to date. True if it is new.
  bool put(const Clinic& clinic);
  std::int64_t count();

 private:
  Connection& connection_;
};

}  // namespace portal
