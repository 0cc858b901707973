// The mailstop step serves the link 「心当たりがない」 of a mail (/mail/stop?token=T).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/database/mail/mail_addresses.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/registration/registrations.h"
#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

class MailStopStep : public Step {
 public:
  explicit MailStopStep(const Site& site) : site_(site) {}
  Result<Response> handle(const Request& request) override;
  bool takes_one_click() const override { return true; }

 private:
  enum class State {
    kUnknown,  // there is no such link, or it was damaged
    kEnded,    // the link is older than kMailStop
    kOpen,     // there is something to cancel or to stop
    kStopped   // everything is cancelled and stopped
  };
  struct Opened {
    State state = State::kUnknown;
    StopLink link;                             // unless kUnknown
    std::optional<Registration> registration;  // nothing: removed meanwhile, or has_moved
    bool has_moved = false;                    // the registration has another address by now
    std::optional<MailKind> letter;            // what the mail was; nothing: it is not known
    std::string clinic;                        // its name; empty if no longer in the roster
    EpochSeconds stopped_until = 0;            // only if kStopped
  };

  Result<Response> get(const Request& request);
  Result<Response> post(const Request& request);

  Result<Opened> open(std::string_view token) const;
  Opened look(Connection& connection, const StopLink& link) const;
  Result<Response> stop(const Request& request, const Opened& opened);
  Result<Response> resume(const Request& request, const Opened& opened);
  Response screen(const Request& request, const Opened& opened) const;

  const Site& site_;
};

}  // namespace portal
