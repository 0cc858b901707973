// Whether a domain can get mail, as the DNS has it.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/probe/dns.h"

namespace portal {

// False only if the DNS says so for certain: the domain does not exist, has neither an MX record
// nor an address (RFC 5321 §5.1), or has the null MX (RFC 7505). kUnavailable if no server answers,
// or if the server cannot find out. Asks up to three questions.
Result<bool> takes_mail(Resolver& resolver, const std::string& domain);

}  // namespace portal
