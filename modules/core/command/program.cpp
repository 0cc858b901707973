#include "core/command/program.h"

#include <Poco/String.h>
#include <getopt.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "core/base/version.h"
#include "core/command/mdoc.h"

namespace portal {
namespace {

constexpr int kDone = 0;
constexpr int kWrongUsage = 2;

constexpr std::array kCommon = {
    Option{"version", "", "prints the version"},
    Option{"help", "", "prints this"},
    Option{"manual", "", "prints this as a manual page, in mdoc(7)"},
};

std::vector<Option> options_of(const Program& program) {
  std::vector<Option> options(program.options.begin(), program.options.end());
  options.insert(options.end(), kCommon.begin(), kCommon.end());
  return options;
}

std::string body(std::string_view text) {
  return Poco::trim(std::string(text));
}

// Printed under its heading, unless there is none of it.
void print_part(std::string_view heading, std::string_view text) {
  if (!text.empty()) std::cout << "\n" << heading << ":\n" << body(text) << "\n";
}

void print_help(const Program& program) {
  const Description& description = program.description;
  std::cout << program.name << ": " << description.summary << "\n\n";
  std::string_view lead = "usage: ";
  for (const auto usage : program.usage) {
    std::cout << lead << program.name << " " << usage << "\n";
    lead = "       ";
  }
  std::cout << "\n";
  for (const Option& option : options_of(program)) {
    std::string name = "  --" + std::string(option.name) + " " + std::string(option.value);
    name.resize(std::max<std::size_t>(name.size(), 18), ' ');
    std::cout << name << " " << option.help << "\n";
  }
  std::cout << "\n" << body(description.does) << "\n\n" << body(program.signals) << "\n";
  print_part("Security", description.security);
  print_part("Logs", description.logs);
  print_part("Settings", description.settings);
  print_part("Exit status", program.exit_status);
}

void print_section(std::string_view heading, std::string_view text) {
  if (!text.empty()) std::cout << ".Sh " << heading << "\n" << mdoc::paragraphs(body(text));
}

void print_manual(const Program& program) {
  const Description& description = program.description;
  mdoc::print_head(std::cout, program.name, "8", description.summary);
  std::cout << ".Sh SYNOPSIS\n";
  for (const auto usage : program.usage) std::cout << ".Nm\n" << mdoc::synopsis(usage);
  print_section("DESCRIPTION", description.does);
  std::cout << ".Pp\n"
            << mdoc::paragraphs(body(program.signals)) << ".Pp\nThe options:\n"
            << ".Bl -tag -width Ds\n";
  for (const Option& option : options_of(program)) {
    std::cout << ".It " << mdoc::option(option.name, option.value) << "\n"
              << mdoc::prose(option.help);
  }
  std::cout << ".El\n";
  print_section("SETTINGS", description.settings);
  print_section("EXIT STATUS", program.exit_status);
  print_section("DIAGNOSTICS", description.logs);
  std::cout << ".Sh SEE ALSO\n.Xr portal.conf 5 ,\n.Xr portalctl 8\n";
  print_section("SECURITY CONSIDERATIONS", description.security);
}

// --version, --help or --manual, if it is given.
bool answered(const Program& program, const CommandLine& line) {
  if (line.has("version")) {
    std::cout << "portal " << kVersion << "\n";
  } else if (line.has("help")) {
    print_help(program);
  } else if (line.has("manual")) {
    print_manual(program);
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string CommandLine::value(std::string_view option) const {
  const auto found = given.find(option);
  return found == given.end() ? "" : found->second;
}

CommandLine read_command_line(int argc, char** argv, const Program& program) {
  const auto options = options_of(program);
  std::vector<option> names;
  for (const Option& option : options) {
    names.push_back(
        {option.name, option.value.empty() ? no_argument : required_argument, nullptr, 0});
  }
  names.push_back({nullptr, 0, nullptr, 0});

  CommandLine line;
  int index = 0;
  int choice = 0;
  while ((choice = getopt_long(argc, argv, "", names.data(), &index)) != -1) {
    if (choice == '?') return line.status = kWrongUsage, line;  // getopt has named the option
    const char* const value = names[static_cast<std::size_t>(index)].has_arg != 0 ? optarg : "";
    line.given.insert_or_assign(names[static_cast<std::size_t>(index)].name, value);
  }
  if (optind < argc) {
    std::cerr << program.name << ": unexpected argument " << argv[optind] << " (see --help)\n";
    line.status = kWrongUsage;
  } else if (answered(program, line)) {
    line.status = kDone;
  }
  return line;
}

}  // namespace portal
