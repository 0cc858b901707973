#include "portalctl/printing.h"

#include <Poco/JSONString.h>

#include <iostream>

#include "core/base/japan_time.h"
#include "core/text/text.h"

namespace portalctl {
namespace {

struct AsText {
  std::string operator()(const std::string& text) const { return portal::text::visible(text); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(Time time) const { return portal::japan_timestamp(time.at); }
};

struct AsJson {
  std::string operator()(const std::string& text) const {
    return portal::text::visible_json(Poco::toJSON(portal::text::repaired(text)));
  }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(Time time) const {
    return time.at == 0 ? "null" : std::to_string(time.at);
  }
};

}  // namespace

void print_lines(Fields fields) {
  for (const auto& [name, value] : fields) {
    std::cout << name << ": " << std::visit(AsText{}, value) << "\n";
  }
}

void print_row(Fields fields) {
  std::string line;
  for (const auto& [name, value] : fields) {
    const std::string text = std::visit(AsText{}, value);
    if (!text.empty()) line.append(line.empty() ? "" : " ").append(name).append("=").append(text);
  }
  std::cout << line << "\n";
}

void print_json(Fields fields) {
  std::string line;
  for (const auto& [name, value] : fields) {
    line += (line.empty() ? "{" : ",") + Poco::toJSON(std::string(name)) + ":" +
            std::visit(AsJson{}, value);
  }
  std::cout << line << "}\n";
}

}  // namespace portalctl
