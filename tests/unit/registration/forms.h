// Filled-in forms for the tests of this folder, and short words for what is wrong with them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/form/form.h"
#include "core/registration/application.h"

namespace portal {

using Entries = std::vector<std::pair<std::string_view, std::string_view>>;

inline Form with(Form form, const Entries& entries) {
  for (const auto& [name, value] : entries) form.set(name, value);
  return form;
}

inline Form judo_form() {
  return with({}, {{"family_name", "髙﨑"},
                   {"given_name", "太郎"},
                   {"institution", "judo"},
                   {"judo_agreement", "契"},
                   {"judo_number", "0123456"},
                   {"judo_suffix1", "7"},
                   {"judo_suffix2", "8"},
                   {"phone", "01201234567"},
                   {"email", "Kikin01@test.example"},
                   {"password", "Passw0rd"},
                   {"password_confirmation", "Passw0rd"},
                   {"terms", "agreed"}});
}

inline Form ahaki_form() {
  Form form = with(judo_form(), {{"institution", "ahaki"},
                                 {"ahaki_number", "01234567"},
                                 {"ahaki_suffix1", "8"},
                                 {"ahaki_suffix2", "9"}});
  for (const auto* const name : {"judo_agreement", "judo_number", "judo_suffix1", "judo_suffix2"}) {
    form.remove(name);
  }
  return form;
}

using Codes = std::vector<std::string>;

inline Codes codes_of(const std::vector<FieldError>& errors) {
  Codes codes;
  for (const auto& error : errors) codes.push_back(error.code);
  return codes;
}

inline std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace portal
