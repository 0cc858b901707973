#!/usr/bin/env bash
# A clinic that is not in the roster yet: its people leave an address, and get one mail with a link to
# the filled-in form when an import brings the number.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

portalctl() { "$programs/portalctl" --config "$site/portal.conf" "$@"; }
# ask NAME: with the form that the page offers.
ask() {
  visit -d institution=judo --data-urlencode judo_agreement=契 -d judo_number=4499999 -d judo_suffix1=0 \
    -d judo_suffix2=0 --data-urlencode "email=$1@test.example" /register/waiting
  expect_status 303
  waiting_link=$(header Location)
}

fill_in judo 契 4499999 0 0
send_form
expect_status 422
expect_text '掲載されたらメールで知らせる'
ask waiting
visit "$waiting_link"
expect_status 200
expect_text 'waiting@test.example'
visit "$waiting_link"
expect_text 'waiting@test.example'

ask withdrawn
visit --head "$waiting_link"
visit -d action=withdraw "$waiting_link"
expect_text 'お知らせの予定はありません'
ask stopped

portalctl timeline waiting@test.example >"$page"
expect_text waiting_asked
expect_text 'somebody waits for 契4499999-0-0 to be in the roster'

printf '%s\n' 登録記号番号,施術所名,所在地,電話番号 契4499999-0-0,新しい整骨院,, >"$scratch/new.csv"
portalctl roster import "$scratch/new.csv" >"$page"
mail=$(mail_to waiting@test.example)
[[ $mail == *'ユーザー登録ができるようになりました'* && $mail == *'契4499999-0-0'* ]] || unexpected "$mail"
link=$(grep -oE "$url/register\\?institution=judo[^ ]*" <<<"$mail")
visit "$link"
expect_status 200
expect_text 'value="4499999"'
send_form
expect_redirect /register/confirm

# Mail programs end it by one POST (RFC 8058); so ends everything else for that address.
mail_to stopped@test.example >"$scratch/stopped"
stop_link=$(stop_link_to stopped@test.example)
unsubscribe=$(grep -rh -A1 '^List-Unsubscribe:' "$site/mail/new" | grep -oF "$stop_link" | head -n 1)
[[ $unsubscribe == "$stop_link" ]] || unexpected 'no List-Unsubscribe'
visit "$stop_link"
expect_text 'お知らせ'
expect_refusal 415 -F action=stop "$stop_link"
expect_refusal 415 -F List-Unsubscribe=One-Click /register/waiting
visit -F List-Unsubscribe=One-Click "$stop_link"
expect_status 200
expect_count 0 "SELECT count(*) FROM waiting WHERE email_key = 'stopped@test.example'"

# One mail each, and none to who took it back.
portalctl roster import "$scratch/new.csv" >"$page"
expect_count 2 "SELECT count(*) FROM outbox WHERE kind = 'listed'"
