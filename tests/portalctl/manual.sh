#!/usr/bin/env bash
# The manual pages and the completion that portalctl makes of its own tables.
#
#   manual.sh PORTALCTL
set -euo pipefail
portalctl=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }

# --- manual pages: no warning from either of the two formatters, and nothing left out

for page in portalctl portal.conf; do
  "$portalctl" manual "$page" >"$scratch/$page"
  mandoc -T lint -W warning "$scratch/$page"
  warnings=$(LC_ALL=C.UTF-8 MANROFFOPT=-ww man --warnings -l "$scratch/$page" 2>&1 >"$scratch/$page.txt")
  [[ -z $warnings ]] || fail "$page: $warnings"
done
shown() { tr -s ' \n' ' ' <"$scratch/$1.txt" | sed 's/- //g'; }
"$portalctl" settings | sed -nE 's/^#([a-z][a-z0-9_.]*) =.*/\1/p' >"$scratch/names"
(($(wc -l <"$scratch/names") > 20)) || fail 'settings are missing'
while read -r name; do
  grep -q "^ *$name\$\|^ *$name " "$scratch/portal.conf.txt" || fail "portal.conf(5) lacks $name"
done <"$scratch/names"
[[ $(shown portalctl) == *'roster import'* && $(shown portalctl) == *'契0123456-7-8'* ]] || fail 'portalctl(8) lacks a verb'
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
