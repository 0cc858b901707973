// Mail addresses, as they may stand in a header and in an SMTP command.
#pragma once

#include <string>
#include <string_view>

namespace portal::mail {

// True if the text is a valid e-mail address of the HTML standard with at most 254 characters. None
// of its characters can end an SMTP command or a header field, so such an address cannot inject
// anything.
bool valid_address(std::string_view address);

// True if the text can follow the @ of a valid address: letters, digits, hyphens and dots.
bool valid_domain(std::string_view domain);

// The address as RFC 5321 §4.1.2 and RFC 5322 §3.4.1 write it, without < and >. A local part such
// as `taro.` or `a..b`, which Japanese phone companies once assigned, is put in quotes.
// Precondition: valid_address(address).
std::string written_address(std::string_view address);

// The domain, such as `mail.example.jp`. Precondition: valid_address(address).
std::string_view domain_of(std::string_view address);

}  // namespace portal::mail
