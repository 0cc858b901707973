#include "portalctl/connection_words.h"

#include <Poco/StringTokenizer.h>

#include <algorithm>

namespace portalctl {

ConnectionWords::ConnectionWords(const std::string& connection) {
  using Poco::StringTokenizer;
  for (const std::string& word : StringTokenizer(
           connection, " ", StringTokenizer::TOK_IGNORE_EMPTY | StringTokenizer::TOK_TRIM)) {
    const auto equals = word.find('=');
    const bool whole = equals != std::string::npos;  // any other is refused when it is used
    words_.emplace_back(word.substr(0, equals), whole ? word.substr(equals + 1) : "");
  }
}

bool ConnectionWords::has(const std::string& key) const {
  return std::ranges::any_of(words_, [&](const auto& word) { return word.first == key; });
}

std::string ConnectionWords::get(const std::string& key) const {
  std::string value;
  for (const auto& [own, text] : words_) {
    if (own == key) value = text;
  }
  return value;
}

std::string ConnectionWords::without(const std::string& key) const {
  std::string all;
  for (const auto& [own, text] : words_) {
    if (own == key) continue;
    all.append(all.empty() ? "" : " ").append(own).append("=").append(text);
  }
  return all;
}

std::string for_shell(const std::string& text) {
  std::string all = "'";
  for (const char c : text) all += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return all + "'";
}

}  // namespace portalctl
