// The connection string of database.connection: libpq's KEY=VALUE words, separated by spaces. The
// last word counts if one is given twice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portal {

// One of the servers that a connection string may name.
struct ServerName {
  std::string host;
  std::string port;
};

// The values of a word, which commas separate; empty if the word is missing or has none.
std::vector<std::string> list_of(const std::string& connection, std::string_view key);

// `own`, then the words of `settings`. Throws a Failure for what is no such string.
std::string join_connection(const std::string& own, const std::string& settings);

// The same string with its lists of hosts, addresses and ports turned round, so that they begin
// with this server. libpq tries them in order, and waits 2 s for each that stands still.
std::string begin_with(const ServerName& server, const std::string& connection);

}  // namespace portal
