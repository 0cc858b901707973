#include "core/view/operator_facts.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "core/base/properties.h"
#include "core/view/private/expansion.h"

namespace portal {
namespace {

// Those that our templates show.
constexpr std::array kNeeded = {
    "PORTAL_NAME",        "PORTAL_SHORT_NAME",
    "CALL_CENTRE",        "TELEPHONE",
    "TELEPHONE_COST",     "TELEPHONE_COST_IN_MAIL",
    "CONTACT_EMAIL",      "WEEKDAYS",
    "WEEKDAY_HOURS",      "SATURDAYS",
    "SATURDAY_HOURS",     "HOLIDAYS",
    "OPENING_HOURS",      "OPENING_HOURS_IN_MAIL",
    "OPERATOR",           "OPERATOR_DEPARTMENT",
    "OPERATOR_SITE",      "PARTNER",
    "PARTNER_DEPARTMENT", "PARTNER_SITE",
    "COPYRIGHT_HOLDER",   "SENDER_AFFAIRS",
    "SENDER_SUBJECT",     "VENDOR_DESK",
};

// The first needed fact that is not there or empty.
std::optional<std::string> missing_of(const OperatorFacts& facts) {
  const auto found = std::ranges::find_if(kNeeded, [&](const char* name) {
    const auto fact = facts.find(name);
    return fact == facts.end() || fact->second.empty();
  });
  return found == kNeeded.end() ? std::nullopt : std::optional<std::string>(*found);
}

// What RFC 9116 §2.5.3 takes for a contact.
bool is_contact(std::string_view text) {
  constexpr auto kSchemes = std::to_array<std::string_view>({"mailto:", "https://", "tel:"});
  return std::ranges::any_of(kSchemes, [&](std::string_view scheme) {
    return text.starts_with(scheme) && text.size() > scheme.size();
  });
}

std::string digits_of(const std::string& number) {
  std::string digits;
  std::ranges::copy_if(number, std::back_inserter(digits),
                       [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

}  // namespace

Result<OperatorFacts> read_operator_facts(const std::string& templates) {
  const std::string path = templates + "/operator.conf";
  const auto properties = read_properties(path);
  if (!properties) {
    return refused(properties.error().message + "; is templates.directory right?");
  }
  OperatorFacts written;
  for (const auto& property : *properties) {
    written.insert_or_assign(property.name, property.value);
  }
  if (const auto name = missing_of(written)) return refused(path + ": " + *name + " is missing");
  auto read = expanded(written);
  if (!read) return refused(path + ": " + read.error().message);
  OperatorFacts& facts = *read;
  for (const auto& [name, fact] : facts) {
    if (fact.find("{{") != std::string::npos) return refused(path + ": " + name + " has {{ in it");
  }
  if (const auto name = missing_of(facts)) return refused(path + ": " + *name + " is missing");
  // The templates of a site may be older than this fact.
  std::string& contact = facts["SECURITY_CONTACT"];
  if (contact.empty()) contact = "mailto:" + facts.at("CONTACT_EMAIL");
  if (!is_contact(contact)) {
    return refused(path + ": SECURITY_CONTACT = " + contact +
                   ": expected mailto:ADDRESS, https://… or tel:NUMBER");
  }
  facts.emplace("TELEPHONE_DIGITS", digits_of(facts.at("TELEPHONE")));
  return read;
}

}  // namespace portal
