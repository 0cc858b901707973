// A program's command line, and what it says of itself. The one description is read by all: the
// command line is checked against it, --help prints it, and the manual page and the completion are
// made of it. A daemon has options; a command such as portalctl has verbs, too.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/command/option.h"
#include "core/command/verb_usage.h"

namespace portal {

// Texts have lines of at most 80 columns; a line break at either end does not count. Blank lines
// separate paragraphs; one whose lines begin with two spaces is an example.
struct Description {
  std::string_view summary;  // one line, without a full stop
  std::string_view does;
  std::string_view security;
  std::string_view logs;
  std::string_view settings;  // their names; `database.*`: all that begin so
};

// Besides `options`, every program takes --version and --help, and one without verbs --manual.
struct Program {
  std::string name;  // "portal-form"
  Description description;
  std::vector<std::string_view> usage;  // what may follow the name, a line each
  std::span<const Option> options;      // of a program with verbs: those that every verb takes
  std::string_view signals;
  std::string_view exit_status;
  std::vector<const VerbUsage*> verbs = {};  // in the order of --help; empty: it has none
  // The names of options in the order of --help; those that are not named come after them.
  std::span<const std::string_view> order = {};
};

struct CommandLine {
  // Of a program with verbs, which one was called; it is not null if `status` is nothing.
  const VerbUsage* verb = nullptr;
  std::vector<std::string> arguments;                     // after the verb's words
  std::map<std::string, std::string, std::less<>> given;  // option → value, "" if it takes none
  // The program ends with it, because the rest was done: 0 --version, --help or --manual was
  // answered; 2 wrong usage, which one line on standard error names.
  std::optional<int> status;

  bool has(std::string_view option) const { return given.contains(option); }
  bool has(const Option& option) const { return has(option.name); }
  std::string value(std::string_view option) const;  // "": not given
  std::string value(const Option& option) const { return value(option.name); }
};

// Every program begins with it: from here on it says why it ends (core/base/last_words.h) and
// leaves no core file (core/base/core_dumps.h).
CommandLine read_command_line(int argc, char** argv, const Program& program);

// Every option of the program and of its verbs, once, in the order of --help.
std::vector<Option> options_of(const Program& program);

void print_help(const Program& program);
// Of these verbs only, and of the options that they take.
void print_help(const Program& program, std::span<const VerbUsage* const> verbs);

// The manual page, in mdoc(7).
void print_manual(const Program& program);

// What completes the words of verbs, options and files in bash.
void print_completion(const Program& program);

}  // namespace portal
