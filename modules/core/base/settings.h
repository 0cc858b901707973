// The settings: one table (settings.cpp) has the name, default, range and meaning of each.
//
// The reference of portal.conf (`portalctl settings`), the validation and --help are made from this
// table. The contract is contract.md §6. For each key there is an environment variable that
// overrides it: PORTAL_DATABASE_CONNECTION for `database.connection`.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace portal {

struct Setting {
  enum class Type { kText, kNumber, kChoice, kUrl, kPath, kServer };
  std::string_view name;
  Type type;
  std::string_view fallback;  // the default, as it would stand in the file
  std::string_view choices;   // kChoice: "a|b"
  std::int64_t least;         // kNumber
  std::int64_t most;
  std::string_view meaning;  // for the reference: one sentence, or a few
};

class Settings {
 public:
  // Reads the file and then the environment. An error names the file, the key and what is expected.
  // `environment` has NAME=VALUE strings and a null at the end, as environ(7) has; it may be null.
  static Result<Settings> load(const std::string& path, const char* const* environment);

  // All settings have their defaults. For tests, which then set() what they need.
  Settings();

  // Checks the value like a line of the file.
  Result<Done> set(std::string_view name, std::string_view value);

  // Precondition: the table has this name (asserted).
  const std::string& text(std::string_view name) const;
  std::int64_t number(std::string_view name) const;

  // True if site.base_url begins with https: then cookies are Secure and have the prefix __Host-.
  bool secure() const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

// The table of settings, in the order of the reference page.
std::span<const Setting> settings_table();

// The text of conf/portal.conf: every setting with its meaning and default, commented out.
std::string settings_reference();

// The path of the settings: the option --config, else PORTAL_CONFIG, else /etc/portal/portal.conf.
std::string settings_path(std::string_view option);

}  // namespace portal
