// libpq's connection string as the portal takes it: KEY=VALUE words. If a key is there twice, the
// last one counts.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace portalctl {

class ConnectionWords {
 public:
  explicit ConnectionWords(const std::string& connection);

  bool has(const std::string& key) const;
  std::string get(const std::string& key) const;  // empty: it is not there
  // The string again, without the words of that key.
  std::string without(const std::string& key) const;

 private:
  std::vector<std::pair<std::string, std::string>> words_;  // as they came
};

// In quotes, as a shell takes it.
std::string for_shell(const std::string& text);

}  // namespace portalctl
