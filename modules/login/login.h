// The login step opens a session for an address and a password, and ends it.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/database/account/accounts.h"
#include "core/database/registration/registrations.h"
#include "core/registration/application.h"
#include "core/responder/password_tries.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "core/security/password.h"

namespace portal {

class LoginStep : public Step {
 public:
  // PasswordHasher::verify. A test counts the calls: there must be one for each try, in every case.
  using Verify = std::function<bool(std::string_view encoded, std::string_view password)>;

  explicit LoginStep(const Site& site);
  LoginStep(const Site& site, Verify verify);
  Result<Response> handle(const Request& request) override;
  bool hashes_at(std::string_view path) const override { return path == "/login"; }
  PasswordHasher* hasher() override { return &hasher_; }

 private:
  // The data that the database has for the typed address.
  struct Candidate {
    PasswordTry tried;
    std::optional<Account> account;
    std::optional<Registration> pending;  // used only if there is no account
    std::string encoded;                  // the hash to verify against; may be empty
  };

  Result<Response> get(const Request& request);
  Result<Response> post(const Request& request);
  Result<Response> logout(const Request& request);

  Result<Candidate> take_try(const Request& request, std::string_view email) const;
  bool verified(const Request& request, const Candidate& candidate);
  Result<Response> log_in(const Request& request, const Candidate& candidate);
  Result<Response> offer_mail(const Request& request, const Candidate& candidate);
  Result<Response> refuse(const Request& request, const Candidate& candidate, bool right);
  Response show(const Request& request, int status, Data data,
                const std::vector<FieldError>& errors) const;

  const Site& site_;
  PasswordHasher hasher_;
  Verify verify_;
};

}  // namespace portal
