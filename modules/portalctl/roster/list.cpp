// portalctl roster list
#include <array>

#include "portalctl/roster/clinics.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kClosed = {"closed", "", "roster list: closed clinics that have an account"};
constexpr std::array kOptions = {kClosed, kJson};

Result<Done> list_clinics(Context& context);

}  // namespace

constexpr Verb kRosterList = {
    .usage = {.words = "roster list",
              .options = kOptions,
              .help = "Lists the clinics; --closed only those that are closed and have an account.",
              .example = "portalctl roster list --closed"},
    .run = list_clinics};

namespace {

std::vector<portal::Clinic> closed_with_account(
    portal::Connection& connection, const std::optional<portal::RegistrationNumber>& last) {
  return portal::Roster(connection).closed_with_account(last, kClinicsOfPage);
}

Result<Done> list_clinics(Context& context) {
  const bool json = context.has(kJson);
  return for_each_clinic(
      context.database(),
      context.has(kClosed) ? ClinicPage(closed_with_account) : pages_of_current_edition(),
      [&](const portal::Clinic& clinic) {
        json ? print_json(fields_of(clinic)) : print_row(fields_of(clinic));
      });
}

}  // namespace
}  // namespace portalctl
