#!/usr/bin/env bash
# A mail comes back: the mail system's report goes to `portal-mailer --bounce`, the operators see it,
# and the browser that registered is told, whether or not the report has the mail with it.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal
conf=$site/portal.conf
printf 'mail.bounces = bounces@portal.example.jp\n' >>"$conf"  # the mailer itself has read it before

portalctl() { "$programs/portalctl" --config "$conf" "$@"; }
message_id() { grep -rhoiE '^Message-ID: <[^>]+>' "$site/mail/new" | grep -oE '<.+>'; }
is_sent() { [[ $(portalctl mail list) == *' 1 sent'* ]]; }
row() { sql 'SELECT id FROM outbox ORDER BY created_at DESC LIMIT 1'; }

# report ACTION TO [MESSAGE-ID]: as Postfix writes it.
report() {
  cat <<END
From MAILER-DAEMON  Sun Nov 22 19:57:08 2026
Return-Path: <>
X-Original-To: $2
From: MAILER-DAEMON@mx.portal.example.jp (Mail Delivery System)
To: $2
Content-Type: multipart/report; report-type=delivery-status; boundary="4Rabc.1795345028/mx"

This is a MIME-encapsulated message.

--4Rabc.1795345028/mx
Content-Type: text/plain; charset=utf-8

届けられませんでした。

--4Rabc.1795345028/mx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.portal.example.jp

Final-Recipient: rfc822; kikin01@test.example
Action: $1
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <kikin01@test.example>: User unknown
END
  if [[ -n ${3:-} ]]; then
    printf '\n--4Rabc.1795345028/mx\nContent-Type: message/rfc822\n\nMessage-ID: %s\n\ntext\n' "$3"
  fi
  printf '\n--4Rabc.1795345028/mx--\n'
}

# expect_taken WORDS: hands standard input to the program, which must be done with it and log that.
expect_taken() {
  local log
  log=$("$programs/portal-mailer" --config "$conf" --bounce 2>&1) || unexpected "it failed: $log"
  [[ $log == *"$1"* ]] || unexpected "'$1' is not in the log: $log"
}

fill_in judo 契 0123456 7 8
apply
expect_no_text 'メールを届けられませんでした'
mail_to kikin01@test.example >"$scratch/mail"
wait_for 10 is_sent || unexpected 'the mail is not marked as sent'

# What is not ours changes nothing.
printf 'From: someone@test.example\nSubject: absent\n\nUntil Monday.\n' | expect_taken bounce_ignored
report failed bounces@portal.example.jp '<nobody@portal.example.jp>' | expect_taken bounce_ignored
report delayed bounces@portal.example.jp "$(message_id)" | expect_taken mail_delayed
visit /register/complete
expect_text 'メールをお送りしております。'

report failed bounces@portal.example.jp "$(message_id)" | expect_taken mail_bounced
report failed bounces@portal.example.jp "$(message_id)" | expect_taken 'reported before'
listed=$(portalctl mail list --state bounced)
[[ $listed == *'last_reply=5.1.1 550 5.1.1 <***@test.example>: User unknown'*' 1 bounced,'* ]] ||
  unexpected "mail list: $listed"
shown=$(portalctl mail show "$(row)")
for words in 'state: bounced' 'outcome=delivered' 'outcome=delayed' 'outcome=bounced'; do
  [[ $shown == *"$words"* ]] || unexpected "mail show has no '$words': $shown"
done
[[ $shown != *token=* && $shown != *kikin01* ]] || unexpected "mail show tells too much: $shown"

portalctl timeline kikin01@test.example >"$page"
expect_text 'mail_bounced         activation: 5.1.1 550 5.1.1 <***@test.example>: User unknown (RFC 3464 report)'
expect_text 'The mail came back: 5.1.1 550 5.1.1'

visit /register/complete
expect_status 200
expect_text 'メールを届けられませんでした'
expect_text 'kikin01@test.example'
expect_text 'href="/register?correct=email"'

# 再送, and the report of a mail system that returns nothing and writes the address in lower case.
sql 'UPDATE outbox SET created_at = created_at - 3600'
visit -X POST /register/resend
expect_redirect '/register/complete?resent=1'
visit /register/complete
expect_no_text 'メールを届けられませんでした'
mail_to kikin01@test.example 2 >"$scratch/mail"
wait_for 10 is_sent || unexpected 'the mail is not marked as sent'
id=$(row)
report failed "bounces+${id,,}@portal.example.jp" | expect_taken mail_bounced
visit /register/complete
expect_text 'メールを届けられませんでした'

# Corrected: another registration of the same clinic.
fill_in judo 契 0123456 7 8
entries[email]=kikin02@test.example
apply
expect_text 'kikin02@test.example'
expect_no_text 'メールを届けられませんでした'

# The mail system keeps what cannot be written down.
result=0
report failed bounces@portal.example.jp "$(message_id | head -n 1)" |
  PORTAL_DATABASE_CONNECTION=/nowhere/portal.db \
    "$programs/portal-mailer" --config "$conf" --bounce 2>/dev/null || result=$?
((result == 75)) || unexpected "exit status $result instead of 75"
