#include "core/command/mdoc.h"

#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

#include <algorithm>

#include "core/base/version.h"

namespace portal::mdoc {
namespace {

// Of the last change of what the pages say; a build's own date would make no two builds alike.
constexpr auto kDate = "November 24, 2026";

std::string example(std::string_view lines) {
  std::string shown = ".Bd -literal -offset indent\n";
  for (const auto& line : Poco::StringTokenizer(std::string(lines), "\n")) {
    shown += text(std::string_view(line).substr(2)) + "\n";
  }
  return shown + ".Ed\n";
}

}  // namespace

std::string text(std::string_view words) {
  std::string line;
  bool bold = false;
  for (const char c : words) {
    if (c == '\\') {
      line += "\\e";
    } else if (c == '`') {
      bold = !bold;
      line += bold ? "\\fB" : "\\fR";
    } else {
      line += c;
    }
  }
  return (line.starts_with('.') || line.starts_with('\'') ? "\\&" : "") + line;
}

std::string prose(std::string_view sentences) {
  const std::string line = Poco::translate(std::string(sentences), "\n", " ");
  std::string lines;
  for (std::size_t at = 0; at < line.size();) {
    const auto end = std::min(line.find(". ", at), line.size() - 1) + 1;
    lines += text(std::string_view(line).substr(at, end - at)) + "\n";
    at = line.find_first_not_of(' ', end);
  }
  return lines;
}

std::string argument(std::string_view words) {
  std::string quoted = "\"";
  for (const char c : text(words)) quoted += c == '"' ? std::string("\\(dq") : std::string(1, c);
  return quoted + "\"";
}

std::string paragraphs(std::string_view text) {
  std::string page;
  while (!text.empty()) {
    const auto end = std::min(text.find("\n\n"), text.size());
    const auto paragraph = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    const bool as_it_is = paragraph.starts_with("  ");
    if (!page.empty() && !as_it_is) page += ".Pp\n";
    page += as_it_is ? example(paragraph) : prose(paragraph);
  }
  return page;
}

std::string option(std::string_view name, std::string_view value) {
  return "Fl -" + std::string(name) + (value.empty() ? "" : " Ar " + argument(value));
}

std::string synopsis(std::string_view usage) {
  std::string macros;
  for (std::string word : Poco::StringTokenizer(std::string(usage), " ")) {
    const std::string begin =
        (macros.empty() ? "." : "\n.") + std::string(word.starts_with('[') ? "Op " : "");
    Poco::removeInPlace(Poco::removeInPlace(word, '['), ']');
    if (word.starts_with("--")) {
      macros += begin + "Fl " + word.substr(1);
    } else {
      macros += word == "<" ? " No <" : " Ar " + word;
    }
  }
  return macros + "\n";
}

void print_head(std::ostream& out, std::string_view name, std::string_view section,
                std::string_view meaning) {
  out << ".Dd " << kDate << "\n.Dt " << Poco::toUpper(std::string(name)) << " " << section
      << "\n.Os portal " << kVersion << "\n.Sh NAME\n.Nm " << name << "\n.Nd " << meaning << "\n";
}

}  // namespace portal::mdoc
