// What the tests of this folder share: applications, and short words for what is wrong with them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/registration/application.h"
#include "support/applications.h"

namespace portal {

using testing_portal::ahaki_form;
using testing_portal::Entries;
using testing_portal::judo_form;
using testing_portal::with;

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
