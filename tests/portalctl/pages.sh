#!/usr/bin/env bash
# The manual page of every program: made of what the program itself says, whole, and without a warning
# from either of the two formatters.
#
#   pages.sh PROGRAMS STEPS.LIST      PROGRAMS: a folder; the pages are in ../share/man
set -euo pipefail
programs=$1 pages=$1/../share/man steps=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }

# shown PAGE: as an administrator reads it; lines are not cut.
shown() {
  local warnings
  mandoc -T lint -W warning "$1" || fail "$1: see above"
  warnings=$(LC_ALL=C.UTF-8 MANWIDTH=1000 MANROFFOPT=-ww man --warnings -l "$1" 2>&1 >"$scratch/shown")
  [[ -z $warnings ]] || fail "$1: $warnings"
}
squeezed() { tr -s ' \n' ' ' <"$1" | tr -d '`'; }

"$programs/portalctl" settings | sed -nE 's/^#([a-z][a-z0-9_.]*) =.*/\1/p' >"$scratch/names"
(($(wc -l <"$scratch/names") > 20)) || fail 'settings are missing'

# Names a setting that there is, or a group of them: `database.*`.
is_setting() {
  [[ $1 == *.\* ]] || { grep -qxF "$1" "$scratch/names" && return; }
  [[ $1 == *.\* ]] && grep -q "^${1%\*}" "$scratch/names"
}

# --- every program that describes itself: --help and the page say the same

check_program() {  # NAME
  local page=$pages/man8/$1.8 option settings setting
  "$programs/$1" --manual | cmp - "$page" || fail "$page is old"
  "$programs/$1" --help >"$scratch/help"
  ! grep -vE '^  |^usage' "$scratch/help" | LC_ALL=C.UTF-8 grep -E '.{81}' || fail "$1 --help is wider than 80 columns"
  shown "$page"
  while read -r option _; do
    grep -qE "^ +$option( |\$)" "$scratch/shown" || fail "$1(8) lacks $option"
  done < <(grep -E '^  --' "$scratch/help")
  (($(grep -cE '^  --' "$scratch/help") > 3)) || fail "$1 --help lacks options"
  while read -r paragraph; do
    [[ $(squeezed "$scratch/shown") == *"$paragraph"* ]] || fail "$1(8) lacks: $paragraph"
  done < <(awk -v RS= -F '\n' 'sub(/^(Security|Logs):\n/, "") { gsub(/\n/, " "); gsub(/`/, ""); print }' "$scratch/help")
  settings=$(sed -n '/^Settings:/,/^$/p' "$scratch/help" | tail -n +2 | tr -s ',\n' ' ')
  [[ -n $settings ]] || fail "$1 --help names no settings"
  set -f
  for setting in $settings; do
    is_setting "$setting" || fail "$1: there is no setting $setting"
  done
  set +f
}

programs_found=0
while read -r step _; do
  check_program "portal-$step"
  programs_found=$((programs_found + 1))
done < <(grep -E '^[a-z]' "$steps")
((programs_found > 8)) || fail "only $programs_found steps in $steps"
check_program portal-mailer
check_program portal-error-pages
! is_setting site.nothing || fail 'any word passes for a setting'

# --- the operators' command, and the settings

shown "$pages/man8/portalctl.8"
[[ $(squeezed "$scratch/shown") == *'roster import'*'契0123456-7-8'* ]] || fail 'portalctl(8) lacks a verb'
shown "$pages/man5/portal.conf.5"
while read -r name; do
  grep -qE "^ *$name( |\$)" "$scratch/shown" || fail "portal.conf(5) lacks $name"
done <"$scratch/names"

# --- nothing without a page

for program in "$programs"/portal*; do
  name=${program##*/}
  [[ $name == *_test || -e $pages/man8/$name.8 ]] || fail "$name has no manual page"
done
