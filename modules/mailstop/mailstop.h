// The mailstop step: the link 「心当たりがない」 of a mail (/mail/stop?token=T).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/database/mail/mail_addresses.h"
#include "core/database/registration/registrations.h"
#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

class MailStopStep : public Step {
 public:
  explicit MailStopStep(const Site& site) : site_(site) {}
  Result<Response> handle(const Request& request) override;

 private:
  enum class State {
    kUnknown,  // no such link, or a mangled one
    kEnded,    // older than kMailStop
    kOpen,     // there is something to cancel or to stop
    kStopped   // all of it is done
  };
  struct Opened {
    State state = State::kUnknown;
    StopLink link;                             // unless kUnknown
    std::optional<Registration> registration;  // it may be gone meanwhile
    bool listed = false;                       // it was about the roster: there is none
    std::string clinic;                        // its name; empty: not in the roster any more
    EpochSeconds stopped_until = 0;            // kStopped
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
