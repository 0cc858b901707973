#include "core/responder/unknown_clients.h"

#include <string>

#include "core/base/log.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr EpochSeconds kQuiet = kMinute;
constexpr std::size_t kMostEntryBytes = 100;

}  // namespace

void UnknownClients::add(EpochSeconds now, std::string_view peer, std::string_view entry) {
  std::uint64_t requests = 0;
  {
    const std::lock_guard lock(mutex_);
    ++count_;
    // Also after a clock that was set back.
    if (told_ > 0 && now >= told_at_ && now < told_at_ + kQuiet) return;
    requests = count_ - told_;
    told_ = count_;
    told_at_ = now;
  }
  log::warning("client_unreadable", {{"proxy", peer},
                                     {"entry", text::cut(entry, kMostEntryBytes)},
                                     {"requests", std::to_string(requests)}});
}

std::uint64_t UnknownClients::count() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

}  // namespace portal
