// --help of a program, and of some of its verbs.
#include <Poco/String.h>

#include <algorithm>
#include <iostream>

#include "core/command/program.h"

namespace portal {
namespace {

constexpr std::size_t kNameWidth = 18;      // of options
constexpr std::size_t kVerbNameWidth = 22;  // of options of verbs, which are longer

std::string body(std::string_view text) {
  return Poco::trim(std::string(text));
}

// Printed under its heading, unless there is none of it.
void print_part(std::string_view heading, std::string_view text) {
  if (!text.empty()) std::cout << "\n" << heading << ":\n" << body(text) << "\n";
}

void print_usage(const Program& program) {
  std::string_view lead = "usage: ";
  for (const auto usage : program.usage) {
    std::cout << lead << program.name << " " << usage << "\n";
    lead = "       ";
  }
  std::cout << "\n";
}

void print_option(const Option& option, std::size_t width) {
  std::string name = "  --" + std::string(option.name) + " " + std::string(option.value);
  name.resize(std::max(name.size(), width), ' ');
  std::cout << name << " " << option.help << "\n";
}

void print_verb(const VerbUsage& verb) {
  std::cout << "  " << verb.words;
  if (!verb.arguments.empty()) std::cout << " " << verb.arguments;
  std::string_view before = " [";
  for (const Option& option : verb.options) {
    std::cout << before << "--" << option.name;
    if (option.takes_value()) std::cout << " " << option.value;
    before = " ";
  }
  std::cout << (verb.options.empty() ? "" : "]") << "\n      " << verb.help << "\n      "
            << verb.example << "\n";
}

void print_help_of_verbs(const Program& program) {
  std::cout << program.name << ": " << program.description.summary << ".\n\n";
  print_usage(program);
  for (const VerbUsage* verb : program.verbs) print_verb(*verb);
  std::cout << "\n";
  for (const Option& option : options_of(program)) print_option(option, kVerbNameWidth);
  std::cout << "\nExit status: " << program.exit_status << "\n";
}

}  // namespace

void print_help(const Program& program) {
  if (!program.verbs.empty()) return print_help_of_verbs(program);
  const Description& description = program.description;
  std::cout << program.name << ": " << description.summary << "\n\n";
  print_usage(program);
  for (const Option& option : options_of(program)) print_option(option, kNameWidth);
  std::cout << "\n" << body(description.does) << "\n\n" << body(program.signals) << "\n";
  print_part("Security", description.security);
  print_part("Logs", description.logs);
  print_part("Settings", description.settings);
  print_part("Exit status", program.exit_status);
}

void print_help(const Program& program, std::span<const VerbUsage* const> verbs) {
  for (const VerbUsage* verb : verbs) print_verb(*verb);
  std::cout << "\n";
  for (const Option& option : options_of(program)) {
    const std::string_view name = option.name;
    const bool of_every =
        std::ranges::any_of(program.options, [&](const Option& own) { return own.name == name; });
    const bool of_these =
        std::ranges::any_of(verbs, [&](const VerbUsage* verb) { return verb->takes(option); });
    if (of_every || of_these) print_option(option, kVerbNameWidth);
  }
  std::cout << "\nExit status: " << program.exit_status << "\n";
}

}  // namespace portal
