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

# As load balancers write it: with the client's port (AWS, Azure), and both kinds of address.
for named in 203.0.113.7:51234 '203.0.113.9, 203.0.113.7:51234' '203.0.113.7:51234, 10.1.2.3:443' \
  '203.0.113.7, , 10.1.2.3' ', 203.0.113.7 ,'; do
  visit_as "$named" /login
  expect_client 203.0.113.7
done
visit_as '[2001:db8::7]:51234' /login
expect_client 2001:db8::7
# What not every web server reads, the responder does.
for named in '[2001:db8::7]' '"[2001:db8::7]:51234"' "$(printf '203.0.113.9,\t2001:db8::7')" \
  '[2001:db8::7], 10.1.2.3'; do
  visit_as "$named" /login
  expect_logged responders 'client=2001:db8::7 '
done
visit -H 'Forwarded: for=203.0.113.9, for="[2001:db8::7]:4711";proto=https' /login
expect_logged responders 'client=2001:db8::7 '
# One header or the other, never both: a proxy that writes the one passes the other on.
visit_as 203.0.113.7 -H 'Forwarded: for=203.0.113.9' /login
expect_client 203.0.113.7

# Nobody can read who it is: told, and not taken for the load balancer, whose limits would be everybody's.
told() { find "$site/log" -name '*.log' -exec cat {} + | grep -F client_unreadable || true; }
[[ -z $(told) ]] || unexpected "it complains of what it can read: $(told)"
for named in unknown '203.0.113.9, _hidden' 'client.example, 10.1.2.3'; do
  visit_as "$named" /login
  expect_logged responders 'client=unknown '
done
[[ $(told) == *'proxy=127.0.0.1 entry=unknown'* ]] || unexpected "the log says $(told)"

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
