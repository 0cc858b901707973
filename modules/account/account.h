// The account step shows a signed-in user's own page and makes the changes that it offers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/registration/application.h"
#include "core/responder/signed_in.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "core/security/password.h"

namespace portal {

class AccountStep : public Step {
 public:
  explicit AccountStep(const Site& site) : site_(site), hasher_(site.settings) {}
  Result<Response> handle(const Request& request) override;
  PasswordHasher* hasher() override { return &hasher_; }

 private:
  Result<Response> get(const Request& request);
  Result<Response> post(const Request& request);

  // The state of the link in the mail to a new address (account_link.cpp).
  enum class Link {
    kOpen,     // the link can be followed
    kChanged,  // the account has the new address now
    kUnknown,  // there is no such link, or it belongs to another account
    kEnded,    // the link is older than an hour, or was used
    kTaken     // another account has taken the address meanwhile
  };
  struct FoundLink {
    Link state = Link::kUnknown;
    std::string email;  // the new address; empty if kUnknown
  };
  Result<Response> show_link(const Request& request, const SignedIn& user);
  Result<Response> follow_link(const Request& request, const SignedIn& user);
  Response link_screen(const Request& request, const SignedIn& user, const FoundLink& found) const;
  FoundLink look(Connection& connection, std::string_view token, const SignedIn& user) const;
  Link apply(Connection& connection, const Request& request, const SignedIn& user) const;

  // One handler for each value of the field `action` (changes.cpp).
  Result<Response> change_phone(const Request& request, const SignedIn& user);
  Result<Response> change_email(const Request& request, const SignedIn& user);
  Result<Response> change_password(const Request& request, const SignedIn& user);
  Result<Response> end_session(const Request& request, const SignedIn& user);
  Result<Response> leave(const Request& request, const SignedIn& user);

  // Nothing if current_password is right and there are no other errors. Otherwise the answer.
  std::optional<Result<Response>> objection(const Request& request, const SignedIn& user,
                                            std::vector<FieldError> errors);
  Result<Response> show(const Request& request, const SignedIn& user, int status,
                        const std::vector<FieldError>& errors) const;

  const Site& site_;
  PasswordHasher hasher_;
};

}  // namespace portal
