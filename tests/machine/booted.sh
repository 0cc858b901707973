#!/usr/bin/env bash
# The units on a machine that runs: a small Debian boots with them and the portal serves there, with SQLite.
# shellcheck source=SCRIPTDIR/portal.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/portal.sh"

install_portal </dev/null
install -D -m 600 <(echo Geheim123) "$bare/etc/credstore/portal.smtp_password"
boot "$bare"

# --- the database comes later than the portal: nothing fails, nothing has to be restarted
in_machine systemctl enable --quiet --now portal.target
while read -r step; do
  visit "/healthz/$step"
  expect_status 503
done < <(steps)
expect_no_failure
as_operator portalctl migrate >/dev/null
as_operator portalctl roster import /usr/share/portal/sql/sample_roster.csv >/dev/null
wait_for 5 each_step_is_healthy || unexpected 'a step does not find its database'
while read -r step; do
  [[ $(restarts_of "portal-$step") == 0 ]] || fail 1 "portal-$step was restarted"
  mode=$(in_machine stat -c '%a %U %G' "/run/portal/$step.sock")
  [[ $mode == '660 root www-data' ]] || fail 1 "the socket of $step: $mode"
done < <(steps)
[[ $(restarts_of portal-mailer) == 0 ]] || fail 1 'portal-mailer was restarted'
# The desk's units are there, and off.
! in_machine systemctl is-active --quiet portal-desk.socket portal-desk.service || fail 1 'the desk was not asked for'
! in_machine test -e /run/portal/desk.sock || fail 1 'the desk has a socket'
in_machine systemctl enable --quiet --now portal-desk.socket
[[ $(in_machine stat -c '%a %U %G' /run/portal/desk.sock) == '660 root www-data' ]] || fail 1 'the socket of the desk'
for file in portal.db portal.db-wal portal.db-shm; do
  mode=$(in_machine stat -c '%a %G' "/var/lib/portal/$file")
  [[ $mode == '660 portal' ]] || fail 1 "$file: $mode"
done

# --- the whole way, in the sandbox
fill_in judo 契 0123456 7 8
apply
visit "$(link_to kikin01@test.example)"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
visit -d email=kikin01@test.example -d "password=$password" /login
expect_redirect /account
visit /account
expect_status 200
visit -d email=kikin01@test.example /password/forgot
expect_status 303
mail_to kikin01@test.example 2 >/dev/null
expect_count '契0123456-7-8' 'SELECT registration_number FROM account'

# --- who runs as whom, and the journal
for unit in portal-form:portal-web portal-mailer:portal-mailer; do
  owner=$(in_machine stat -c %U "/proc/$(main_pid "${unit%:*}")")
  [[ $owner == "${unit#*:}" ]] || fail 1 "${unit%:*} runs as $owner"
done
wait_for 10 journal_has portal-form 'info request step=form' || fail 1 'no request in the journal'
wait_for 10 journal_has portal-mailer 'outcome=delivered' || fail 1 'no mail in the journal'
! in_machine journalctl -q | grep -E "token=|$password" || fail 1 'the journal tells a secret'

# --- the mail relay's password: a file of root's that only the mailer gets
printf '%s\n' 'mail.transport = smtp' 'mail.smtp.security = starttls' 'mail.smtp.username = portal' \
  'mail.smtp.password_file = /run/credentials/portal-mailer.service/portal.smtp_password' >>"$bare/etc/portal/portal.conf"
in_machine systemctl restart portal-mailer || fail 1 'the mailer does not get its password'
! as_operator cat /run/credentials/portal-mailer.service/portal.smtp_password 2>"$scratch/said" ||
  fail 1 'another user can read the password'

# --- a responder that is killed comes back; meanwhile its socket waits
for _ in 1 2 3; do
  before=$(main_pid portal-form)
  in_machine systemctl kill --kill-whom=main --signal=KILL portal-form
  visit /register
  expect_status 200
  [[ $(main_pid portal-form) != "$before" ]] || fail 1 'who has answered?'
done

# --- restarts under load
start_load
for _ in 1 2 3; do
  in_machine systemctl restart portal-form
  in_machine systemctl reload portal-form
  in_machine systemctl restart portal.target
  each_step_is_healthy || unexpected 'a step does not come back'
done
stop_load
printf 'restarts under load: %s requests, failed %s\n' "$answered" "$failed"
((answered > 100 && failed == 0)) || fail 1 'a restart has lost requests'
wait_for 10 journal_has portal-form 'templates_reloaded' || fail 1 'no reload'

# --- one more process of a step, on the same socket
in_machine systemctl enable --quiet --now portal-complete@2
in_machine systemctl kill --kill-whom=main --signal=STOP portal-complete
for _ in {1..20}; do
  visit /healthz/complete
  expect_status 200
done
in_machine systemctl kill --kill-whom=main --signal=CONT portal-complete
in_machine systemctl stop --quiet portal-complete 2>"$scratch/said"
visit /healthz/complete
expect_status 200
in_machine systemctl start portal-complete

# --- an operator's mistake: tried again for longer than systemd's patience, and answered when it is mended
mv "$bare/etc/portal/portal.conf" "$scratch/portal.conf"
! in_machine systemctl restart portal-form 2>"$scratch/said" || fail 1 'systemctl does not tell'
has_tried() { (($(restarts_of portal-form) >= 7)); }
wait_for 30 has_tried || fail 1 'it was given up'
curl -sS --max-time 30 -o "$scratch/answer" -w '%{http_code}' "$url/healthz/form" >"$scratch/status" &
asked=$!
has_tried_again() { (($(restarts_of portal-form) >= 9)); }
wait_for 30 has_tried_again || fail 1 'it was given up'
mv "$scratch/portal.conf" "$bare/etc/portal/portal.conf"
wait "$asked"
[[ $(<"$scratch/status") == 200 ]] || fail 1 "who waited was told $(<"$scratch/status")"
expect_no_failure

# --- the purge
in_machine systemctl is-active --quiet portal-purge.timer || fail 1 'the timer does not run'
fill_in judo 契 1300001 0 0
send_form
expect_count 1 'SELECT count(*) FROM draft'
sql 'UPDATE draft SET expires_at = 1'
in_machine systemctl start portal-purge
expect_count 0 'SELECT count(*) FROM draft'

# --- stopped under load, it stays stopped
start_load
in_machine systemctl stop portal.target
stop_load
running=$(in_machine systemctl list-units --plain --no-legend --state=active,activating,reloading 'portal*')
[[ -z $running ]] || fail 1 "after the stop there is still: $running"
! in_machine ls /run/portal | grep . || fail 1 'a socket is left'
expect_no_failure
in_machine systemctl start portal.target
wait_for 10 each_step_is_healthy || unexpected 'a step does not start again'
