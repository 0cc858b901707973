// What a program says of itself, once: --help prints it, --manual makes its manual page of it, and
// its options are read by it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

struct Option {
  const char* name;        // "listen"
  std::string_view value;  // what follows it: "SOCKET"; empty: nothing
  std::string_view help;
};

// Besides `options`, every program takes --version, --help and --manual.
struct Program {
  std::string name;  // "portal-form"
  Description description;
  std::vector<std::string_view> usage;  // what may follow the name, a line each
  std::span<const Option> options;
  std::string_view signals;
  std::string_view exit_status;
};

struct CommandLine {
  std::map<std::string, std::string, std::less<>> given;  // name → value, "" if it has none
  // Exit with it, for the rest was done: 0 --version, --help or --manual was answered; 2 wrong
  // usage, which one line on standard error names.
  std::optional<int> status;

  bool has(std::string_view option) const { return given.contains(option); }
  std::string value(std::string_view option) const;  // "": not given
};

CommandLine read_command_line(int argc, char** argv, const Program& program);

}  // namespace portal
