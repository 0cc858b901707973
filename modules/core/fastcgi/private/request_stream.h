// Reads libfcgi's request into an Exchange, within limits for everything.
#pragma once

#include <fcgiapp.h>

#include "core/fastcgi/server.h"

namespace portal::fastcgi {

// Precondition: FCGX_Accept_r() has accepted `request`, which is of read_records().
Exchange read_exchange(FCGX_Request& request, const Limits& limits);

}  // namespace portal::fastcgi
