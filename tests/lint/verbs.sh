#!/usr/bin/env bash
# A verb of portalctl is the file that its words name: `roster undo` is modules/portalctl/roster/undo.cpp,
# which defines it, and no other file does. portalctl itself says which verbs there are. Run in the
# tree's root.
#
#   verbs.sh PROGRAMS
set -euo pipefail

found=0
complain() {
  printf '%s\n' "$*" >&2
  found=1
}

verbs=$("$1/portalctl" completion | sed -n "s/^  \['\(.*\)'\]=.*/\1/p" | sort)
(($(wc -l <<<"$verbs") > 30)) || complain 'portalctl names too few verbs'

# FILE: WORDS of each verb that a file defines.
defined=$(grep -roE '\.words = "[^"]*"' modules/portalctl | sed -E 's/\.words = "(.*)"/\1/' | sort)
while IFS=: read -r file words; do
  [[ $file == "modules/portalctl/${words// //}.cpp" ]] || complain "$file defines the verb $words"
  grep -qxF "$words" <<<"$verbs" || complain "$file: $words is not in the table of verbs (verbs.cpp)"
done <<<"$defined"
while read -r words; do
  grep -qxF "modules/portalctl/${words// //}.cpp:$words" <<<"$defined" || complain "modules/portalctl/${words// //}.cpp does not define $words"
done <<<"$verbs"
exit "$found"
