// What a verb works with: its arguments and options, the settings, and the database.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/settings.h"
#include "core/command/program.h"
#include "core/database/database.h"

namespace portalctl {

class Context {
 public:
  // `settings`: nothing for a verb that does not need them.
  Context(portal::CommandLine line, std::optional<portal::Settings> settings);

  // "mail list"
  std::string_view words() const { return line_.verb->words; }
  // As many as the verb takes; one that may be left out can be missing at the end.
  const std::vector<std::string>& arguments() const { return line_.arguments; }
  // The first one. Precondition: it was given.
  const std::string& argument() const;

  // Precondition of both: the verb takes the option (asserted).
  bool has(const portal::Option& option) const;
  std::string value(const portal::Option& option) const;  // "": not given

  std::string settings_path() const;
  // Precondition of both: the verb needs settings (asserted).
  const portal::Settings& settings() const;
  // One session, with full durability; it is made at the first call. From then on system_now() is
  // the time by its clock.
  portal::Database& database();

  // For a verb that takes kYes: asks whether to go on. Error: kRefused, no.
  portal::Result<portal::Done> confirm(const std::string& question) const;
  // Of a verb that takes kReason; checked, before the verb was called.
  std::string reason() const;

 private:
  portal::CommandLine line_;
  std::optional<portal::Settings> settings_;
  std::optional<portal::Database> database_;
};

}  // namespace portalctl
