#include "core/history/query.h"

#include "core/registration/application.h"
#include "core/text/text.h"

namespace portal {

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
  }
  if (query.email_key.empty() && !query.number && query.phone.empty()) {
    return not_found(text +
                     ": neither an address nor a number such as 契0123456-7-8 nor a phone number");
  }
  return query;
}

}  // namespace portal
