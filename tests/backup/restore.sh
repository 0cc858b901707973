#!/usr/bin/env bash
# A backup is made while the portal runs, the database is lost, and the backup is put back as conf/backup.md
# says: people go on, and nothing that had ended since comes to life again: no session, no mail.
#
#   restore.sh PROGRAMS --database sqlite|postgresql
# shellcheck source=SCRIPTDIR/../support/postgresql.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/postgresql.sh"
engine=${!#}

portalctl() { "$programs/portalctl" --config "$site/portal.conf" "$@"; }
send_mails() { "$programs/portal-mailer" --config "$site/portal.conf" --once 2>"$scratch/mailer.log"; }
mails_to() { grep -rlF "Delivered-To: $1" "$site/mail/new" | wc -l; }
has_gone() { ! kill -0 "$1" 2>/dev/null; }

options=()
if [[ $engine == postgresql ]]; then
  make_server one
  start_server one
  on_server one 'CREATE DATABASE portal' postgres
  connection="host=127.0.0.1 port=${port_of[one]} user=portal dbname=portal"
  options=(--connection "$connection")
fi

# --- a member with a session, and somebody whose mail is in the queue
start_portal "${options[@]}"
browser=member
fill_in judo 契 0123456 7 8
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
visit --data-urlencode email=kikin01@test.example -d "password=$password" /login
expect_redirect /account
mailer=$(process_of portal-mailer)
kill -TERM "$mailer"
wait_for 20 has_gone "$mailer" || unexpected 'the mailer does not stop'
browser=second
fill_in ahaki 01234567 8 9
entries[email]=second@test.example
apply
expect_count queued "SELECT state FROM outbox WHERE recipient = 'second@test.example'"
portalctl audit seal >/dev/null

# --- the backup
if [[ $engine == sqlite ]]; then
  file=$scratch/portal.db
  portalctl backup "$file" >"$page"
  expect_text 'registration: 2'
  expect_text "bytes: $(stat -c %s "$file")"
else
  file="$scratch/it's.dump"
  ! command=$(portalctl backup "$file" 2>"$page") || unexpected 'portalctl backs PostgreSQL up'
  expect_text 'PostgreSQL has its own program'
  eval "$command"
fi
[[ $(stat -c %a "$file") == 600 ]] || unexpected 'others may read the backup'

# --- what happens afterwards
send_mails
[[ $(mails_to second@test.example) == 1 ]] || unexpected 'the mail was not sent'
visit "$(link_to second@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
cp "$scratch/member.jar" "$scratch/stolen.jar"
browser=member
visit -d '' /logout

# --- lost, and restored
stop_portal
if [[ $engine == sqlite ]]; then
  rm "$site"/portal.db*
  portalctl restore "$file" --yes --reason 'disk lost' >"$page"
  [[ $(stat -c %a "$site/portal.db") == 600 ]] || unexpected 'others may read the database'
else
  PGOPTIONS='-c client_min_messages=warning' on_server one 'DROP TABLE registration CASCADE'
  pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$connection" "$file"
  expect_count 1 'SELECT count(*) FROM web_session'
  expect_count queued "SELECT state FROM outbox WHERE recipient = 'second@test.example'"
  portalctl restored --yes --reason 'disk lost' >"$page"
fi
expect_text 'sessions ended: 1'
expect_text 'mails withheld: 1'
portalctl audit verify >"$page"
portalctl audit list --event restored >"$page"
expect_text 'detail=disk lost'

# --- and on
start_portal "${options[@]}"
send_mails
[[ $(mails_to second@test.example) == 1 ]] || unexpected 'a mail of the past was sent again'
portalctl mail list --state withheld >"$page"
expect_text 'last_reply=a backup was restored: disk lost'
browser=stolen
visit /account
expect_redirect '/login?return=/account'
browser=member
visit --data-urlencode email=kikin01@test.example -d "password=$password" /login
expect_redirect /account
browser=third
fill_in ahaki 13000001 0 1
entries[email]=third@test.example
apply
visit "$(link_to third@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
# The one whose activation was lost gets a new link.
portalctl registration resend second@test.example >/dev/null
browser=second
visit "$(link_to second@test.example 2)"
expect_text 'ユーザー登録が完了いたしました。'
portalctl audit verify >"$page"
