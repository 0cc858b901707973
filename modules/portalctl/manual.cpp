// portalctl manual: manual pages in mdoc(7), from the tables that --help and the settings come
// from.
#include <iostream>
#include <string>

#include "core/base/settings.h"
#include "core/command/mdoc.h"
#include "portalctl/help.h"

namespace portalctl {
namespace {

namespace mdoc = portal::mdoc;
using portal::Setting;

void print_verb(const Verb& verb) {
  std::cout << ".It Cm " << mdoc::argument(verb.words);
  for (const auto& word : words_of(verb.arguments)) std::cout << " Ar " << mdoc::argument(word);
  for (const OptionLine& line : option_lines()) {
    const std::string name = std::string("--") + line.name;
    for (const auto& word : words_of(verb.options)) {
      if (word != name) continue;
      std::cout << " Oo " << mdoc::option(line.name, line.value) << " Oc";
    }
  }
  std::cout << "\n"
            << mdoc::prose(verb.help) << ".Pp\n.Dl " << mdoc::argument(verb.example) << "\n";
}

void print_portalctl() {
  mdoc::print_head(std::cout, "portalctl", "8", "the operators' command of the portal");
  std::cout << ".Sh SYNOPSIS\n.Nm\n.Op Fl -config Ar file\n.Ar verb\n.Op Ar argument ...\n"
               ".Sh DESCRIPTION\nDoes what the steps of the portal do, by the same code, for "
               "operators and the call\ncentre.\nWho may read the settings and write the "
               "database may use it.\n.Pp\nThe verbs:\n.Bl -tag -width Ds\n";
  for (const Verb& verb : verbs()) print_verb(verb);
  std::cout << ".El\n.Pp\nThe options:\n.Bl -tag -width Ds\n";
  for (const OptionLine& line : option_lines()) {
    std::cout << ".It " << mdoc::option(line.name, line.value) << "\n" << mdoc::prose(line.help);
  }
  std::cout << ".El\n.Sh EXIT STATUS\n"
            << mdoc::prose(kExitStatus) << ".Sh SEE ALSO\n.Xr portal.conf 5\n";
}

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

}  // namespace

int manual(const Invocation& invocation) {
  const std::string& page = invocation.arguments[0];
  if (page == "portalctl") return print_portalctl(), kDone;
  if (page == "portal.conf") return print_settings(), kDone;
  return fail(page + ": the pages are portalctl and portal.conf", kWrongUsage);
}

}  // namespace portalctl
