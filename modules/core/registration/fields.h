// The table of the form's fields, in the form's order (application.cpp). For this room and its
// test.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/registration/registration_number.h"
#include "core/registration/rules.h"

namespace portal {

// The part of the clinic's number that a field asks for.
using PartOfNumber = std::string_view NumberParts::*;

struct Field {
  // What becomes of the value before it is checked.
  using Normal = std::string (*)(std::string_view);

  std::string_view name;                   // also the beginning of its errors' codes
  std::string_view label;                  // the manual's; its messages say it
  std::optional<Institution> institution;  // nothing: everybody fills it in
  Normal normal;                           // null: the value stays as typed, and is never copied
                                           // out of a Form, which wipes it
  rules::Rule rule;
  PartOfNumber part;  // null: the field is no part of it
  bool shown_again;   // the form shows what was typed again; false: it is a secret or a consent
};

std::span<const Field> fields();

}  // namespace portal
