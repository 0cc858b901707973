// A Transport delivers an encoded message: into a Maildir or to an SMTP server.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/settings.h"
#include "core/mail/refusal.h"

namespace portal::mail {

struct Outcome {
  enum class Kind {
    kDelivered,  // accepted: durable on disk, or 250 after DATA
    kTryLater,   // 4xx, a full mailbox, a lost connection, disk full
    kRefused,    // 5xx clearly about this recipient, which is final
    kDoubtful,   // 5xx for another reason: a later attempt may help
    kBlocked  // about the portal (identity, limit, relaying, password, TLS): the queue must pause
  } kind = Kind::kTryLater;
  std::string reply;  // the server's reply or what happened, in one line; may name the recipient
  MailFault fault = MailFault::kNone;
  Stage stage = Stage::kSession;  // from kRecipient on, the mail itself may be what is refused
};

// A message made by encode(), and its envelope, whose addresses must be valid_address().
struct Parcel {
  std::string from;
  std::string to;
  std::string message;
};

// deliver() gives up after this time.
inline constexpr EpochSeconds kLongestDelivery = 80;

// Only one thread at a time may use a Transport. The program must ignore SIGPIPE.
class Transport {
 public:
  virtual ~Transport() = default;
  // `from` and `to` must be valid_address(); `message` must be made by encode().
  virtual Outcome deliver(std::string_view from, std::string_view to, std::string_view message) = 0;
  // How many parcels deliver_all() takes at most. One, unless several together cost less.
  virtual std::size_t together() const { return 1; }
  // The outcomes of the first parcels, at least of one. The others were not tried, because one
  // before them was not delivered.
  virtual std::vector<Outcome> deliver_all(std::span<const Parcel> parcels);
  // Ends a batch: closes an open connection.
  virtual void finish() {}
};

// Makes the transport of mail.transport. The error says what is wrong with the settings or the
// Maildir.
Result<std::unique_ptr<Transport>> make_transport(const Settings& settings);

}  // namespace portal::mail
