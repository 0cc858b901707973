// A verb of portalctl: what it is called, what it takes, and the function that does it.
//
// A new verb: a function in the file of its group, and a line in the table in main.cpp, from which
// --help is printed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/settings.h"

namespace portalctl {

// contract.md §5
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;  // or not found; the reason is on standard error
inline constexpr int kWrongUsage = 2;

struct Options {
  std::string config;     // --config FILE
  std::string directory;  // --directory DIR
  bool json = false;      // --json: one JSON object a line
};

struct Invocation {
  Options options;
  std::vector<std::string> arguments;  // after the verb's words
};

struct Verb {
  std::string_view words;      // "roster import"
  std::string_view arguments;  // "FILE": one word an argument
  std::string_view options;    // what it takes besides --config: "--json"
  std::string_view help;       // one sentence
  std::string_view example;
  int (*run)(const Invocation&);
};

int migrate(const Invocation& invocation);
int check(const Invocation& invocation);
int roster_import(const Invocation& invocation);
int roster_show(const Invocation& invocation);
int settings(const Invocation& invocation);

// `portalctl: REASON` on standard error.
int fail(std::string_view reason, int status = kRefused);

// The settings of --config; nothing: they are wrong, which was said (then end with kWrongUsage).
std::optional<portal::Settings> load_settings(const Invocation& invocation);

}  // namespace portalctl
