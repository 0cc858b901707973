// Reading from and writing to a connection of the web server. The connection may be non-blocking.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>

namespace portal::fastcgi {

// Bytes that come next, at least one and at most as many as `buffer` has room for, and how many
// they are. 0: the peer has ended, or nothing came within `silence`.
std::size_t receive(int connection, std::span<char> buffer, std::chrono::milliseconds silence);
// The same, but the bytes stay where they are and come again.
std::size_t peek(int connection, std::span<char> buffer, std::chrono::milliseconds silence);

// Sends a whole answer as FastCGI 1.0 §3 has it: STDOUT records, and END_REQUEST. One with less
// than 64 KiB goes out with one sendmsg(2). False: the peer has gone, or took nothing within
// `silence`.
bool send_answer(int connection, std::size_t request, std::string_view answer,
                 std::chrono::milliseconds silence);

// Call it before a connection is closed whose request was not read to its end: the kernel tells the
// peer of the bytes that nobody has read, and the peer may then drop the answer. Says that nothing
// more will come, and drops what the peer sends until it has closed its end, or for 200 ms.
void linger(int connection);

}  // namespace portal::fastcgi
