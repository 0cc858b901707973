#!/usr/bin/env bash
# The relay refuses mails, for one reason after the other: what the browser that registered reads, and what
# the call centre does. Only the recipient's faults read as such.
# shellcheck source=SCRIPTDIR/../support/relay.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/relay.sh"
start_portal_with_relay "$scratch/fault"
portalctl() { "$programs/portalctl" --config "$smtp_conf" "$@"; }
send() { "$programs/portal-mailer" --config "$smtp_conf" --once 2>>"$scratch/mailer.log" || true; }

# refused ADDRESS WORD REPLY: somebody registers with that address, and the server gives the reply.
refused() {
  fill_in judo 契 0123456 7 8
  entries[email]=$1
  apply
  echo "$2 $3" >"$scratch/fault"
  send
  visit /register/complete
  expect_status 200
  portalctl timeline --lang ja "$1" >"$scratch/timeline"
}
# taken ADDRESS: the server takes a mail. Three refusals in a row would be a matter of the relay.
taken() {
  rm -f "$scratch/fault"
  fill_in judo 契 0123456 7 8
  entries[email]=$1
  apply
  send
  visit /register/complete
  expect_no_text 'メールを届けられませんでした'
  expect_count sent "SELECT state FROM outbox WHERE recipient = '$1'"
}
# later ADDRESS: its mail is not tried again meanwhile, however slow this machine is.
later() { sql "UPDATE outbox SET next_attempt_at = next_attempt_at + 86400 WHERE recipient = '$1'"; }
says() { grep -qF "$1" "$scratch/timeline" || unexpected "the verdict has no '$1': $(tail -n 1 "$scratch/timeline")"; }
fault_of() { expect_count "$2" "SELECT fault FROM outbox WHERE recipient = '$1'"; }

refused kikin01@test.example RCPT '550 5.1.1 <kikin01@test.example>: User unknown'
expect_text 'このメールアドレスは使われていない'
expect_text '修正して登録しなおす'
says '「このメールアドレスはない」'
fault_of kikin01@test.example unknown_user

refused kikin02@docomo.ne.jp MESSAGE '550 Unknown user kikin02@docomo.ne.jp'
expect_text '携帯電話会社から、届けられないという返事'
expect_text 'ドコモの受信設定'
says 'ドコモは、迷惑メール対策の設定で受信しないときも同じように答えます'
fault_of kikin02@docomo.ne.jp unknown_user

taken kikin03@test.example
refused kikin04@test.example RCPT '552 5.2.2 Mailbox full'
expect_text '<strong>受信箱がいっぱい</strong>'
expect_text '自動でもう一度お送りします'
says '受信箱がいっぱいです'
expect_count queued "SELECT state FROM outbox WHERE recipient = 'kikin04@test.example'"
later kikin04@test.example

refused kikin05@tset.example RCPT '550 5.1.2 Host unknown'
expect_text '「<strong>tset.example</strong>」に'
fault_of kikin05@tset.example unknown_domain

refused kikin06@i.softbank.jp MESSAGE '550 5.7.1 message refused by the recipient'
expect_text '受信設定により受け取らない'
expect_text 'ソフトバンクの受信設定で、ドメイン「<strong>'
says 'ソフトバンクの設定は、「My SoftBank」'
fault_of kikin06@i.softbank.jp recipient_filter

taken kikin10@test.example

# Nobody knows yet: it is tried again, and the screen says nothing.
refused kikin07@test.example MESSAGE '554 Transaction failed'
expect_no_text 'メールを届けられませんでした'
expect_count queued "SELECT state FROM outbox WHERE recipient = 'kikin07@test.example'"
fault_of kikin07@test.example unclear
later kikin07@test.example

# Ours, after DATA: nothing of the address, for nobody.
refused kikin08@test.example MESSAGE '554 Message rejected: Email address is not verified.'
expect_no_text 'メールを届けられませんでした'
expect_text 'メールをお送りしております。'
expect_text 'ただいま、メールの送信に時間がかかっています。'
expect_no_text '誤り'
says 'メールアドレスのまちがいではありません'
fault_of kikin08@test.example ours
portalctl mail status | grep -q '^queue=paused .*not verified' || unexpected 'mail status tells of no pause'
grep -q ' error mail_paused ' "$scratch/mailer.log" || unexpected 'it was not shouted'
sql 'UPDATE mail_pause SET until = until + 86400'
refused kikin09@test.example MESSAGE '554 Message rejected: Email address is not verified.'
expect_text 'ただいま、メールの送信に時間がかかっています。'
expect_count 0 "SELECT attempts FROM outbox WHERE recipient = 'kikin09@test.example'"
says 'メールの送信が'

# It is mended.
rm "$scratch/fault"
portalctl mail retry all-waiting >"$scratch/said"
send
visit /register/complete
expect_no_text 'ただいま、メールの送信に時間がかかっています。'
expect_count sent "SELECT state FROM outbox WHERE recipient = 'kikin08@test.example'"
expect_count sent "SELECT state FROM outbox WHERE recipient = 'kikin09@test.example'"
