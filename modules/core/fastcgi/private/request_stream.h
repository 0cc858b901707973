// Reads libfcgi's request into an Exchange, within limits for everything.
#pragma once

#include <fcgiapp.h>

#include "core/fastcgi/server.h"

namespace portal::fastcgi {

// Precondition: FCGX_Accept_r() has accepted `request`. Reads the body to its end. If the body is
// too large, it still reads a limited part of it, because some web servers send everything before
// they read the answer.
Exchange read_exchange(FCGX_Request& request, const Limits& limits);

}  // namespace portal::fastcgi
