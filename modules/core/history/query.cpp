#include "core/history/query.h"

#include <algorithm>
#include <cctype>

#include "core/registration/application.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::size_t kRequestNumber = 8;  // digits that an error page shows
constexpr std::size_t kRequestId = 32;

// The number as it was read out and typed: in groups, full-width or in capitals. Empty: it is none.
std::string request_of(std::string_view typed) {
  std::string number = text::ascii_lower(text::fold_digits(text::nfkc(typed)));
  const bool hexadecimal = std::ranges::all_of(
      number, [](unsigned char c) { return std::isdigit(c) != 0 || (c >= 'a' && c <= 'f'); });
  if (!hexadecimal || number.size() < kRequestNumber || number.size() > kRequestId) return "";
  return number;
}

}  // namespace

Result<Query> parse_query(const std::string& text) {
  Query query;
  if (portal::text::valid_utf8(text)) {
    const std::string address = normalised("email", text);
    if (address.find('@') != std::string::npos) {
      query.email_key = email_key(address);
    } else {
      query.number = RegistrationNumber::parse(text);
    }
    std::string phone = text;
    if (!check_phone("phone", phone)) query.phone = phone;
    query.request = request_of(text);
  }
  if (query.email_key.empty() && !query.number && query.phone.empty() && query.request.empty()) {
    return not_found(
        text +
        ": neither an address nor a number such as 契0123456-7-8 nor a phone number nor the "
        "number of an error page");
  }
  return query;
}

}  // namespace portal
