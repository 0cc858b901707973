// What a program says to the service manager that has started it.
#pragma once

#include <string_view>

namespace portal {

// `state` as sd_notify(3) has it: "READY=1" when the program serves and takes its signals,
// "STOPPING=1". One datagram to the unix socket that NOTIFY_SOCKET names (a path, or @NAME of the
// abstract ones); nothing happens where there is none. What goes wrong is logged: systemd will
// think that the program does not start (Type=notify).
void tell_manager(std::string_view state);

}  // namespace portal
