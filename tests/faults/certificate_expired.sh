#!/usr/bin/env bash
# While people register, the certificate of the mail relay has expired: the mails wait, and leave as soon as there is a new
# one. Then that of the web server has: nobody gets in, until the new one is loaded, and nobody who was accepted is lost.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

key=(-newkey ec -pkeyopt 'ec_paramgen_curve:P-256' -nodes)
# Python 3.13 takes no authority that does not say what its key is for.
openssl req -x509 "${key[@]}" -days 30 -subj /CN=authority -addext keyUsage=critical,keyCertSign,cRLSign \
  -keyout "$scratch/ca.key" -out "$scratch/ca.crt" 2>/dev/null
export SSL_CERT_FILE=$scratch/ca.crt CURL_CA_BUNDLE=$scratch/ca.crt
# certificate FOLDER [FROM TO]: a new crt and key there, for localhost and 127.0.0.1.
certificate() {
  mkdir -p "$1"
  "$root/tests/support/sign_certificate.sh" "$scratch/ca" DNS:localhost,IP:127.0.0.1 "$1/new" "${@:2}"
  mv "$1/new.key" "$1/key"
  mv "$1/new.crt" "$1/crt"
}
expired=('-3 days' '-1 day')
certificate "$scratch/certificates" "${expired[@]}"
certificate "$scratch/web"
scheme=https

make_roster
start_portal --roster "$scratch/roster.csv" -- --certificate "$scratch/web/crt" --key "$scratch/web/key"
start_relay 'mail.smtp.security = starttls' "mail.smtp.ca_file = $scratch/ca.crt"
it_happens
offer 3 --roster "$scratch/roster.csv" "$url"
follow_links 10
wait_for_accepted 10

# --- the relay's
mail_says() { [[ $(sql 'SELECT reason FROM mail_pause') == *'certificate has expired'* ]]; }
wait_for 60 mail_says || unexpected "the queue pauses because of: $(sql 'SELECT reason FROM mail_pause')"
wait_for_accepted 10
expect_count 0 "SELECT count(*) FROM outbox WHERE state <> 'queued'"
certificate "$scratch/certificates"
pass_the_waiting sql
has_left() { [[ $(sql "SELECT count(*) FROM outbox WHERE state = 'sent'") -gt 0 ]]; }
wait_for 60 has_left || unexpected 'no mail leaves by the new certificate'
wait_for_accepted 10

# --- the web server's
reload_web() { kill -HUP "$(pgrep -P "$portal" -x nginx)"; }
certificate "$scratch/web" "${expired[@]}"
reload_web
is_refused() { ! visit /about 2>/dev/null && grep -q expired <(curl -sS --noproxy '*' "$url/about" 2>&1); }
wait_for 30 is_refused || unexpected 'an expired certificate is taken'
certificate "$scratch/web"
reload_web
wait_for_accepted 10
nobody_else_comes
pass_the_waiting sql
it_cost
