// portalctl roster fix: a row in quarantine becomes a clinic of the roster.
#include <iostream>

#include "core/text/text.h"
#include "portalctl/roster/mending.h"
#include "portalctl/roster/quarantine_id.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> fix_row(Context& context);

}  // namespace

constexpr Verb kRosterFix = {
    .usage = {.words = "roster fix",
              .arguments = "ID NUMBER [NAME]",
              .help = "Takes a row out of quarantine into the roster, with its right number, and "
                      "name.",
              .example = "portalctl roster fix 12 契0123456-7-8 みなと整骨院"},
    .run = fix_row};

namespace {

// The errors say what to do.
portal::Error not_mended(const Mended& mended, std::int64_t id,
                         const portal::RegistrationNumber& number) {
  const portal::Outcome& outcome = mended.outcome;
  switch (outcome.hindrance) {
    case portal::Hindrance::kNoSuchRow:
      return portal::not_found("no row " + std::to_string(id) + " is in quarantine");
    case portal::Hindrance::kRowUnfit:
      return portal::refused(mended.unfit.in(portal::Language::kEnglish) +
                             ": portalctl roster fix " + std::to_string(id) + " " + number.text() +
                             " NAME");
    default:
      return portal::refused(outcome.detail);
  }
}

Result<Done> fix_row(Context& context) {
  const auto& arguments = context.arguments();
  const auto id = parse_quarantine_id(arguments[0]);
  if (!id) return id.error();
  for (const std::string& argument : arguments) {
    if (!portal::text::valid_utf8(argument)) {
      return portal::refused("not UTF-8: set the terminal to it");
    }
  }
  const auto number = roster_number(arguments[1]);
  if (!number) {
    return portal::refused(complaint_of_number(arguments[1]).in(portal::Language::kEnglish));
  }
  const std::string name = arguments.size() > 2 ? arguments[2] : "";
  const auto mended = context.database().write([&](portal::Connection& connection) {
    return mend_row(connection, *id, *number, name, {.now = portal::system_now()});
  });
  if (!mended) return mended.error();
  if (!mended->outcome.done()) return not_mended(*mended, *id, *number);
  std::cout << mended->clinic.number.text() << " " << mended->clinic.name << ": in the roster\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
