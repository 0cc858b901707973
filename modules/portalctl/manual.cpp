// portalctl manual: manual pages in mdoc(7), from the tables that --help and the settings come
// from.
#include <Poco/String.h>

#include <iostream>
#include <string>

#include "core/base/settings.h"
#include "core/base/version.h"
#include "portalctl/help.h"

namespace portalctl {
namespace {

using portal::Setting;

// Of the last change of what the pages say; a build's own date would make no two builds alike.
constexpr auto kDate = "November 22, 2026";

// A line of text as mdoc takes it: no control character at its beginning, no escape within.
std::string text(std::string_view words) {
  std::string line;
  for (const char c : words) line += c == '\\' ? std::string("\\e") : std::string(1, c);
  return (line.starts_with('.') || line.starts_with('\'') ? "\\&" : "") + line;
}

// Sentences; each begins a line of its own (mdoc(7), "new sentence, new line").
std::string prose(std::string_view words) {
  return Poco::replace(text(words), std::string(". "), std::string(".\n"));
}

// An argument of a macro.
std::string argument(std::string_view words) {
  std::string quoted = "\"";
  for (const char c : text(words)) quoted += c == '"' ? std::string("\\(dq") : std::string(1, c);
  return quoted + "\"";
}

void print_head(std::string_view name, std::string_view section, std::string_view meaning) {
  std::string title(name);
  for (char& c : title) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  std::cout << ".Dd " << kDate << "\n.Dt " << title << " " << section << "\n.Os portal "
            << portal::kVersion << "\n.Sh NAME\n.Nm " << name << "\n.Nd " << meaning << "\n";
}

void print_option_macro(const OptionLine& line) {
  std::cout << "Fl -" << line.name;
  if (*line.value != '\0') std::cout << " Ar " << argument(line.value);
}

void print_verb(const Verb& verb) {
  std::cout << ".It Cm " << argument(verb.words);
  for (const auto& word : words_of(verb.arguments)) std::cout << " Ar " << argument(word);
  for (const OptionLine& line : option_lines()) {
    const std::string name = std::string("--") + line.name;
    for (const auto& word : words_of(verb.options)) {
      if (word != name) continue;
      std::cout << " Oo ";
      print_option_macro(line);
      std::cout << " Oc";
    }
  }
  std::cout << "\n" << prose(verb.help) << "\n.Pp\n.Dl " << argument(verb.example) << "\n";
}

void print_portalctl() {
  print_head("portalctl", "8", "the operators' command of the portal");
  std::cout << ".Sh SYNOPSIS\n.Nm\n.Op Fl -config Ar file\n.Ar verb\n.Op Ar argument ...\n"
               ".Sh DESCRIPTION\nDoes what the steps of the portal do, by the same code, for "
               "operators and the call\ncentre.\nWho may read the settings and write the "
               "database may use it.\n.Pp\nThe verbs:\n.Bl -tag -width Ds\n";
  for (const Verb& verb : verbs()) print_verb(verb);
  std::cout << ".El\n.Pp\nThe options:\n.Bl -tag -width Ds\n";
  for (const OptionLine& line : option_lines()) {
    std::cout << ".It ";
    print_option_macro(line);
    std::cout << "\n" << prose(line.help) << "\n";
  }
  std::cout << ".El\n.Sh EXIT STATUS\n0 done; 1 refused or not found, the reason is on standard "
               "error; 2 wrong usage or settings.\n.Sh SEE ALSO\n.Xr portal.conf 5\n";
}

std::string range_of(const Setting& setting) {
  if (setting.type == Setting::Type::kChoice) return "One of " + std::string(setting.choices) + ".";
  if (setting.type != Setting::Type::kNumber) return "";
  return "From " + std::to_string(setting.least) + " to " + std::to_string(setting.most) + ".";
}

void print_settings() {
  print_head("portal.conf", "5", "the settings of every program of the portal");
  std::cout << ".Sh DESCRIPTION\nA line\n.Dl name = value\nsets one; a line that begins with # is "
               "a comment.\nAn environment variable overrides the file:\n.Ev "
               "PORTAL_DATABASE_CONNECTION\noverrides\n.Ic database.connection ,\nand so on.\nAn "
               "unknown name, a value out of range or a missing file stops the program with one "
               "line and exit status 2.\n.Bl -tag -width Ds\n";
  for (const Setting& setting : portal::settings_table()) {
    std::cout << ".It Ic " << setting.name << "\n" << prose(setting.meaning) << "\n";
    if (const auto range = range_of(setting); !range.empty()) std::cout << text(range) << "\n";
    if (!setting.fallback.empty()) {
      std::cout << "Default:\n.Ql " << argument(setting.fallback) << ".\n";
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
