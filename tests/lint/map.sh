#!/usr/bin/env bash
# README's map names every folder that a newcomer meets, and nothing that is not there. Run in the
# tree's root.
set -euo pipefail

found=0
complain() {
  printf '%s\n' "$*" >&2
  found=1
}

# A line of the map: two blanks for each level, names, and after two blanks their meaning. A line
# that begins further to the right goes on with the meaning of the line before.
declare -A mapped=()
parents=('')
most_levels=5
while IFS= read -r line; do
  text=${line#"${line%%[! ]*}"}
  level=$(((${#line} - ${#text}) / 2))
  ((level <= most_levels)) || continue
  names=${text%%  *}
  parent=${parents[level]}
  for name in $names; do
    [[ -e $parent$name ]] || complain "README.md: the map names $parent$name, which is not there"
    mapped[${parent}${name%/}]=1
  done
  parents[level + 1]=$parent$name
done < <(sed -n '/^## Where things are/,/^## Documents/s/^    //p' README.md)

while IFS= read -r folder; do
  [[ -v mapped[$folder] ]] || complain "README.md: the map does not name $folder"
done < <(find modules modules/core modules/core/database modules/portalctl templates conf tests \
  -mindepth 1 -maxdepth 1 -type d ! -empty ! -name node_modules)
exit "$found"
