// Messages of a program to the service manager that has started it (systemd).
#pragma once

#include <string_view>

namespace portal {

// `state` is a message of sd_notify(3): "READY=1" when the program serves and handles its signals,
// or "STOPPING=1". It is sent as one datagram to the unix socket in NOTIFY_SOCKET (a path, or @NAME
// for an abstract socket). Without NOTIFY_SOCKET nothing happens. A failure is logged, because
// systemd then regards the start as failed (Type=notify).
void tell_manager(std::string_view state);

}  // namespace portal
