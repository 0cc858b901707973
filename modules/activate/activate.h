// The activate step serves the link in the activation mail (contract.md §4).
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "core/database/registration/activation_links.h"
#include "core/database/registration/registrations.h"
#include "core/journal/opened_link.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "core/security/password.h"

namespace portal {

class ActivateStep : public Step {
 public:
  // PasswordHasher::verify. A test has it fail.
  using Verify = std::function<bool(std::string_view encoded, std::string_view password)>;

  explicit ActivateStep(const Site& site);
  ActivateStep(const Site& site, Verify verify);
  Result<Response> handle(const Request& request) override;
  PasswordHasher* hasher() override { return &hasher_; }

 private:
  using State = OpenedLink;
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
  bool verified(const Request& request, const Opened& opened, std::string_view encoded);
  // Nobody has entered a wrong password: the portal could not tell, or could not go on.
  void give_back_attempt(const Opened& opened) const;
  Result<Response> activate(const Request& request, const Opened& opened);
  Result<Response> ask(const Request& request, const Opened& opened, int attempts_left) const;
  bool is_same_browser(const Request& request, const Opened& opened) const;
  Response expired(std::string_view section) const;
  Response screen(State state, bool same_browser) const;
  // Records that the link was opened, and by which program, for the call centre. The answer does
  // not depend on it.
  void record_opening(const Request& request, const Opened& opened, bool same_browser);

  const Site& site_;
  PasswordHasher hasher_;
  Verify verify_;
};

}  // namespace portal
