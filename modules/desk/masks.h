// Personal data as the desk shows it before somebody asks for a record: enough to compare with what
// the caller says, and too little to copy. Addresses are masked by core/base/log.h.
#pragma once

#include <string>
#include <string_view>

namespace portal {

// 髙＊＊＊; its length tells nothing.
std::string mask_name(std::string_view name);

// ＊＊＊4567
std::string mask_phone(std::string_view phone);

}  // namespace portal
