// The roster as the CSV file that the authority gives: columns 登録記号番号, 施術所名, 所在地,
// 電話番号, found by their names in the first row; others are ignored.
#pragma once

#include <string>
#include <vector>

#include "core/database/roster.h"

namespace portalctl {

struct RosterFile {
  std::vector<portal::Clinic> clinics;
  std::vector<std::string> problems;  // "FILE:LINE: reason"; if any, nothing is to be imported
};

RosterFile read_roster(const std::string& path);

}  // namespace portalctl
