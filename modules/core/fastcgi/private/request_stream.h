// From libfcgi's request to an Exchange: everything is bounded here.
#pragma once

#include <fcgiapp.h>

#include "core/fastcgi/server.h"

namespace portal::fastcgi {

// Precondition: FCGX_Accept_r() has accepted `request`. Reads the body to its end, or, when it is
// too large, a bounded way on, so that a web server that sends first and reads then gets an answer.
Exchange read_exchange(FCGX_Request& request, const Limits& limits);

}  // namespace portal::fastcgi
