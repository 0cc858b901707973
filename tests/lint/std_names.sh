#!/usr/bin/env bash
# A function of the tree that takes a type of std:: has no name by which std:: has one for any text or list. A call would
# find both, because of its argument, and which one is meant then depends on the headers that a compiler's own headers
# include: std::quoted comes with <chrono> of GCC 14 and not of GCC 12. Run in the tree's root.
set -euo pipefail

names='quoted|getline|format|to_string|data|size|ssize|empty|begin|end|get|move|forward|swap|exchange|visit'
names+='|invoke|apply|bind|ref|cref|as_const|move_if_noexcept|to_array|to_address|to_underlying|launder'

# A free function begins in the first column (clang-format), a test's too.
if grep -rnE "^[A-Za-z][A-Za-z0-9_:<>*&, ]*[ *&]($names)\((const )?std::" --include='*.cpp' --include='*.h' modules tests; then
  echo 'std:: has a function of that name: see above' >&2
  exit 1
fi
