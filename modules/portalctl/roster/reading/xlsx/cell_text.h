// The text of a cell, or of a shared string, from its XML.
#pragma once

#include <string>

#include "portalctl/roster/reading/xlsx/xml_events.h"

namespace portalctl::xlsx {

// The longest text of a cell in bytes: 32,767 characters (Excel's limit).
inline constexpr std::size_t kMostOfCell = std::size_t{4} * 32'767;

// Reads on to the end of the element that has just begun. The text of its `t` in all runs of rich
// text; without phonetic text (rPh), which stands above kanji and is no part of a name.
std::string read_rich_text(XmlEvents& events);

// Reads on to the end of the element that has just begun, in which is nothing but text.
std::string read_text(XmlEvents& events);

// `_x000D_` in the XML stands for a character that XML cannot have (ECMA-376 part 1, §22.9.2.19).
std::string without_xml_escapes(std::string text);

}  // namespace portalctl::xlsx
