#include "core/responder/form_errors.h"

#include <cctype>
#include <set>

namespace portal {

std::string capitals(std::string_view field) {
  std::string name;
  for (const char c : field) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

void show_errors(Data& data, const std::vector<FieldError>& errors) {
  if (errors.empty()) return;
  Data& summary = data.add("ERRORS");
  std::set<std::string> marked;
  for (const FieldError& error : errors) {
    const std::string name = capitals(error.field);
    summary.add("ERROR").set("FIELD", error.field).set("MESSAGE", error.message);
    data.add(name + "_ERROR").set("MESSAGE", error.message);
    if (marked.insert(name).second) data.add(name + "_INVALID");
  }
}

}  // namespace portal
