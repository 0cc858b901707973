// Messages of a program to the service manager that has started it (systemd).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace portal {

// `state` is a message of sd_notify(3): "READY=1" when the program serves and handles its signals,
// or "STOPPING=1". It is sent as one datagram to the unix socket in NOTIFY_SOCKET (a path, or @NAME
// for an abstract socket). Without NOTIFY_SOCKET nothing happens. A failure is logged, because
// systemd then regards the start as failed (Type=notify). The first message opens a descriptor,
// which stays open: those that follow need none.
void tell_manager(std::string_view state);

// How long the manager waits between two messages "WATCHDOG=1" before it ends this process
// (sd_watchdog_enabled(3)). Nothing: it does not wait for them.
std::optional<std::chrono::microseconds> manager_patience();

}  // namespace portal
