// Random tokens for links, cookies and ids. As text they are base64url without padding (RFC 4648
// §5).
#pragma once

#include <string>
#include <string_view>

namespace portal {

// 256 bits, 43 characters. It cannot be guessed (ASVS 5.0 §7.2.3).
std::string draw_token();

// 128 bits, 22 characters, of which the first is not `-`. It is a unique id but not a secret.
std::string draw_id();

// 128 bits, 32 hexadecimal digits: the id of a request, in the form of nginx's $request_id.
std::string draw_request_id();

// True if the text has 43 characters of canonical base64url. Other text cannot be a token of ours.
bool is_token(std::string_view text);

// The token in what a mail program or a person has made of it: white space is dropped (a link that
// was broken into lines), and so is what follows the token's 43 characters (contract.md §4). Empty
// if there is none.
std::string read_token(std::string_view text);

// The SHA-256 of a token as base64url, 43 characters. The database stores it instead of the token.
std::string token_hash(std::string_view token);

// Derives another token by HKDF-SHA256 (RFC 5869). The first token always gives the same second
// one; the second does not give the first. Precondition: is_token(token).
std::string derive_token(std::string_view token, std::string_view purpose);

// Compares in constant time.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace portal
