#include "core/view/operator_facts.h"

#include <Poco/AutoPtr.h>
#include <Poco/Util/MapConfiguration.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "core/base/properties.h"

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
  OperatorFacts facts;
  const auto properties = read_properties(path);
  if (!properties) {
    return refused(properties.error().message + "; is templates.directory right?");
  }
  try {
    // It replaces ${NAME} by that fact.
    Poco::AutoPtr<Poco::Util::MapConfiguration> file(new Poco::Util::MapConfiguration);
    for (const auto& property : *properties) file->setString(property.name, property.value);
    for (const auto& property : *properties) {
      facts.insert_or_assign(property.name, file->getString(property.name));
    }
  } catch (const Poco::Exception& error) {
    return refused(path + ": " + error.displayText());
  }
  for (const auto& [name, fact] : facts) {
    if (fact.find("{{") != std::string::npos) return refused(path + ": " + name + " has {{ in it");
  }
  for (const auto* const name : kNeeded) {
    if (const auto fact = facts.find(name); fact == facts.end() || fact->second.empty()) {
      return refused(path + ": " + name + " is missing");
    }
  }
  // The templates of a site may be older than this fact.
  std::string& contact = facts["SECURITY_CONTACT"];
  if (contact.empty()) contact = "mailto:" + facts.at("CONTACT_EMAIL");
  if (!is_contact(contact)) {
    return refused(path + ": SECURITY_CONTACT = " + contact +
                   ": expected mailto:ADDRESS, https://… or tel:NUMBER");
  }
  facts.emplace("TELEPHONE_DIGITS", digits_of(facts.at("TELEPHONE")));
  return facts;
}

}  // namespace portal
