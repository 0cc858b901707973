#include "core/responder/security_headers.h"

namespace portal {

std::string content_security_policy(std::string_view style_source) {
  std::string policy = "default-src 'none'; script-src 'self'; style-src 'self'";
  if (!style_source.empty()) policy.append(" ").append(style_source);
  return policy +
         "; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
         "frame-ancestors 'none'";
}

}  // namespace portal
