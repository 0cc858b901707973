// The complete step: OK makes the registration and its mail; 申請完了画面; 再送.
#pragma once

#include <string_view>

#include "core/database/registration/registrations.h"
#include "core/responder/current_draft.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "core/security/password.h"

namespace portal {

class CompleteStep : public Step {
 public:
  explicit CompleteStep(const Site& site) : site_(site), hasher_(site.settings) {}
  Response handle(const Request& request) override;
  PasswordHasher* hasher() override { return &hasher_; }

 private:
  Response post(const Request& request);
  Response get(const Request& request);
  Response resend(const Request& request);

  Response without_draft(const Request& request);
  Response completed(std::string_view draft_token) const;
  Response screen(const Request& request, const Registration& registration, int status,
                  Data data) const;

  const Site& site_;
  PasswordHasher hasher_;
};

}  // namespace portal
