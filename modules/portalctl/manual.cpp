// portalctl manual: manual pages in mdoc(7), of the table of verbs and of the table of settings.
#include <iostream>
#include <string>

#include "core/base/settings.h"
#include "core/command/mdoc.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> print_page(Context& context);

}  // namespace

constexpr Verb kManual = {
    .usage = {.words = "manual",
              .arguments = "portalctl|portal.conf",
              .help = "Prints a manual page: portalctl(8) or portal.conf(5), in mdoc(7).",
              .example = "portalctl manual portal.conf | man -l -"},
    .run = print_page,
    .needs_settings = false};

namespace {

namespace mdoc = portal::mdoc;
using portal::Setting;

std::string range_of(const Setting& setting) {
  if (setting.type == Setting::Type::kChoice) return "One of " + std::string(setting.choices) + ".";
  if (setting.type != Setting::Type::kNumber) return "";
  return "From " + std::to_string(setting.least) + " to " + std::to_string(setting.most) + ".";
}

void print_settings() {
  mdoc::print_head(std::cout, "portal.conf", "5", "the settings of every program of the portal");
  std::cout << ".Sh DESCRIPTION\nA line\n.Dl name = value\nsets one; a line that begins with # is "
               "a comment.\nAn environment variable overrides the file:\n.Ev "
               "PORTAL_DATABASE_CONNECTION\noverrides\n.Ic database.connection ,\nand so on.\nAn "
               "unknown name, a value out of range or a missing file stops the program with one "
               "line and exit status 2.\n.Bl -tag -width Ds\n";
  for (const Setting& setting : portal::settings_table()) {
    std::cout << ".It Ic " << setting.name << "\n" << mdoc::prose(setting.meaning);
    if (const auto range = range_of(setting); !range.empty())
      std::cout << mdoc::text(range) << "\n";
    if (!setting.fallback.empty()) {
      std::cout << "Default:\n.Ql " << mdoc::argument(setting.fallback) << ".\n";
    }
  }
  std::cout << ".El\n.Sh FILES\n.Pa /etc/portal/portal.conf ,\nunless\n.Fl -config\nor\n.Ev "
               "PORTAL_CONFIG\nnames another.\n.Sh SEE ALSO\n.Xr portalctl 8\n";
}

Result<Done> print_page(Context& context) {
  const std::string& page = context.argument();
  if (page == "portalctl") {
    portal::print_manual(program());
  } else if (page == "portal.conf") {
    print_settings();
  } else {
    return portal::wrong_usage(page + ": the pages are portalctl and portal.conf");
  }
  return Done{};
}

}  // namespace
}  // namespace portalctl
