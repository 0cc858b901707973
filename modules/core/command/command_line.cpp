// Reads a command line by the description of the program.
#include <getopt.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "core/base/core_dumps.h"
#include "core/base/last_words.h"
#include "core/base/version.h"
#include "core/command/consent.h"
#include "core/command/program.h"
#include "core/command/standard_output.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr int kDone = 0;
constexpr int kUsageStatus = 2;

constexpr Option kVersionOption = {"version", "", "prints the version"};
constexpr Option kHelp = {"help", "", "prints this"};
constexpr Option kManual = {"manual", "", "prints this as a manual page, in mdoc(7)"};

// Adds those that are not there yet.
void add_new(std::vector<Option>& all, std::span<const Option> more) {
  for (const Option& option : more) {
    const std::string_view name = option.name;
    if (std::ranges::none_of(all, [&](const Option& own) { return own.name == name; })) {
      all.push_back(option);
    }
  }
}

// What was given may be anything, for example names of files for which a shell put a *.
int say(const Program& program, std::string_view reason) {
  std::cerr << program.name << ": " << text::visible(reason) << "\n";
  return kUsageStatus;
}

int wrong_usage_of(const Program& program, const std::string& reason) {
  return say(program, reason + " (see " + program.name + " --help)");
}

// Why getopt refused the word that it has just read. `short_option`: 0, unless that was one.
std::string refusal(std::string_view word, const std::vector<Option>& options, int choice,
                    int short_option) {
  const std::string_view name = word.substr(0, word.find('='));
  if (choice == ':') return "option '" + std::string(name) + "' requires an argument";
  const bool known = std::ranges::any_of(
      options, [&](const Option& own) { return name == "--" + std::string(own.name); });
  if (known) return "option '" + std::string(name) + "' doesn't allow an argument";
  if (short_option == 0) return "unrecognized option '" + std::string(word) + "'";
  return "unrecognized option '-" + std::string(1, static_cast<char>(short_option)) + "'";
}

// What getopt has read: the options, and in `arguments` all the rest.
CommandLine read_options(int argc, char** argv, const Program& program) {
  const std::vector<Option> options = options_of(program);
  std::vector<option> names;
  names.reserve(options.size() + 1);
  for (const Option& option : options) {
    names.push_back(
        {option.name, option.takes_value() ? required_argument : no_argument, nullptr, 0});
  }
  names.push_back({nullptr, 0, nullptr, 0});
  CommandLine line;
  optind = 0;  // getopt starts anew, also when a test calls it again
  opterr = 0;  // it would write what was given as it is
  int index = 0;
  int choice = 0;
  while ((choice = getopt_long(argc, argv, ":", names.data(), &index)) != -1) {
    if (choice != 0) {
      line.status = say(program, refusal(argv[optind - 1], options, choice, optopt));
      return line;
    }
    const Option& option = options[static_cast<std::size_t>(index)];
    line.given.insert_or_assign(option.name, option.takes_value() ? optarg : "");
  }
  line.arguments.assign(argv + optind, argv + argc);
  return line;
}

// ---- of a program without verbs

// --version, --help or --manual, if it is given.
bool answered(const Program& program, const CommandLine& line) {
  if (line.has(kVersionOption)) {
    std::cout << "portal " << kVersion << "\n";
  } else if (line.has(kHelp)) {
    print_help(program);
  } else if (line.has(kManual)) {
    print_manual(program);
  } else {
    return false;
  }
  return true;
}

std::optional<int> status_of(const Program& program, const CommandLine& line) {
  if (!line.arguments.empty()) {
    return say(program, "unexpected argument " + line.arguments[0] + " (see --help)");
  }
  const auto asked = std::array{kVersionOption, kHelp, kManual};
  if (std::ranges::none_of(asked, [&](const Option& option) { return line.has(option); })) {
    return std::nullopt;
  }
  StandardOutput output;
  answered(program, line);
  return output.end(program.name, kDone);
}

