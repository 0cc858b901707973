#!/usr/bin/env bash
# What means one thing with Debian 12's compiler and libraries, and another with Debian 13's. Run in the tree's root.
set -euo pipefail
status=0
sources=(--include='*.cpp' --include='*.h' modules tests)

# A function of the tree that takes a type of std:: has no name by which std:: has one for any text or list. A call would
# find both, because of its argument, and which one is meant then depends on the headers that a compiler's own headers
# include: std::quoted comes with <chrono> of GCC 14 and not of GCC 12.
names='quoted|getline|format|to_string|data|size|ssize|empty|begin|end|get|move|forward|swap|exchange|visit'
names+='|invoke|apply|bind|ref|cref|as_const|move_if_noexcept|to_array|to_address|to_underlying|launder'
# A free function begins in the first column (clang-format), a test's too.
if grep -rnE "^[A-Za-z][A-Za-z0-9_:<>*&, ]*[ *&]($names)\((const )?std::" "${sources[@]}"; then
  echo 'std:: has a function of that name: see above' >&2
  status=1
fi

# Poco 1.13 lets a line end with CR where 1.11 lets it end with LF.
if grep -rnE 'RegularExpression::RE_(MULTILINE|NEWLINE)' "${sources[@]}"; then
  echo 'RE_MULTILINE: name the end of a line in the pattern itself' >&2
  status=1
fi

# OpenSSL 3.5 makes no certificate that lasts a negative number of days.
if grep -rnE "[-]days[ '\"]+-[0-9]" --include='*.sh' --include='*.py' --include='*.cpp' tests conf; then
  echo 'openssl -days: tests/support/sign_certificate.sh makes certificates that have expired' >&2
  status=1
fi
exit "$status"
