#!/usr/bin/env bash
# Two nodes on one PostgreSQL, whose clocks differ by an hour. Each request of a registration goes to the other node: all end,
# at the first try. The link is good for an hour on both; the mails of either mailer go at once; log, metrics and check tell.
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

make_server one
start_server one
on_server one 'CREATE DATABASE portal' postgres
connection="host=127.0.0.1 port=${port_of[one]} user=portal dbname=portal"
declare -A url_of=() site_of=() node_of=()
start_node() {  # NAME
  site_of[$1]="$scratch/node $1" site=${site_of[$1]}
  start_portal --connection "$connection"
  url_of[$1]=$url node_of[$1]=$portal
  nodes+=("$portal")
  portal=''
}
start_node right
strange STRANGE_CLOCK=3600 start_node ahead

it_happens
offer 4 --wander "${url_of[right]}" "${url_of[ahead]}"
wait_for_accepted 100
it_cost on_server one
again=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["again"])' "$scratch/report")
[[ $again == 0 ]] || unexpected "the form was asked for again $again times"

# --- the mail of one mailer, the link on the other node
all_sent() { [[ $(on_server one "SELECT count(*) FROM outbox WHERE state <> 'sent'") == 0 ]]; }
wait_for 60 all_sent || unexpected 'a mail waits'
declare -A other=([right]=ahead [ahead]=right)
for name in right ahead; do
  halt "$(portal=${node_of[${other[$name]}]} process_of portal-mailer)"
  site=${site_of[$name]} url=${url_of[$name]} browser=$name
  case $name in right) fill_in judo 協 0123456 7 8 ;; ahead) fill_in ahaki 01234567 8 9 ;; esac
  entries[email]=$name@test.example
  apply
  link=$(link_to "$name@test.example")
  go_on
  visit "${url_of[${other[$name]}]}$link"
  expect_text 'ユーザー登録が完了いたしました。'
  visit --data-urlencode "email=$name@test.example" --data-urlencode "password=$password" "${url_of[${other[$name]}]}/login"
  expect_status 303
  visit /account
  expect_status 200
done

# --- it is told
site=${site_of[ahead]}
logged() { grep -q ' warning clock_differs ahead_of_database=3[56][0-9][0-9]$' "$site/log/form.log"; }
wait_for 60 logged || unexpected 'the log does not tell'
! grep -q clock_differs "${site_of[right]}"/log/*.log || unexpected 'the right clock is called wrong'
measured() { grep -qE '^portal_clock_ahead_seconds{.*} (3599|3600|3601)$' "$site"/metrics/portal-form-1.prom; }
wait_for 60 measured || unexpected 'metrics do not tell'
"${strange_system[@]}" STRANGE_CLOCK=3600 "$programs/portalctl" --config "$site/portal.conf" check >"$page" || true
expect_text 's ahead of the database server'
