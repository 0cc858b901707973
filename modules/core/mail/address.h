// Mail addresses, as they may stand in a header and in an SMTP command.
#pragma once

#include <optional>
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

// A Mailbox is an address and, if it has one, the name that mail programs show in its place
// (RFC 5322 §3.4).
struct Mailbox {
  std::string name;  // UTF-8; empty: none
  std::string address;
};

// Reads `a@example.jp`, `<a@example.jp>`, `Name <a@example.jp>` or `"Name, Inc." <a@example.jp>`,
// as the setting mail.from has it: the name is UTF-8, and \" and \\ within quotes mean " and \.
// Nothing if the address is not valid, if a quote is left open, or if the name has a control
// character, has invisible ones, or is longer than 100 characters.
std::optional<Mailbox> parse_mailbox(std::string_view text);

// The mailbox as a header field has it: in ASCII, folded if it is long, a name of other characters
// in encoded words (RFC 2047). Precondition: parse_mailbox() made it.
std::string written_mailbox(const Mailbox& mailbox);

// The domain, such as `mail.example.jp`. Precondition: valid_address(address).
std::string_view domain_of(std::string_view address);

// The domain of a mailbox as a setting has it. Empty: parse_mailbox() cannot read it.
std::string domain_of_mailbox(std::string_view text);

}  // namespace portal::mail
