// The form step: the registration form, and what it says when something is not right.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/database/registration/registrations.h"
#include "core/registration/application.h"
#include "core/responder/current_draft.h"
#include "core/responder/site.h"
#include "core/responder/step.h"

namespace portal {

// How the password is asked for.
enum class PasswordAsked {
  kFirst,  // a form that nobody has filled in yet
  kAgain,  // it was entered before, and no page shows it
  kKept,   // the draft has it: an empty field means that one
};
// What a form shows.
struct Shown {
  Form entries = {};
  std::vector<FieldError> errors = {};
  PasswordAsked password = PasswordAsked::kFirst;
  std::string focus = {};  // the name of the field to begin with; empty: none
};

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
  Response show_draft(const OpenedDraft& draft);
  Response show_registration(Data data, const Registration& registration, std::string_view focus);
  Response show(int status, Data data, const Shown& shown);

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
