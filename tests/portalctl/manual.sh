#!/usr/bin/env bash
# The help and the completion that portalctl makes of its own tables.
#
#   manual.sh PORTALCTL
set -euo pipefail
portalctl=$1
scratch=$(mktemp -d --tmpdir portalctl-XXXXXX)  # mandoc takes .8 within for a section
trap 'rm -rf "$scratch"' EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }

# --- manual pages: see pages.sh

! "$portalctl" manual nginx 2>"$scratch/error" || fail 'there is no page nginx'
grep -q 'the pages are portalctl and portal.conf' "$scratch/error"

# --- help of one verb

"$portalctl" account release --help >"$scratch/help"
grep -q 'portalctl account release 契0123456-7-8' "$scratch/help"
grep -q -- '--tell' "$scratch/help"
! grep -q -- '--since' "$scratch/help" || fail 'options of other verbs'

# --- completion

# shellcheck source=/dev/null
source <("$portalctl" completion)
# completed WORD...: what may stand in place of the last, a word a line.
completed() {
  COMP_WORDS=(portalctl "$@") COMP_CWORD=$#
  COMPREPLY=()
  _portalctl
  printf '%s\n' "${COMPREPLY[@]}"
}
expect() {  # EXPECTED WORD...
  local got
  got=$(completed "${@:2}" | tr '\n' ' ')
  [[ $got == "$1 " ]] || fail "portalctl ${*:2}<Tab> gives '$got' instead of '$1'"
}
expect 'mail manual migrate' m
expect 'import' roster im
expect 'release' --config x account rel
expect '--reason' account release --rea
expect '--json' mail list --j
touch "$scratch/roster.csv"
expect "$scratch/roster.csv" roster import "$scratch/ros"
expect "$scratch/roster.csv" --config "$scratch/ros"
