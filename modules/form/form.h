// The form step: the registration form, and what it says when something is not right.
#pragma once

#include <vector>

#include "core/registration/application.h"
#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

class FormStep : public Step {
 public:
  explicit FormStep(const Site& site) : site_(site) {}
  Result<Response> handle(const Request& request) override;
  // The form again with what was typed: a database that is away loses nobody's work.
  std::optional<Response> unavailable_page(const Request& request) override;

 private:
  Result<Response> get(const Request& request);
  Result<Response> post(const Request& request);
  Response show(int status, Data data, const Form& entries, const std::vector<FieldError>& errors);

  const Site& site_;
};

}  // namespace portal
