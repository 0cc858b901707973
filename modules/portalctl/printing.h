// Coded values as operators read them: `name: value` lines, one line of `name=value`, or one JSON
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
#include "core/base/language.h"

namespace portalctl {

// Printed as text in Japan's time, and in JSON as seconds since the epoch. 0 means never: empty,
// and null in JSON.
struct Time {
  portal::EpochSeconds at;
};

// A name of the database's, which is printed as it stands for operators and programs, and in
// Japanese in the words of its table (core/history/words.h).
struct Coded {
  std::string name;
  std::string (*words)(std::string_view name, portal::Language language);
};

using FieldValue = std::variant<std::string, std::int64_t, Time, Coded>;
using Fields = std::vector<std::pair<std::string_view, FieldValue>>;

void print_lines(Fields fields);
void print_row(Fields fields);  // what is empty is left out
void print_json(Fields fields);

// The same for the call centre: fields have the labels of labels.h.
void print_japanese_lines(Fields fields);
void print_japanese_row(Fields fields);

}  // namespace portalctl
