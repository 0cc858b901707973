// What the fields of listings that the call centre reads are called in Japanese. Their English
// names are those of JSON.
#pragma once

#include <string_view>

namespace portalctl {

// The name itself if the table does not have it.
std::string_view japanese_label(std::string_view name);

}  // namespace portalctl
