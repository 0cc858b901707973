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
  Response handle(const Request& request) override;

 private:
  Response get(const Request& request);
  Response post(const Request& request);
  Response show(int status, Data data, const Form& entries, const std::vector<FieldError>& errors);
  // The form again with what was typed: a database that is away loses nobody's work.
  Response busy(const Request& request, const Error& error);

  const Site& site_;
};

}  // namespace portal
