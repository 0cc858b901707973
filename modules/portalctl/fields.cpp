#include "portalctl/fields.h"

#include <Poco/JSONString.h>

#include <iostream>

namespace portalctl {

void print_lines(Fields fields) {
  for (const auto& [name, value] : fields) std::cout << name << ": " << value << "\n";
}

void print_json(Fields fields) {
  std::string line;
  for (const auto& [name, value] : fields) {
    line +=
        (line.empty() ? "{" : ",") + Poco::toJSON(std::string(name)) + ":" + Poco::toJSON(value);
  }
  std::cout << line << "}\n";
}

}  // namespace portalctl
