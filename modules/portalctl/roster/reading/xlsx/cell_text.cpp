#include "portalctl/roster/reading/xlsx/cell_text.h"

#include <charconv>

namespace portalctl::xlsx {
namespace {

using Kind = XmlEvents::Kind;

void add(std::string& text, const std::string& piece) {
  text += piece;
  if (text.size() > kMostOfCell) throw Damaged("has a cell that is longer than any");
}

// A character of the Basic Multilingual Plane as UTF-8.
void append_utf8(std::string& text, unsigned code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    text += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    text += static_cast<char>(0xE0 | (code >> 12));
    text += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (code & 0x3F));
  }
}

}  // namespace

std::string read_rich_text(XmlEvents& events) {
  std::string text;
  int depth = 1;
  int phonetic = 0;  // how deep within rPh
  bool inside = false;
  while (depth > 0) {
    const Kind kind = events.next();
    if (kind == Kind::kNothing) throw Damaged("is damaged: a text does not end");
    if (kind == Kind::kText) {
      if (inside && phonetic == 0) add(text, events.text());
      continue;
    }
    const int step = kind == Kind::kBegin ? 1 : -1;
    depth += step;
    if (events.name() == "rPh") phonetic += step;
    if (events.name() == "t") inside = kind == Kind::kBegin;
  }
  return without_xml_escapes(std::move(text));
}

std::string read_text(XmlEvents& events) {
  std::string text;
  for (int depth = 1; depth > 0;) {
    const Kind kind = events.next();
    if (kind == Kind::kNothing) throw Damaged("is damaged: a cell does not end");
    if (kind == Kind::kText) {
      add(text, events.text());
    } else {
      depth += kind == Kind::kBegin ? 1 : -1;
    }
  }
  return text;
}

std::string without_xml_escapes(std::string text) {
  constexpr std::size_t kLength = 7;  // _x000D_
  constexpr unsigned kFirstSurrogate = 0xD800;
  constexpr unsigned kLastSurrogate = 0xDFFF;
  auto at = text.find("_x");
  if (at == std::string::npos) return text;
  std::string plain;
  std::size_t done = 0;
  for (; at != std::string::npos; at = text.find("_x", at)) {
    unsigned code = 0;
    const char* const begin = text.data() + at + 2;
    const bool whole = at + kLength <= text.size() && text[at + kLength - 1] == '_';
    const char* const end = begin + (whole ? 4 : 0);
    const auto read = std::from_chars(begin, end, code, 16);
    const bool character =
        whole && read.ptr == end && code != 0 && (code < kFirstSurrogate || code > kLastSurrogate);
    if (!character) {
      at += 2;
      continue;
    }
    plain += text.substr(done, at - done);
    append_utf8(plain, code);
    at += kLength;
    done = at;
  }
  return plain += text.substr(done);
}

}  // namespace portalctl::xlsx
