// The waiting step (/register/waiting): a person whose clinic is not in the roster yet leaves an
// address and gets a mail when the clinic is there.
#pragma once

#include <string>
#include <string_view>

#include "core/database/registration/waiting.h"
#include "core/registration/application.h"
#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

class WaitingStep : public Step {
 public:
  explicit WaitingStep(const Site& site) : site_(site) {}
  Result<Response> handle(const Request& request) override;

 private:
  Result<Response> get(const Request& request);
  Result<Response> post(const Request& request);

  Result<Response> ask(const Request& request, const RegistrationNumber& number);
  Result<Response> withdraw(const Request& request, std::string_view token);
  Response form(int status, const RegistrationNumber& number, std::string_view email,
                const std::vector<FieldError>& errors) const;

  const Site& site_;
};

}  // namespace portal
