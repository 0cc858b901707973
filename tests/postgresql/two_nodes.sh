#!/usr/bin/env bash
# Two nodes, each nginx, all responders and a mailer, on one PostgreSQL. A person may be served by
# either at every step; a node that is killed while people register loses nobody.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"

make_server one
start_server one
on_server one 'CREATE DATABASE portal' postgres
connection="host=127.0.0.1 port=${port_of[one]} user=portal dbname=portal"

# start_node NAME: sets url_of[NAME] and node_of[NAME].
declare -A url_of=() node_of=() site_of=()
start_node() {
  site_of[$1]="$scratch/node $1" site=${site_of[$1]}
  start_portal --connection "$connection"
  url_of[$1]=$url node_of[$1]=$portal
  nodes+=("$portal")
  portal=''
}
start_node first
start_node second
first=${url_of[first]} second=${url_of[second]}

# link_by NAME ADDRESS: the newest link that the mailer of that node has sent to it, as its path.
link_by() {
  site=${site_of[$1]} url=${url_of[$1]}
  link_to "$2"
}
expect_count_on() { [[ $(on_server one "$2") == "$1" ]] || unexpected "$2 gives $(on_server one "$2") instead of $1"; }

# --- each step elsewhere; whichever mailer looks first has all that is due, so one stands still
halt "$(portal=${node_of[second]} process_of portal-mailer)"
fill_in judo 協 0123456 7 8
entries[email]=elsewhere@test.example
url=$first
send_form
expect_redirect /register/confirm
visit "$second/register/confirm"
expect_status 200
expect_text elsewhere@test.example
draft=$(shown_draft)
visit --data-urlencode "draft=$draft" "$first/register/complete"
expect_redirect /register/complete
visit "$second/register/complete"
expect_text elsewhere@test.example
# A double click that meets both nodes is one registration.
visit --data-urlencode "draft=$draft" "$second/register/complete"
expect_redirect /register/complete
expect_count_on 1 'SELECT count(*) FROM registration'
expect_count_on 1 'SELECT count(*) FROM outbox'
link=$(link_by first elsewhere@test.example)
[[ -n $link ]] || unexpected 'no link'
go_on
visit "$second$link"
expect_text 'ユーザー登録が完了いたしました。'
visit --data-urlencode email=elsewhere@test.example --data-urlencode "password=$password" "$first/login"
expect_status 303
visit "$second/account"
expect_status 200
expect_text elsewhere@test.example

# --- a node is killed between the confirmation screen and OK
fill_in ahaki 01234567 8 9
entries[email]=midway@test.example
browser=midway url=$first
send_form
expect_redirect /register/confirm
visit "$first/register/confirm"
draft=$(shown_draft)
offer 4 "$first" "$second"
registered() { (($(on_server one 'SELECT count(*) FROM registration') >= $1)); }
wait_for 60 registered 20 || unexpected 'nobody registers'
kill_at_once "${node_of[first]}"
unset 'nodes[0]'
visit --data-urlencode "draft=$draft" "$second/register/complete"
expect_redirect /register/complete
visit "$second/register/complete"
expect_text midway@test.example
count=$(on_server one 'SELECT count(*) FROM registration')
wait_for 60 registered $((count + 20)) || unexpected 'nobody registers on the node that is left'
nobody_else_comes

# What the dead mailer had taken, the other takes two minutes later: that is now.
on_server one "UPDATE outbox SET leased_until = 0 WHERE state = 'queued'"
all_sent() { [[ $(on_server one "SELECT count(*) FROM outbox WHERE state = 'queued'") == 0 ]]; }
wait_for 60 all_sent || unexpected 'a mail stays'
link=$(link_by second midway@test.example)
visit "$second$link"
expect_text 'ユーザー登録が完了いたしました。'

on_server one "SELECT email FROM registration WHERE EXISTS (SELECT 1 FROM outbox WHERE registration_id = \
registration.id AND kind = 'activation' AND state = 'sent')" >"$scratch/found"
python3 "$tests/figures.py" "$scratch/report" "$scratch/found" "$killed"
