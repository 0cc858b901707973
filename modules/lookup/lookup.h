// The lookup step, as JSON for the form's script: from the number fields to the clinic's name, and
// from the domain of an address to whether mail can reach it.
#pragma once

#include <memory>

#include "core/responder/site.h"
#include "core/responder/step.h"
#include "lookup/mail_domains.h"

namespace portal {

class LookupStep : public Step {
 public:
  explicit LookupStep(const Site& site);
  Result<Response> handle(const Request& request) override;
  std::optional<Response> unavailable_page(const Request& request) override;

 private:
  Result<Response> get_clinic(const Request& request);
  Result<Response> get_domain(const Request& request);

  const Site& site_;
  std::unique_ptr<MailDomains> domains_;  // null if mail.check_domains is off
};

}  // namespace portal
