#include "portalctl/printing.h"

#include <Poco/JSONString.h>

#include <iostream>

#include "core/base/japan_time.h"
#include "core/text/text.h"
#include "portalctl/labels.h"

namespace portalctl {
namespace {

using portal::Language;

struct AsText {
  Language language;
  std::string operator()(const std::string& text) const { return portal::text::visible(text); }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(Time time) const { return portal::japan_timestamp(time.at); }
  std::string operator()(const Coded& coded) const {
    if (language == Language::kEnglish) return (*this)(coded.name);
    return (*this)(coded.words(coded.name, language));
  }
};

struct AsJson {
  std::string operator()(const std::string& text) const {
    return portal::text::visible_json(Poco::toJSON(portal::text::repaired(text)));
  }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(Time time) const {
    return time.at == 0 ? "null" : std::to_string(time.at);
  }
  std::string operator()(const Coded& coded) const { return (*this)(coded.name); }
};

}  // namespace

void print_lines(Fields fields) {
  for (const auto& [name, value] : fields) {
    std::cout << name << ": " << std::visit(AsText{Language::kEnglish}, value) << "\n";
  }
}

void print_japanese_lines(Fields fields) {
  for (const auto& [name, value] : fields) {
    std::cout << japanese_label(name) << "：" << std::visit(AsText{Language::kJapanese}, value)
              << "\n";
  }
}

void print_row(Fields fields) {
  std::string line;
  for (const auto& [name, value] : fields) {
    const std::string text = std::visit(AsText{Language::kEnglish}, value);
    if (!text.empty()) line.append(line.empty() ? "" : " ").append(name).append("=").append(text);
  }
  std::cout << line << "\n";
}

void print_japanese_row(Fields fields) {
  std::string line;
  for (const auto& [name, value] : fields) {
    const std::string text = std::visit(AsText{Language::kJapanese}, value);
    if (text.empty()) continue;
    line.append(line.empty() ? "" : "　").append(japanese_label(name)).append("：").append(text);
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
