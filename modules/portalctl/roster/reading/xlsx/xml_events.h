// The elements and the text of an XML part, one after the other, by Poco::XML's pull parser: a
// sheet is never in memory as a whole. Namespaces do not count, so that the transitional and the
// strict form of OOXML read the same.
//
// OOXML forbids document types (ECMA-376 part 2, §9.1.7), and with them entities: a part that has
// one is refused. External entities are never loaded.
#pragma once

#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "portalctl/roster/reading/xlsx/package.h"

namespace Poco::XML {
class XMLStreamParser;
}

namespace portalctl::xlsx {

class XmlEvents {
 public:
  enum class Kind { kBegin, kText, kEnd, kNothing };

  // Throws Damaged, like next(): the part is missing, damaged or not XML.
  XmlEvents(Package& package, const std::string& part);
  XmlEvents(const XmlEvents&) = delete;
  XmlEvents& operator=(const XmlEvents&) = delete;
  ~XmlEvents();

  // kNothing: the part has ended. One piece of text may come as several kText.
  Kind next();

  const std::string& name() const { return name_; }  // of kBegin and kEnd, without its prefix
  const std::string& text() const { return text_; }  // of kText
  // Of kBegin; empty: it is not there.
  std::string_view attribute(std::string_view name) const;
  bool has(std::string_view attribute_name) const;
  // Whether an attribute is set: "1" or "true".
  bool is_on(std::string_view attribute_name) const;

 private:
  [[noreturn]] void fail() const;
  void read_attributes();

  std::string part_;
  std::unique_ptr<std::istream> stream_;
  std::unique_ptr<Poco::XML::XMLStreamParser> parser_;
  std::string name_;
  std::string text_;
  std::vector<std::pair<std::string, std::string>> attributes_;  // the first ones are used, …
  std::size_t attributes_used_ = 0;                              // so many
  int depth_ = 0;
  int pending_ = -1;  // an event that was read while looking for the end of the attributes
};

}  // namespace portalctl::xlsx
