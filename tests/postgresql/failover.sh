#!/usr/bin/env bash
# The primary is killed while people register, and the standby promoted. Whoever saw 申請完了画面 is on
# the new primary, with the mail; the portal finds it by itself; meanwhile a page keeps what was typed.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"
browsers=4

make_server one
start_server one -c synchronous_commit=on
on_server one 'CREATE DATABASE portal' postgres
make_standby one two
start_portal --connection "host=127.0.0.1,127.0.0.1 port=${port_of[one]},${port_of[two]} user=portal \
dbname=portal target_session_attrs=read-write"

offer $browsers "$url"
registered_on() { (($(on_server "$1" 'SELECT count(*) FROM registration') >= $2)); }
wait_for 60 registered_on one 20 || unexpected 'nobody registers'

# Somebody with a filled-in form, and somebody on the confirmation screen.
fill_in judo 契 0123456 7 8
entries[email]=waiting@test.example
send_form
expect_redirect /register/confirm
visit /register/confirm
draft=$(shown_draft)

kill_at_once "${server_pid[one]}"
unset 'server_pid[one]'
is_refused() { visit --data-urlencode "draft=$draft" /register/complete; [[ $status == 503 ]]; }
is_refused || unexpected "without a database: $status"
expect_header Retry-After '[1-9][0-9]*'
expect_text 'もう一度「OK」ボタンを押してください'
browser=other
entries[email]=typed@test.example
send_form
expect_status 503
expect_text 'value="typed@test.example"'
expect_text 'value="髙﨑"'
expect_no_text "$password"
visit /terms
expect_status 200

promoted=$(date +%s.%N)
[[ $(on_server two 'SELECT pg_promote()') == t ]] || unexpected 'the standby cannot be promoted'
accepted_on_two() { visit --data-urlencode "draft=$draft" /register/complete; [[ $status == 303 ]]; }
browser=first
wait_for 20 accepted_on_two || unexpected 'the portal does not come back'
recovered=$(date +%s.%N)
visit /register/complete
if [[ $status == 200 ]]; then
  expect_text '有効化リンクを添付したメールをお送りしております'
else
  # A draft is not waited for: the last of them may be lost with the primary. Then there is the form.
  expect_redirect /register
fi
browser=other
send_form
expect_redirect /register/confirm
visit /register/confirm
expect_text typed@test.example
expect_text みなと整骨院

count=$(on_server two 'SELECT count(*) FROM registration')
wait_for 60 registered_on two $((count + 20)) || unexpected 'nobody registers on the new primary'
nobody_else_comes

on_server two "SELECT email FROM registration WHERE EXISTS (SELECT 1 FROM outbox WHERE registration_id = \
registration.id AND kind = 'activation')" >"$scratch/found"
python3 "$tests/figures.py" "$scratch/report" "$scratch/found" "$killed" "$promoted" "$recovered"

# What the mailer had taken when it lost the primary, it takes again two minutes later: that is now.
on_server two "UPDATE outbox SET leased_until = 0 WHERE state = 'queued'"
all_dealt_with() { [[ $(on_server two "SELECT count(*) FROM outbox WHERE state = 'queued'") == 0 ]]; }
wait_for 60 all_dealt_with || unexpected 'the mailer does not come back'
last=$(on_server two "SELECT recipient FROM outbox WHERE state = 'sent' ORDER BY created_at DESC LIMIT 1")
browser=activating
visit "$(link_in "$(python3 "$root/tests/support/mail.py" "$site/mail" "$last")")"
expect_status 200
