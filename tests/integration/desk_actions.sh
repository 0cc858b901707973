#!/usr/bin/env bash
# Every action of the desk, as a supervisor carries it out in a browser: it is done, said, and a row of the audit with his name.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal --desk
read -r _ desk user secret <<<"$(grep '^desk: ' "$scratch/quickstart.log")"
desk=${desk%/desk/}
portalctl() { "$programs/portalctl" --config "$site/portal.conf" "$@"; }

on_desk() { visit -u "$user:$secret" "$@"; }
follow() {
  expect_status 303
  found=$(header Location)
  on_desk "$desk${found#"$desk"}"
  expect_status 200
}
search() {  # WORDS
  on_desk --data-urlencode "q=$1" "$desk/desk/"
  follow
}
hidden() { sed -nE "s/.*name=\"$1\" value=\"([^\"]*)\".*/\1/p" "$page" | head -1; }
# Follows the link on the page, gives the reason and presses the button.
act() {  # CODE EVENT [CURL-ARGUMENT...]
  local link
  link=$(grep -oE "/desk/action\?[^\"]*do=$1&[^\"]*" "$page" | head -1 | sed 's/&amp;/\&/g' || true)
  [[ -n $link ]] || unexpected "$1 is not offered"
  on_desk "$desk$link"
  expect_status 200
  on_desk --data-urlencode "record=$(hidden record)" -d "once=$(hidden once)" -d step=do --data-urlencode 'reason=電話で確認' \
    "${@:3}" "$desk${link%%&record=*}"
  follow
  expect_text 'role="status"'
  [[ $(portalctl audit list --json --actor "$user" --event "$2" | wc -l) -ge 1 ]] || unexpected "the audit lacks $2"
}

# --- a registration that waits for its link
fill_in judo 契 0123456 7 8
apply
link_to kikin01@test.example >"$scratch/link"
sql "UPDATE outbox SET created_at = created_at - 120"
search kikin01@test.example
act resend mail_resent
act correct address_corrected -d email=right@test.example
link=$(link_to right@test.example)
browser=elsewhere
visit "$(<"$scratch/link")"
expect_status 410

# --- a mail that failed
sql "UPDATE outbox SET state = 'failed' WHERE recipient = 'right@test.example'"
search 契0123456-7-8
act retry mail_retried
link_to right@test.example 2 >"$scratch/link"

# --- an account
browser=first
visit "$link"
expect_text 'ユーザー登録が完了いたしました。'
visit -d email=right@test.example --data-urlencode "password=${entries[password]}" /login
expect_status 303
search right@test.example
record=$(hidden record)
on_desk -d "record=$record" "$desk/desk/show?${found#*\?}"
follow
expect_text right@test.example
act unlock account_unlocked
act end_sessions sessions_ended
visit /account
expect_status 303
on_desk "$desk$found"
act disable account_disabled
act enable account_enabled
act release account_released
expect_count 0 'SELECT count(*) FROM account'

# --- mail that was stopped
fill_in ahaki 01234567 8 9
entries[email]=stopped@test.example
browser=second
apply
stop_link=$(stop_link_to stopped@test.example)
visit -d action=stop "$stop_link"
expect_status 200
search stopped@test.example
act allow mail_allowed

# --- a row in quarantine
printf '登録記号番号,施術所名\n契0123456-7-8,みなと整骨院\n契4412345-0-0,\n' >"$scratch/bureau.csv"
portalctl roster import "$scratch/bureau.csv" >/dev/null 2>&1 || unexpected 'the file was not imported'
on_desk "$desk/desk/overview"
act fix roster_fixed -d 'number=契4412345-0-0' -d 'name=ひだまり整骨院'
search ひだまり
expect_text 契4412345-0-0

# --- what of it is kept: who, and by which kind of key; never the key
portalctl audit list --json --actor "$user" >"$scratch/audit"
! grep -q 'test\.example' "$scratch/audit" || unexpected 'an address is in the audit'
! grep -rn 'right@test\|kikin01@test' "$site"/log/*desk* || unexpected 'an address is in a log of the desk'
