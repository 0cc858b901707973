// portalctl check: is everything ready that the programs need? A line each.
#include <unistd.h>

#include <iostream>

#include "core/database/database.h"
#include "core/database/roster.h"
#include "core/mail/transport.h"
#include "core/view/view.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Result;
using portal::Settings;
using Said = Result<std::string>;  // what is right, or what to do

Said check_database(const Settings& settings) {
  portal::Database database(settings, portal::Durability::kFull, 1);
  if (const auto done = database.check(); !done) return done.error();
  return settings.text("database.connector") + ", migrated";
}

Said check_roster(const Settings& settings) {
  portal::Database database(settings, portal::Durability::kFull, 1);
  const auto count = database.read(
      [](portal::Connection& connection) { return portal::Roster(connection).count(); });
  if (!count) return count.error();
  if (*count == 0) {
    return portal::refused("no clinic in it: run `portalctl roster import FILE`");
  }
  return std::to_string(*count) + " clinics";
}

Said check_templates(const Settings& settings) {
  const std::string& directory = settings.text("templates.directory");
  const auto view = portal::View::load(directory, {"layout.tpl", "error.tpl"});
  if (!view) return view.error();
  return directory;
}

Said check_mail(const Settings& settings) {
  const auto transport = portal::mail::make_transport(settings);
  if (!transport) return transport.error();
  return settings.text("mail.transport");
}

constexpr struct {
  std::string_view name;
  Said (*look)(const Settings&);
} kChecks[] = {
    {"database", check_database},
    {"roster", check_roster},
    {"templates", check_templates},
    {"mail", check_mail},
};

bool report(std::string_view name, const Said& said) {
  if (said) {
    std::cout << "ok   " << name << ": " << *said << "\n";
  } else {
    std::cout << "FAIL " << name << ": " << said.error().message << "\n";
  }
  return static_cast<bool>(said);
}

}  // namespace

int check(const Invocation& invocation) {
  const std::string path = portal::settings_path(invocation.options.config);
  const auto settings = Settings::load(path, environ);
  const bool readable = report("settings", settings ? Said(path) : Said(settings.error()));
  if (!readable) return kRefused;  // the others would be about the defaults
  int failed = 0;
  for (const auto& check : kChecks) {
    if (!report(check.name, check.look(*settings))) ++failed;
  }
  return failed == 0 ? kDone : kRefused;
}

}  // namespace portalctl
