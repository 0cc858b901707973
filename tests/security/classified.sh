#!/usr/bin/env bash
# conf/security.md says of each table, cookie and credential what it holds and how it is protected, and names none
# that is not there; a new database has no account that anybody could use. Run in the tree's root.
set -euo pipefail

document=conf/security.md
found=0
complain() {
  printf '%s: %s\n' "$document" "$1" >&2
  found=1
}

# first_cells HEADING PATTERN: the names in the first cells of the tables below that heading.
first_cells() {
  # shellcheck disable=SC2016  # a backquote is a backquote
  sed -n "/^### $1\$/,/^##/p" "$document" | grep '^| `' | cut -d '|' -f 2 | grep -oP '`\K[^`]+' | grep -xE "$2" | sort
}

# compare WHAT THERE CLASSIFIED
compare() {
  local name
  while read -r name; do complain "$1 $name is not classified"; done < <(comm -23 <(printf '%s\n' "$2") <(printf '%s\n' "$3"))
  while read -r name; do complain "$1 $name is not there"; done < <(comm -13 <(printf '%s\n' "$2") <(printf '%s\n' "$3"))
}

# The migrations in their order: what is made, dropped, renamed. The first migration makes schema_migration itself.
tables=$(cat sql/0*.sql | awk '
  $1 == "CREATE" && $2 == "TABLE" { there[$3] = 1 }
  $1 == "DROP" && $2 == "TABLE" { sub(";", "", $3); delete there[$3] }
  $1 == "ALTER" && $4 == "RENAME" && $5 == "TO" { sub(";", "", $6); delete there[$3]; there[$6] = 1 }
  END { print "schema_migration"; for (name in there) print name }' | sort)
compare table "$tables" "$(first_cells 'In the database' '[a-z_]+')"

! grep -nE 'INSERT INTO (account|registration|web_session|account_link)\b' sql/*.sql ||
  complain 'no migration makes an account, a session or a link: see above'

cookies=$(grep -rhoP '^(inline )?constexpr std::string_view k[A-Za-z]*Cookie = "\K[a-z_]+' modules | sort)
(($(wc -l <<<"$cookies") > 3)) || complain 'the cookies in modules/ are not found any more'
compare cookie "$cookies" "$(first_cells 'In browsers' '[a-z_]+')"

while read -r credential; do
  grep -qF "\`/etc/credstore/$credential\`" "$document" || grep -qF "\`$credential\`" "$document" ||
    complain "credential $credential is not in the table of keys"
done < <(sed -nE 's/^LoadCredential=([^:]+:)?(.*)/\2/p' conf/systemd/*.in | grep -v '@'; printf '%s\n' portal{,-web,-mailer,-desk}.pgpass)
exit "$found"
