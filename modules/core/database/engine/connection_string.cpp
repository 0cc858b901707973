#include "core/database/engine/connection_string.h"

#include <Poco/StringTokenizer.h>

#include <algorithm>

#include "core/database/engine/connection.h"

namespace portal {
namespace {

using Poco::StringTokenizer;
using List = std::vector<std::string>;

StringTokenizer words_of(const std::string& connection) {
  return {connection, " ", StringTokenizer::TOK_IGNORE_EMPTY | StringTokenizer::TOK_TRIM};
}

// Where the server is in the lists. libpq names it by its host, or by its address if it has no
// other name; one port may stand for all.
std::size_t place_of(const ServerName& server, const List& names, const List& ports) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool has_port = ports.size() != names.size() || ports[i] == server.port;
    if (names[i] == server.host && has_port) return i;
  }
  return 0;
}

}  // namespace

List list_of(const std::string& connection, std::string_view key) {
  List list;
  for (const std::string& word : words_of(connection)) {
    if (word.starts_with(std::string(key) + "=")) {
      const StringTokenizer values(word.substr(key.size() + 1), ",");
      list.assign(values.begin(), values.end());
    }
  }
  return list;
}

std::string join_connection(const std::string& own, const std::string& settings) {
  std::string all = own;
  for (const std::string& word : words_of(settings)) {
    // Poco cuts the string at spaces, also within quotes, and takes the next word for an empty
    // value. The message does not contain the word, because it may be half a password.
    if (word.find('=') == std::string::npos || word.back() == '=') {
      throw Failure(
          unavailable("database.connection: expected KEY=VALUE KEY=VALUE …; no value can be empty "
                      "or have a space in it"));
    }
    all += " " + word;
  }
  return all;
}

std::string begin_with(const ServerName& server, const std::string& connection) {
  const List hosts = list_of(connection, "host");
  const List& names = hosts.empty() ? list_of(connection, "hostaddr") : hosts;
  const std::size_t place = place_of(server, names, list_of(connection, "port"));
  if (place == 0) return connection;
  std::string all = connection;
  for (const std::string_view key : {"host", "hostaddr", "port"}) {
    List list = list_of(connection, key);
    if (list.size() != names.size()) continue;  // missing, or one port for all
    std::rotate(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(place), list.end());
    std::string values;
    for (const std::string& value : list) values += (values.empty() ? "" : ",") + value;
    all += " " + std::string(key) + "=" + values;
  }
  return all;
}

}  // namespace portal
