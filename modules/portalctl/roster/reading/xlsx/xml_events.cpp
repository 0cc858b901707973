#include "portalctl/roster/reading/xlsx/xml_events.h"

#include <Poco/XML/XMLStreamParser.h>

#include <algorithm>

namespace portalctl::xlsx {
namespace {

using Poco::XML::XMLStreamParser;

constexpr int kDeepest = 64;
constexpr std::size_t kProlog = 64 * 1024;  // in which a document type would stand

}  // namespace

XmlEvents::XmlEvents(Package& package, const std::string& part) : part_(part) {
  std::string prolog = package.beginning_of(part, kProlog);
  std::erase(prolog, '\0');  // of UTF-16
  if (prolog.find("<!DOCTYPE") != std::string::npos) {
    throw Damaged("is not as a spreadsheet program writes it: " + part + " has a document type");
  }
  stream_ = package.part(part);
  parser_ = std::make_unique<XMLStreamParser>(*stream_, part,
                                              XMLStreamParser::RECEIVE_ELEMENTS |
                                                  XMLStreamParser::RECEIVE_CHARACTERS |
                                                  XMLStreamParser::RECEIVE_ATTRIBUTES_EVENT);
}

XmlEvents::~XmlEvents() = default;

void XmlEvents::fail() const {
  throw Damaged("is damaged: its part " + part_ + " is not XML");
}

// Poco gives an attribute as several events, each piece of its value as one of text.
void XmlEvents::read_attributes() {
  attributes_used_ = 0;
  while ((pending_ = parser_->next()) == XMLStreamParser::EV_START_ATTRIBUTE) {
    if (attributes_used_ == attributes_.size()) attributes_.emplace_back();
    auto& [name, value] = attributes_[attributes_used_++];
    name = parser_->localName();
    value.clear();
    while (parser_->next() == XMLStreamParser::EV_CHARACTERS) value += parser_->value();
  }
}

XmlEvents::Kind XmlEvents::next() {
  try {
    const int event = pending_ >= 0 ? std::exchange(pending_, -1) : parser_->next();
    switch (event) {
      case XMLStreamParser::EV_START_ELEMENT:
        if (++depth_ > kDeepest) fail();
        name_ = parser_->localName();
        read_attributes();
        return Kind::kBegin;
      case XMLStreamParser::EV_END_ELEMENT:
        --depth_;
        name_ = parser_->localName();
        return Kind::kEnd;
      case XMLStreamParser::EV_CHARACTERS:
        text_ = parser_->value();
        return Kind::kText;
      default:
        return Kind::kNothing;
    }
  } catch (const Poco::XML::XMLException&) {
    fail();
  }
}

std::string_view XmlEvents::attribute(std::string_view name) const {
  for (std::size_t i = 0; i < attributes_used_; ++i) {
    if (attributes_[i].first == name) return attributes_[i].second;
  }
  return {};
}

bool XmlEvents::has(std::string_view attribute_name) const {
  return std::any_of(attributes_.begin(),
                     attributes_.begin() + static_cast<std::ptrdiff_t>(attributes_used_),
                     [&](const auto& own) { return own.first == attribute_name; });
}

bool XmlEvents::is_on(std::string_view attribute_name) const {
  const auto value = attribute(attribute_name);
  return value == "1" || value == "true" || value == "on";
}

}  // namespace portalctl::xlsx
