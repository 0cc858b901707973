#include "core/mail/base64.h"

#include <Poco/Base64Encoder.h>

#include <sstream>

namespace portal::mail {

std::string base64(std::string_view bytes) {
  std::ostringstream text;
  Poco::Base64Encoder encoder(text);
  encoder.rdbuf()->setLineLength(0);
  encoder << bytes;
  encoder.close();
  return text.str();
}

}  // namespace portal::mail
