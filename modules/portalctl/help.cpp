#include "portalctl/help.h"

#include <algorithm>
#include <iostream>

namespace portalctl {
namespace {

void print_verb(const Verb& verb) {
  std::cout << "  " << verb.words;
  if (!verb.arguments.empty()) std::cout << " " << verb.arguments;
  if (!verb.options.empty()) std::cout << " [" << verb.options << "]";
  std::cout << "\n      " << verb.help << "\n      " << verb.example << "\n";
}

void print_option(const OptionLine& line) {
  std::string name = std::string("  --") + line.name + " " + line.value;
  name.resize(std::max<std::size_t>(name.size(), 22), ' ');
  std::cout << name << " " << line.help << "\n";
}

bool takes_option(const Verb& verb, const OptionLine& line) {
  const auto words = words_of(verb.options);
  return line.name == std::string_view("config") ||
         std::ranges::find(words, std::string("--") + line.name) != words.end();
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

void print_help() {
  std::cout << "portalctl: the operators' command of the portal.\n\n"
               "usage: portalctl [--config FILE] VERB ...\n"
               "       portalctl VERB --help\n\n";
  for (const Verb& verb : verbs()) print_verb(verb);
  std::cout << "\n";
  for (const OptionLine& line : option_lines()) print_option(line);
  std::cout << "\n"
            << "Exit status: " << kExitStatus << "\n";
}

void print_help(std::span<const Verb* const> some) {
  for (const Verb* verb : some) print_verb(*verb);
  std::cout << "\n";
  for (const OptionLine& line : option_lines()) {
    const auto takes = [&](const Verb* verb) { return takes_option(*verb, line); };
    if (std::ranges::any_of(some, takes)) print_option(line);
  }
  std::cout << "\n"
            << "Exit status: " << kExitStatus << "\n";
}

}  // namespace portalctl
