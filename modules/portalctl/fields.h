// Named values as operators read them: `name: value` lines, or one JSON object a line.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace portalctl {

using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

void print_lines(Fields fields);
void print_json(Fields fields);

}  // namespace portalctl
