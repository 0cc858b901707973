#include "core/http/request.h"

#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/NameValueCollection.h>

namespace portal {

std::optional<std::string> cookie(const Request& request, std::string_view name) {
  Poco::Net::NameValueCollection cookies;
  Poco::Net::MessageHeader::splitParameters(request.cookies.begin(), request.cookies.end(),
                                            cookies);
  for (const auto& [key, value] : cookies) {
    if (key == name) return value;  // the look-up of the collection ignores case
  }
  return std::nullopt;
}

}  // namespace portal
