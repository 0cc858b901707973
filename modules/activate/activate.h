// The activate step: what the mailed link opens (contract.md §4).
#pragma once

#include <optional>
#include <string_view>

#include "core/database/registration/activation_links.h"
#include "core/database/registration/registrations.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "core/security/password.h"

namespace portal {

class ActivateStep : public Step {
 public:
  explicit ActivateStep(const Site& site) : site_(site), hasher_(site.settings) {}
  Result<Response> handle(const Request& request) override;
  PasswordHasher* hasher() override { return &hasher_; }

 private:
  enum class State {
    kUnknown,    // no such link, or a mangled one
    kOpen,       // waits for its click, or elsewhere for its password
    kActivated,  // by this link or another of the same registration
    kEnded,      // five wrong passwords
    kExpired     // over an hour, or another registration has the address or the clinic
  };
  struct Opened {
    State state = State::kUnknown;
    ActivationLink link;        // unless kUnknown
    Registration registration;  // unless kUnknown
  };

  Result<Response> get(const Request& request);
  Result<Response> post(const Request& request);

  Result<Opened> open(std::string_view token) const;
  State state_of(Connection& connection, const ActivationLink& link,
                 const Registration& registration) const;
  Result<Response> activate(const Request& request, const Opened& opened);
  Result<Response> ask(const Request& request, const Opened& opened, int attempts_left) const;
  Response screen(State state) const;
  // That the link was opened, and by what, for the call centre; the answer does not depend on it.
  static std::string_view name_of(State state);
  void note_opening(const Request& request, const Opened& opened, bool same_browser);

  const Site& site_;
  PasswordHasher hasher_;
};

}  // namespace portal
