// Reads a file of properties, as portal.conf and templates/operator.conf are: Poco's format, of
// which everything that is not a property is an error with its line, because what administrators
// edit has byte order marks, Windows' line ends and slips of the keyboard in it.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace portal {

struct Property {
  std::size_t line = 0;  // from 1 on
  std::string name;      // letters, digits, `-` and `_`, in parts that are separated by single dots
  std::string value;     // valid UTF-8 without control characters but the tab; may be empty
};

// The properties in the order of the file. A line is NAME = VALUE or NAME: VALUE, empty, or a
// comment that begins with # or !. White space around name and value does not belong to them. In a
// value a backslash takes the next character literally, but \t is a tab, and a line that ends with
// a backslash goes on in the next one.
//
// Refused, with the path, the line and what is wrong: a file that cannot be read, is a folder or is
// larger than 1 MiB; bytes that are no UTF-8; control characters; a line that is none of those.
Result<std::vector<Property>> read_properties(const std::string& path);

}  // namespace portal
