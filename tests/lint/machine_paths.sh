#!/usr/bin/env bash
# Nothing in the tree names the machine it was written on. Run in the tree's root.
set -euo pipefail

if grep -rnE '(^|[^a-z.])/(work|home|root|Users)/[a-zA-Z]' --include='*' .ci conf modules sql templates tests \
  README.md CMakeLists.txt | grep -v '^tests/lint/machine_paths.sh:'; then
  echo 'a path of one machine: see above' >&2
  exit 1
fi
