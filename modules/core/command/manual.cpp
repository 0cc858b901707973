// The manual page of a program, of what it says of itself.
#include <Poco/String.h>

#include <iostream>

#include "core/command/mdoc.h"
#include "core/command/program.h"

namespace portal {
namespace {

std::string body(std::string_view text) {
  return Poco::trim(std::string(text));
}

void print_section(std::string_view heading, std::string_view text) {
  if (!text.empty()) std::cout << ".Sh " << heading << "\n" << mdoc::paragraphs(body(text));
}

void print_options(const Program& program) {
  std::cout << "The options:\n.Bl -tag -width Ds\n";
  for (const Option& option : options_of(program)) {
    std::cout << ".It " << mdoc::option(option.name, option.value) << "\n"
              << mdoc::prose(option.help);
  }
  std::cout << ".El\n";
}

// Its options stand in the order of --help.
void print_verb(const Program& program, const VerbUsage& verb) {
  std::cout << ".It Cm " << mdoc::argument(verb.words);
  for (const auto& word : words_of(verb.arguments)) std::cout << " Ar " << mdoc::argument(word);
  for (const Option& option : options_of(program)) {
    if (verb.takes(option)) std::cout << " Oo " << mdoc::option(option.name, option.value) << " Oc";
  }
  std::cout << "\n"
            << mdoc::prose(verb.help) << ".Pp\n.Dl " << mdoc::argument(verb.example) << "\n";
}

void print_manual_of_verbs(const Program& program) {
  std::cout << ".Sh SYNOPSIS\n.Nm\n.Op Fl -config Ar file\n.Ar verb\n.Op Ar argument ...\n";
  print_section("DESCRIPTION", program.description.does);
  std::cout << ".Pp\nThe verbs:\n.Bl -tag -width Ds\n";
  for (const VerbUsage* verb : program.verbs) print_verb(program, *verb);
  std::cout << ".El\n.Pp\n";
  print_options(program);
  print_section("EXIT STATUS", program.exit_status);
  std::cout << ".Sh SEE ALSO\n.Xr portal.conf 5\n";
}

}  // namespace

void print_manual(const Program& program) {
  const Description& description = program.description;
  mdoc::print_head(std::cout, program.name, "8", description.summary);
  if (!program.verbs.empty()) return print_manual_of_verbs(program);
  std::cout << ".Sh SYNOPSIS\n";
  for (const auto usage : program.usage) std::cout << ".Nm\n" << mdoc::synopsis(usage);
  print_section("DESCRIPTION", description.does);
  std::cout << ".Pp\n" << mdoc::paragraphs(body(program.signals)) << ".Pp\n";
  print_options(program);
  print_section("SETTINGS", description.settings);
  print_section("EXIT STATUS", program.exit_status);
  print_section("DIAGNOSTICS", description.logs);
  std::cout << ".Sh SEE ALSO\n.Xr portal.conf 5 ,\n.Xr portalctl 8\n";
  print_section("SECURITY CONSIDERATIONS", description.security);
}

}  // namespace portal
