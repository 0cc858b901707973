#!/usr/bin/env bash
# Each step of steps.list has its program, its test, and the templates that it names. Run in the
# tree's root.
set -euo pipefail

found=0
complain() {
  printf '%s\n' "$*" >&2
  found=1
}

while read -r step threads site urls; do
  [[ $threads =~ ^[0-9]+$ && $site =~ ^(public|desk)$ && $urls == /* ]] ||
    complain "steps.list: $step: expected NAME THREADS SITE URL..."
  for file in modules/"$step"/{main.cpp,"$step".h,"$step".cpp} tests/steps/"$step"_test.cpp; do
    [[ -e $file ]] || complain "$file is missing"
  done
  while read -r template; do
    [[ -e templates/$template ]] || complain "templates/$template is missing: modules/$step names it"
    # A responder reads those alone that its main.cpp names or its function templates() (that of `pages` has a table),
    # besides those of every responder.
    [[ $step == pages ]] || grep -qF "\"$template\"" "modules/$step/main.cpp" modules/core/responder/responder.cpp \
      <(sed -n '/ [a-z_A-Z:]*templates() {$/,/^}/p' "modules/$step"/*.cpp; grep -rhE '\.(layout|error) = ' "modules/$step") ||
      complain "modules/$step: the list of templates lacks $template"
  done < <(grep -rhoE '"[a-z_/.]+\.tpl"' "modules/$step" | tr -d '"' | sort -u)
done < <(grep -E '^[a-z]' modules/steps.list)
exit "$found"
