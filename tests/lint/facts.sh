#!/usr/bin/env bash
# What templates/operator.conf says of the operator stands nowhere else: programs, templates, settings
# and tests take it from there. News are the operator's own texts. Run in the tree's root.
set -euo pipefail

facts=templates/operator.conf
found=0
# stands_elsewhere PATTERN FOLDER...: as it is, or as a telephone link has it, without hyphens.
stands_elsewhere() {
  if grep -rnIF --exclude="${facts##*/}" --exclude-dir=news --exclude-dir=__pycache__ -- "$1" "${@:2}" |
    grep -vF -- "${default_sender-}"; then
    printf '%s belongs into %s only: see above\n' "$1" "$facts" >&2
    found=1
  fi
}

value_of() { sed -n "s/^$1 = //p" "$facts"; }

# But one: the default of mail.from, in the table of settings, names the portal.
portal_name=$(value_of PORTAL_NAME)
portal_name=${portal_name/'$'{PORTAL_SHORT_NAME\}/$(value_of PORTAL_SHORT_NAME)}
default_sender="Setting{\"mail.from\", Type::kText, \"$portal_name <"
grep -qF -- "$default_sender" modules/core/base/settings.cpp ||
  { echo 'the default of mail.from does not name the portal as PORTAL_NAME does' >&2; found=1; }

while IFS= read -r value; do
  stands_elsewhere "$value" modules templates
done < <(sed -nE '/\$\{/d; s/^[A-Z_]+ = //p' "$facts")
for name in TELEPHONE CONTACT_EMAIL CALL_CENTRE SENDER_AFFAIRS; do
  stands_elsewhere "$(value_of "$name")" README.md conf modules sql templates tests
done
stands_elsewhere "$(value_of TELEPHONE | tr -d -)" README.md conf modules sql templates tests

# A value of a screen may not have the name of a fact: where it is not set, the fact would be shown.
while read -r name; do
  if grep -rnE "(set|set_words|add|include)\(\"$name\"" modules; then
    printf '%s is the name of a fact: see above\n' "$name" >&2
    found=1
  fi
done < <(sed -nE 's/^([A-Z_]+) = .*/\1/p' "$facts")
exit "$found"
