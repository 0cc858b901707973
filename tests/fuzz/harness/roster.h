// Reads a roster to its end, as `portalctl roster import` does.
#pragma once

#include "core/text/text.h"
#include "input.h"
#include "portalctl/roster/reading/roster_file.h"

namespace portal::fuzz {

inline void read_roster(std::string_view content) {
  static const MemoryFile file;
  file.fill(content);
  auto roster = portalctl::RosterFile::open(file.path(), {});
  if (!roster) {
    expect(text::valid_utf8(roster.error().message));
    return;
  }
  for (auto row = (*roster)->next(); row && *row; row = (*roster)->next()) {
    if ((**row).usable()) expect(!(**row).clinic.number.empty());
    expect(text::valid_utf8((**row).given.name));
  }
}

}  // namespace portal::fuzz
