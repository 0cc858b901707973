// The settings: one table (settings.cpp) says name, default, range and meaning of each.
//
// portal.conf's reference (`portalctl settings`), the validation and --help come from that table.
// Contract: contract.md §6. An environment variable PORTAL_DATABASE_CONNECTION overrides
// `database.connection`, and so on for every key.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace portal {

struct Setting {
  enum class Type { kText, kNumber, kChoice, kUrl, kPath };
  std::string_view name;
  Type type;
  std::string_view fallback;  // the default, as it would stand in the file
  std::string_view choices;   // kChoice: "a|b"
  std::int64_t least;         // kNumber
  std::int64_t most;
  std::string_view meaning;  // one sentence
};

class Settings {
 public:
  // Reads the file and then the environment. The error names file, key and what would be right.
  // `environment` is environ's shape: NAME=VALUE strings, null at the end; may be null.
  static Result<Settings> load(const std::string& path, const char* const* environment);

  // All defaults: for tests, which then set() what they need.
  Settings();

  // Checked like a line of the file.
  Result<Done> set(std::string_view name, std::string_view value);

  // Precondition: the table has that name (asserted).
  const std::string& text(std::string_view name) const;
  std::int64_t number(std::string_view name) const;

  // site.base_url begins with https: cookies are then Secure and carry the __Host- prefix.
  bool secure() const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

// The table itself, in the order of the reference page.
std::span<const Setting> settings_table();

// conf/portal.conf: every setting with its meaning and default, commented out.
std::string settings_reference();

// --config, else PORTAL_CONFIG, else /etc/portal/portal.conf.
std::string settings_path(std::string_view option);

}  // namespace portal
