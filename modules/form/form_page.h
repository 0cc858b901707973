// The page with the registration form, whatever it shows. What no request changes of it is kept for
// as long as the templates are the same: a request costs what was entered and what is wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/database/roster/roster.h"
#include "core/registration/application.h"
#include "core/responder/form_view.h"
#include "core/responder/page_moulds.h"
#include "core/responder/site.h"

namespace portal {

// How the password is asked for.
enum class PasswordAsked {
  kFirst,  // a form that nobody has filled in yet
  kAgain,  // it was entered before, and no page shows it
  kKept,   // the draft has it: an empty field means that one
};

// What the form shows.
struct Shown {
  Summary summary = {};        // its errors stand beside their fields, too
  bool is_kept = false;        // the page says that these are the entries of before
  bool is_registered = false;  // the page says that these are the entries of a registration
  Form entries = {};
  PasswordAsked password = PasswordAsked::kFirst;
  std::string focus = {};  // the name of the field to begin with; empty: none
  std::optional<Clinic> clinic = {};
  // A number that is not in the roster: who waits for it may leave an address.
  std::optional<RegistrationNumber> waits_for = {};
};

class FormPage {
 public:
  explicit FormPage(const Site& site) : site_(site) {}
  // Any number of threads may call it.
  Response draw(int status, const Shown& shown);

 private:
  // What two pages must have in common to be made of one mould.
  struct Kind {
    bool is_refused;  // 422: the title says so
    bool is_kept;
    bool is_registered;
    std::optional<Institution> waits_for;
    auto operator<=>(const Kind&) const = default;
  };
  struct Moulds {
    FieldMoulds fields;
    PageMoulds<Kind> pages;
  };

  Result<PageMould> mould_of(const Kind& kind) const;
  Result<std::vector<Html>> values_of(FieldMoulds& moulds, const Shown& shown) const;

  const Site& site_;
  OfEdition<Moulds> moulds_;
};

}  // namespace portal