// ---- of a program with verbs

int unknown_verb(const Program& program, const std::string& word) {
  const auto group = group_of(program.verbs, word);
  if (group.empty()) return wrong_usage_of(program, "unknown verb " + word);
  std::string names;
  for (const VerbUsage* verb : group) {
    names.append(names.empty() ? "" : ", ").append(verb->words.substr(word.size() + 1));
  }
  return say(program, word + " is followed by one of: " + names + " (see " + program.name + " " +
                          word + " --help)");
}

// Of all verbs, of those that begin with the one word, or of the one that is named.
int help(const Program& program, const std::vector<std::string>& words) {
  if (words.empty()) return print_help(program), kDone;
  if (words.size() == 1) {
    const auto group = group_of(program.verbs, words[0]);
    if (!group.empty()) return print_help(program, group), kDone;
  }
  const VerbUsage* verb = find_verb(program.verbs, words);
  if (verb == nullptr) return unknown_verb(program, words[0]);
  return print_help(program, std::array{verb}), kDone;
}

// What is wrong with the options and arguments of a verb; nothing: they are right.
std::optional<int> complain(const Program& program, const CommandLine& line) {
  const VerbUsage& verb = *line.verb;
  const std::string name(verb.words);
  if (!verb.takes(line.arguments.size())) {
    return wrong_usage_of(
        program,
        name + " takes " + (verb.arguments.empty() ? "no argument" : std::string(verb.arguments)));
  }
  std::vector<Option> taken(program.options.begin(), program.options.end());
  add_new(taken, verb.options);
  for (const Option& option : options_of(program)) {
    const bool is_taken = std::ranges::any_of(
        taken, [&](const Option& own) { return own.name == std::string_view(option.name); });
    if (line.has(option) && !is_taken) {
      return wrong_usage_of(program, name + " takes no --" + option.name);
    }
  }
  if (!verb.takes(kReason)) return std::nullopt;
  const auto consent = check_consent(line);
  return consent ? std::nullopt : std::optional(say(program, consent.error().message));
}

CommandLine read_verb(const Program& program, CommandLine line) {
  // An empty value counts as none: scripts pass one on where they have nothing to say.
  for (const Option& option : options_of(program)) {
    if (option.takes_value() && line.value(option).empty()) line.given.erase(option.name);
  }
  if (line.has(kHelp)) return line.status = help(program, line.arguments), line;
  if (answered(program, line)) return line.status = kDone, line;
  if (line.arguments.empty()) {
    return line.status = wrong_usage_of(program, "a verb is missing"), line;
  }
  line.verb = find_verb(program.verbs, line.arguments);
  if (line.verb == nullptr) return line.status = unknown_verb(program, line.arguments[0]), line;
  const auto words = static_cast<std::ptrdiff_t>(words_of(line.verb->words).size());
  line.arguments.erase(line.arguments.begin(), line.arguments.begin() + words);
  line.status = complain(program, line);
  return line;
}

}  // namespace

std::string CommandLine::value(std::string_view option) const {
  const auto found = given.find(option);
  return found == given.end() ? "" : found->second;
}

std::vector<Option> options_of(const Program& program) {
  std::vector<Option> all;
  add_new(all, program.options);
  for (const VerbUsage* verb : program.verbs) add_new(all, verb->options);
  std::ranges::stable_sort(all, {}, [&](const Option& option) {
    return std::ranges::find(program.order, option.name) - program.order.begin();
  });
  add_new(all, std::array{kVersionOption, kHelp});
  if (program.verbs.empty()) add_new(all, std::array{kManual});
  return all;
}

CommandLine read_command_line(int argc, char** argv, const Program& program) {
  give_reason_at_the_end();
  forbid_core_dumps();
  CommandLine line = read_options(argc, argv, program);
  if (line.status) return line;
  if (!program.verbs.empty()) return read_verb(program, std::move(line));
  line.status = status_of(program, line);
  return line;
}

}  // namespace portal
