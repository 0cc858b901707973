#include "core/probe/mail_domain.h"

namespace portal {

Result<bool> takes_mail(Resolver& resolver, const std::string& domain) {
  const auto hosts = resolver.ask(domain, Resolver::Type::kMx);
  if (!hosts) return hosts.error();
  if (!hosts->empty()) return hosts->size() > 1 || !hosts->front().empty();
  const auto addresses = resolver.ask(domain, Resolver::Type::kAddress);
  if (!addresses) return addresses.error();
  return !addresses->empty();
}

}  // namespace portal
