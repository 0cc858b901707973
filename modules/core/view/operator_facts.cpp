#include "core/view/operator_facts.h"

#include <Poco/AutoPtr.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include <algorithm>
#include <array>
#include <iterator>

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
  try {
    const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> file(
        new Poco::Util::PropertyFileConfiguration(path));
    Poco::Util::AbstractConfiguration::Keys names;
    file->keys(names);
    for (const auto& name : names) facts.emplace(name, file->getString(name));
  } catch (const Poco::Exception& error) {
    return refused(path + ": cannot be read (" + error.displayText() +
                   "); is templates.directory right?");
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
