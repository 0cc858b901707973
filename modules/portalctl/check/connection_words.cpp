#include "portalctl/check/connection_words.h"

#include <Poco/StringTokenizer.h>

namespace portalctl {

ConnectionWords::ConnectionWords(const std::string& connection) {
  using Poco::StringTokenizer;
  for (const std::string& word : StringTokenizer(
           connection, " ", StringTokenizer::TOK_IGNORE_EMPTY | StringTokenizer::TOK_TRIM)) {
    const auto equals = word.find('=');
    if (equals != std::string::npos) words_[word.substr(0, equals)] = word.substr(equals + 1);
  }
}

std::string ConnectionWords::get(const std::string& key) const {
  const auto found = words_.find(key);
  return found == words_.end() ? "" : found->second;
}

}  // namespace portalctl
