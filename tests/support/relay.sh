# shellcheck shell=bash
# Puts a mail server that refuses on purpose (tests/mail/fault_server.py) in the place of the portal's own
# mailer and Maildir. To be sourced; brings scenario.sh with it.
#
# Afterwards $smtp_conf is portal.conf with that server, $scratch/server.log what it prints, its port first,
# and the EXIT trap ends all processes of the array `started`.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/scenario.sh"
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; end_scenario' EXIT
smtp_conf=$scratch/smtp.conf

start_portal_with_relay() {  # [FAULTS]: the file from which the server reads what it refuses
  local mailer
  start_portal
  mailer=$(process_of portal-mailer)
  mailer_is_gone() { ! kill -0 "$mailer" 2>/dev/null; }
  kill -TERM "$mailer"
  wait_for 20 mailer_is_gone
  python3 "$root/tests/mail/fault_server.py" "$@" >"$scratch/server.log" &
  started+=($!)
  wait_for 20 test -s "$scratch/server.log"
  cp "$site/portal.conf" "$smtp_conf"
  cat >>"$smtp_conf" <<END
mail.transport = smtp
mail.smtp.host = 127.0.0.1
mail.smtp.port = $(head -n 1 "$scratch/server.log")
mail.from = no-reply@portal.example.jp
END
}
