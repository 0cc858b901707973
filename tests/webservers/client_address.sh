#!/usr/bin/env bash
# Who the client is: the peer, or what a load balancer of ours says; never what the client says.
# /healthz/ answers this machine only.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

expect_client() {  # ADDRESS
  expect_logged access "$1 ["
  expect_logged responders "client=$1 "
}

# No load balancer: X-Forwarded-For is a claim.
start_portal
for claim in 203.0.113.9 '203.0.113.9, 198.51.100.7' ::1; do
  visit -H "X-Forwarded-For: $claim" -H 'X-Real-IP: 203.0.113.8' -H 'Forwarded: for=203.0.113.8' /login
  expect_client 127.0.0.1
done
stop_portal

# Behind one: the right-most address that is not ours, whatever stands left of it.
start_portal -- --trusted-proxies 127.0.0.1,10.0.0.0/8
visit_as '203.0.113.9, 198.51.100.7' /login
expect_client 198.51.100.7
visit_as '127.0.0.1, 198.51.100.7, 10.1.2.3' /login
expect_client 198.51.100.7
visit -H 'X-Forwarded-For: 127.0.0.1' -H 'X-Forwarded-For: 198.51.100.7' /login
expect_client 198.51.100.7
visit_as 2001:db8::7 /login
expect_client 2001:db8::7
visit /login
expect_client 127.0.0.1

visit /healthz/form
expect_status 200
expect_body ok
for path in /healthz/{form,pages} /healthz//pages //healthz/pages /healthz%2Fpages /%68ealthz/pages \
  /healthz/%70ages /healthz/./pages '/healthz/pages?'; do
  visit_as 198.51.100.7 "$path"
  expect_status '403|404'
  expect_text 'ページが見つかりません'
  visit_as '127.0.0.1, 198.51.100.7' "$path"
  expect_status '403|404'
done
