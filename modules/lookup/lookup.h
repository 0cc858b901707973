// The lookup step: from the number fields to the clinic's name, as JSON, for the form's script.
#pragma once

#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

class LookupStep : public Step {
 public:
  explicit LookupStep(const Site& site) : site_(site) {}
  Result<Response> handle(const Request& request) override;
  std::optional<Response> unavailable_page(const Request& request) override;

 private:
  Result<Response> get(const Request& request);

  const Site& site_;
};

}  // namespace portal
