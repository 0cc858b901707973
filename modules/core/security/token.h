// Random tokens: links, cookies, ids. Text is base64url without padding (RFC 4648 §5).
#pragma once

#include <string>
#include <string_view>

namespace portal {

// 256 bits, 43 characters: unguessable (ASVS 4.0.3 §2.9, §3.2.2).
std::string draw_token();

// 128 bits, 22 characters, the first no `-`: a unique id, no secret.
std::string draw_id();

// 128 bits, 32 hexadecimal digits: a request's id, in the form that nginx gives them.
std::string draw_request_id();

// 43 characters, canonical base64url: anything else cannot be a token of ours.
bool is_token(std::string_view text);

// SHA-256, base64url, 43 characters: what the database keeps instead of a token.
std::string token_hash(std::string_view token);

// Another token out of one, by HKDF-SHA256 (RFC 5869): whoever has the first can always make the
// second again, never the other way round. Precondition: is_token(token).
std::string derive_token(std::string_view token, std::string_view purpose);

// In constant time.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace portal
