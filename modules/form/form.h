// The form step: the registration form, and what it says when something is not right.
#pragma once

#include <optional>
#include <string>

#include "core/database/registration/registrations.h"
#include "core/draft/current_draft.h"
#include "core/responder/shared_pages.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "form/form_page.h"

namespace portal {

class FormStep : public Step {
 public:
  explicit FormStep(const Site& site) : site_(site), page_(site) {}
  Result<Response> handle(const Request& request) override;
  // The form again with what was typed: a database that is away loses nobody's work.
  std::optional<Response> unavailable_page(const Request& request) override;

 private:
  Result<Response> get(const Request& request);
  Result<Response> post(const Request& request);
  // The form as most people ask for it first: nothing in it, the same for everybody.
  Result<Response> blank(const Request& request);
  Response show_draft(const OpenedDraft& draft);
  Response show_registration(Shown shown, const Registration& registration, std::string_view focus);

  const Site& site_;
  FormPage page_;
  SharedPages shared_;
};

}  // namespace portal
