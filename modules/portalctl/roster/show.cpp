// portalctl roster show
#include <array>
#include <iostream>
#include <optional>
#include <vector>

#include "core/database/roster/roster.h"
#include "core/registration/registration_number.h"
#include "core/text/text.h"
#include "portalctl/listing.h"
#include "portalctl/roster/clinics.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kLang, kJson};

Result<Done> show_clinic(Context& context);

}  // namespace

constexpr Verb kRosterShow = {
    .usage = {.words = "roster show",
              .arguments = "NUMBER",
              .options = kOptions,
              .help = "Shows the clinic with that registration number, in any usual writing.",
              .example = "portalctl roster show 契0123456-7-8"},
    .run = show_clinic};

namespace {

using portal::ClinicVersion;

struct Shown {
  std::optional<portal::Clinic> clinic;
  std::vector<ClinicVersion> versions;
};

void print_versions(const std::vector<ClinicVersion>& versions, portal::Language language) {
  if (versions.size() < 2) return;
  for (const ClinicVersion& version : versions) {
    if (language == portal::Language::kJapanese) {
      std::cout << "第" << version.from << "版：" << version.clinic.name << "、"
                << version.clinic.address << "、" << version.clinic.phone
                << (version.clinic.open() ? "" : "、掲載終了") << "\n";
      continue;
    }
    std::cout << "edition " << version.from << ": " << version.clinic.name << ", "
              << version.clinic.address << ", " << version.clinic.phone
              << (version.clinic.open() ? "" : ", closed") << "\n";
  }
}

Result<Done> show_clinic(Context& context) {
  const auto language = language_of(context);
  if (!language) return language.error();
  const std::string& text = context.argument();
  const auto number =
      portal::text::valid_utf8(text) ? portal::RegistrationNumber::parse(text) : std::nullopt;
  if (!number) return portal::refused(text + ": not a registration number, such as 契0123456-7-8");
  const auto shown = context.database().read([&](portal::Connection& connection) {
    portal::Roster roster(connection);
    return Shown{roster.find_any(*number), roster.history(*number)};
  });
  if (!shown) return shown.error();
  if (!shown->clinic) return portal::not_found(number->text() + " is not in the roster");
  show_as_lines(context, *language, fields_of(*shown->clinic));
  if (!context.has(kJson)) print_versions(shown->versions, *language);
  return Done{};
}

}  // namespace
}  // namespace portalctl
