// A table of cases of one field's rule: a right form, and one value changed in it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "forms.h"

namespace portal {

struct Case {
  std::string label;
  std::string value;
  Codes codes;  // what must be said; empty: accepted
};

// All errors must be the changed field's, in the order of `codes`.
inline void expect_codes(const Form& right, const std::string& field,
                         const std::vector<Case>& cases) {
  ASSERT_EQ(codes_of(check_application(right).errors), Codes{});
  for (const auto& c : cases) {
    const auto checked = check_application(with(right, {{field, c.value}}));
    EXPECT_EQ(codes_of(checked.errors), c.codes) << field << ": " << c.label;
    EXPECT_EQ(checked.application.has_value(), c.codes.empty()) << field << ": " << c.label;
    for (const auto& error : checked.errors) EXPECT_EQ(error.field, field) << c.label;
  }
}

}  // namespace portal
