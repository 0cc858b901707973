#!/usr/bin/env bash
# Whether mail can reach a domain, as a DNS server of this test has it; and that a DNS server which
# does not answer keeps nobody waiting.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"

cat >"$scratch/zone" <<'END'
mx.example MX mail.mx.example
address.example A 192.0.2.1
null.example MX
null.example A 192.0.2.1
text.example TXT v=spf1 -all
fails.example SERVFAIL
silent1.example SILENT
silent2.example SILENT
silent3.example SILENT
silent4.example SILENT
silent5.example SILENT
END
"$support/dns_server.py" "$scratch/zone" >"$scratch/port" &
dns=$!
lookup=$dns
trap 'result=$?; kill "$dns" "$lookup" 2>/dev/null || true; end_scenario "$result"' EXIT
wait_for 10 test -s "$scratch/port" || unexpected 'no DNS server'
start_portal

# As quickstart starts it, nobody is asked.
visit '/register/domain?name=mx.example'
expect_body '{"domain":"mx.example","mail":"unknown"}'

# The same responder with the check.
old=$(process_of portal-lookup)
socket=$(tr '\0' '\n' <"/proc/$old/cmdline" | sed -n 's/^unix://p')
kill "$old"
is_gone() { ! kill -0 "$old" 2>/dev/null; }
wait_for 10 is_gone || unexpected 'the responder does not end'
PORTAL_MAIL_CHECK_DOMAINS=on PORTAL_MAIL_RESOLVER=127.0.0.1:$(<"$scratch/port") "$programs/portal-lookup" \
  --config "$site/portal.conf" --listen "unix:$socket" 2>"$site/log/lookup.log" &
lookup=$!
is_back() { visit "$(clinic_path)" && [[ $status == 200 ]]; }
wait_for 10 is_back || unexpected 'the responder does not come back'

ask() { visit --get --data-urlencode "name=$1" /register/domain; }
# is DOMAIN yes|no|unknown: the answer, at once or, on a busy machine, when it has come.
answers() {
  ask "$1"
  expect_status 200
  [[ $(<"$page") == "{\"domain\":\"$1\",\"mail\":\"$2\"}" ]]
}
is() { wait_for 5 answers "$@" || expect_body "$1: $2"; }
is mx.example yes
expect_header Content-Type 'application/json.*'
expect_header Cache-Control no-store
is address.example yes
is null.example no
is text.example no
is nowhere.example no
is fails.example unknown

ask ＭＸ．Example
expect_body '{"domain":"mx.example","mail":"yes"}'
for name in '' docomo 'exa mple.jp' 'a@mx.example' -x.example 日本語.jp; do
  ask "$name"
  expect_status 422
  expect_text '{"error":"malformed","field":"email","message":"メールアドレス'
done

# No request waits for a second, however many ask, and the clinics are looked up meanwhile. The log has
# the time of the responder itself.
for i in 1 2 3 4 5; do
  curl -s --max-time 30 -o "$scratch/silent$i" "$url/register/domain?name=silent$i.example" &
  asking[i]=$!
done
visit "$(clinic_path)"
expect_status 200
wait "${asking[@]}"
for i in 1 2 3 4 5; do
  [[ $(<"$scratch/silent$i") == "{\"domain\":\"silent$i.example\",\"mail\":\"unknown\"}" ]] ||
    unexpected "silent$i: $(<"$scratch/silent$i")"
done
slow=$(grep -oE ' ms=[0-9]{4}.*' "$site/log/lookup.log") && unexpected "over a second:$slow"
wait_for 10 grep -q domain_unchecked "$site/log/lookup.log" || unexpected 'nobody is told'
