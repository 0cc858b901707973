// A verb of portalctl: what it is called, what it takes, and the function that does it.
//
// A new verb: a function in the file of its group, and a line in the table in main.cpp, from which
// --help is printed.
#pragma once

#include <optional>
#include <span>
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
  std::string config;           // --config FILE
  std::string directory;        // --directory DIR
  std::string from;             // --from SOURCE
  std::string reason;           // --reason TEXT
  std::string account;          // --account ACCOUNT
  std::string event;            // --event EVENT
  std::string since;            // --since TIME
  std::string until;            // --until TIME
  std::string html;             // --html FILE
  std::string state;            // --state STATE
  std::string tell;             // --tell ADDRESS
  std::string map;              // --map COLUMNS
  std::string encoding;         // --encoding NAME
  std::string sheet;            // --sheet NAME
  std::string complete;         // --complete SCOPE
  std::string user;             // --user NAME
  std::string web_user;         // --web-user NAME
  std::string sockets;          // --sockets DIR
  std::string resolver;         // --resolver ADDRESS
  std::string dkim_selector;    // --dkim-selector NAME
  std::string timeout;          // --timeout SECONDS
  bool dry_run = false;         // --dry-run
  bool allow_removals = false;  // --allow-removals
  bool finish = false;          // --finish
  bool stopped = false;         // --stopped
  bool csv = false;             // --csv
  bool closed = false;          // --closed
  bool json = false;            // --json: one JSON object a line
  bool full = false;            // --full
  bool yes = false;             // --yes
  bool version = false;         // --version
  bool help = false;            // --help
};

// An option of any verb.
struct OptionLine {
  const char* name;
  const char* value;  // what follows it: "FILE"; empty: nothing
  std::string Options::*text;
  bool Options::*flag;  // if `text` is null
  std::string_view help;
};

struct Invocation {
  Options options;
  std::vector<std::string> arguments;  // after the verb's words
};

struct Verb {
  std::string_view words;      // "roster import"
  std::string_view arguments;  // "FILE": one word an argument; "[FILE]": it may be left out
  std::string_view options;    // what it takes besides --config: "--yes --reason TEXT"
  std::string_view help;       // one sentence
  std::string_view example;
  int (*run)(const Invocation&);
};

int migrate(const Invocation& invocation);
int backup(const Invocation& invocation);
int restored(const Invocation& invocation);
int check(const Invocation& invocation);
int roster_import(const Invocation& invocation);
int roster_undo(const Invocation& invocation);
int roster_editions(const Invocation& invocation);
int roster_list(const Invocation& invocation);
int roster_export(const Invocation& invocation);
int roster_quarantine(const Invocation& invocation);
int roster_quarantine_clear(const Invocation& invocation);
int roster_fix(const Invocation& invocation);
int roster_show(const Invocation& invocation);
int account_show(const Invocation& invocation);
int account_disable(const Invocation& invocation);
int account_enable(const Invocation& invocation);
int account_unlock(const Invocation& invocation);
int account_release(const Invocation& invocation);
int registration_list(const Invocation& invocation);
int registration_resend(const Invocation& invocation);
int mail_list(const Invocation& invocation);
int mail_show(const Invocation& invocation);
int mail_status(const Invocation& invocation);
int mail_retry(const Invocation& invocation);
int mail_allow(const Invocation& invocation);
int audit_list(const Invocation& invocation);
int audit_verify(const Invocation& invocation);
int audit_seal(const Invocation& invocation);
int timeline(const Invocation& invocation);
int report(const Invocation& invocation);
int purge(const Invocation& invocation);
int settings(const Invocation& invocation);
int manual(const Invocation& invocation);
int completion(const Invocation& invocation);

// The tables in main.cpp.
std::span<const Verb> verbs();
std::span<const OptionLine> option_lines();

// `portalctl: REASON` on standard error.
int fail(std::string_view reason, int status = kRefused);

// The settings of --config; nothing: they are wrong, which was said (then end with kWrongUsage).
std::optional<portal::Settings> load_settings(const Invocation& invocation);

}  // namespace portalctl
