// The password step lets a person who has forgotten the password set a new one.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/database/account/account_links.h"
#include "core/database/account/accounts.h"
#include "core/registration/application.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "core/security/password.h"

namespace portal {

class PasswordStep : public Step {
 public:
  explicit PasswordStep(const Site& site) : site_(site), hasher_(site.settings) {}
  Result<Response> handle(const Request& request) override;
  bool hashes_at(std::string_view path) const override { return path == "/password/reset"; }
  PasswordHasher* hasher() override { return &hasher_; }

 private:
  enum class State {
    kUnknown,  // there is no such link, or it was damaged
    kOpen,     // the link waits for a new password
    kEnded     // the link is older than an hour or used, or its account cannot log in
  };
  struct Opened {
    State state = State::kUnknown;
    Account account;  // only if kOpen
  };

  Response get_forgot(const Request& request);
  Result<Response> post_forgot(const Request& request);
  Result<Response> get_reset(const Request& request);
  Result<Response> post_reset(const Request& request);

  Result<Opened> open(std::string_view token) const;
  Response forgot(int status, std::string_view email, const std::vector<FieldError>& errors) const;
  Response ask(const Request& request, const Account& account, int status,
               const std::vector<FieldError>& errors) const;
  Response screen(State state) const;

  const Site& site_;
  PasswordHasher hasher_;
};

}  // namespace portal
