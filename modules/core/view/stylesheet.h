// The style sheet that stands within each page, so that the first answer can be painted at once
// (templates/assets/first.css). A Content-Security-Policy without 'unsafe-inline' allows it by its
// hash (CSP level 3, §6.7.3.3).
#pragma once

#include <string>
#include <string_view>

namespace portal {

// The style sheet without comments and without white space that means nothing. Strings are kept as
// they are.
std::string compact_css(std::string_view css);

// 'sha256-…': the source expression that allows this text of a <style> element, and no other.
std::string style_source(std::string_view css);

}  // namespace portal
