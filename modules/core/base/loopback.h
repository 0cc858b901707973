// Whether a host is this machine itself, told by its name alone: no resolver is asked.
#pragma once

#include <string>

namespace portal {

// localhost and the names below it (RFC 6761), 127.x.y.z, ::1. What such a connection carries does
// not leave the machine, so that it needs no TLS.
bool is_loopback(const std::string& host);

}  // namespace portal
