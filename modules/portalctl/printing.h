// Named values as operators read them: `name: value` lines, one line of `name=value`, or one JSON
// object a line. What is unseen in a value is shown (text::visible), or escaped in JSON, and so are
// its line breaks: a value cannot make a line of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/clock.h"

namespace portalctl {

// Printed as text in Japan's time, and in JSON as seconds since the epoch. 0 means never: empty,
// and null in JSON.
struct Time {
  portal::EpochSeconds at;
};

using FieldValue = std::variant<std::string, std::int64_t, Time>;
using Fields = std::vector<std::pair<std::string_view, FieldValue>>;

void print_lines(Fields fields);
void print_row(Fields fields);  // what is empty is left out
void print_json(Fields fields);

}  // namespace portalctl
