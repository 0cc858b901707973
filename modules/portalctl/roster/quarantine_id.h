// The id by which `roster fix` and `roster quarantine clear` name a row in quarantine.
#pragma once

#include <Poco/NumberParser.h>

#include <cstdint>
#include <string>

#include "core/base/result.h"

namespace portalctl {

inline portal::Result<std::int64_t> parse_quarantine_id(const std::string& text) {
  Poco::Int64 id = 0;
  if (Poco::NumberParser::tryParse64(text, id)) return std::int64_t{id};
  return portal::refused(text + ": not an id of portalctl roster quarantine");
}

}  // namespace portalctl
