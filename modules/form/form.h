// The form step: the registration form, and what it says when something is not right.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
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
  // The form as most people ask for it first: nothing in it, the same for everybody.
  Response blank();
  Response show(int status, Data data, const Form& entries, const std::vector<FieldError>& errors);

  // The blank form is rendered once for each edition of the templates.
  struct Rendered {
    std::uint64_t edition;
    Response page;
  };

  const Site& site_;
  std::mutex mutex_;
  std::optional<Rendered> blank_;
};

}  // namespace portal
