// How an encoded message leaves: into a Maildir or to an SMTP server.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/settings.h"

namespace portal::mail {

struct Outcome {
  enum class Kind {
    kDelivered,  // taken over: durable on disk, or 250 after DATA
    kTryLater,   // 4xx, a lost connection, disk full
    kRefused,    // 5xx for this recipient: final
    kBlocked     // 5xx for us (relay denied, authentication, TLS): the whole queue must pause
  } kind = Kind::kTryLater;
  std::string reply;  // the server's words or what happened, one line; may name the recipient
};

// deliver() has given up after that long.
inline constexpr EpochSeconds kLongestDelivery = 80;

// Not for several threads at once. The program ignores SIGPIPE.
class Transport {
 public:
  virtual ~Transport() = default;
  // from, to: valid_address(). message: of encode().
  virtual Outcome deliver(std::string_view from, std::string_view to, std::string_view message) = 0;
  // The end of a batch: an open connection is closed.
  virtual void finish() {}
};

// By mail.transport. The error says what is wrong with the settings or the Maildir.
Result<std::unique_ptr<Transport>> make_transport(const Settings& settings);

}  // namespace portal::mail
