// libpq's connection string as the portal takes it: KEY=VALUE words, of two alike the last counts.
#pragma once

#include <map>
#include <string>

namespace portalctl {

class ConnectionWords {
 public:
  explicit ConnectionWords(const std::string& connection);

  bool has(const std::string& key) const { return words_.contains(key); }
  std::string get(const std::string& key) const;  // empty: it is not there

 private:
  std::map<std::string, std::string> words_;
};

}  // namespace portalctl
