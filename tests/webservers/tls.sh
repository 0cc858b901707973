#!/usr/bin/env bash
# TLS: HTTP/2, HSTS on every answer, nothing older than TLS 1.2, plain HTTP leads to it and to nowhere
# else; a whole registration with cookies that only TLS carries.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_tls_portal

for path in / /register /assets/portal.css /nothing /assets/nothing /healthz/form; do
  visit "$path"
  [[ $(head -n 1 "$headers") == HTTP/2* ]] || unexpected 'not HTTP/2'
  expect_header Strict-Transport-Security 'max-age=63072000'
done
# Refused before a responder has it: the static page carries it too.
visit --http1.1 "/$(head -c 20000 /dev/zero | tr '\0' a)"
expect_status 414
expect_header Strict-Transport-Security 'max-age=63072000'
visit --http1.1 /register
expect_status 200
[[ $(head -n 1 "$headers") == HTTP/1.1* ]] || unexpected 'no HTTP/1.1 for who has no HTTP/2'

# shakes_hands OPENSSL OPTION...: with a client that itself would take anything.
shakes_hands() {
  openssl s_client -connect "${url#https://}" -cipher ALL:@SECLEVEL=0 "$@" </dev/null >"$page" 2>&1
}
shakes_hands -tls1_3 || unexpected 'no TLS 1.3'
shakes_hands -tls1_2 || unexpected 'no TLS 1.2'
! shakes_hands -tls1_1 || unexpected 'TLS 1.1'
! shakes_hands -tls1_2 -cipher AES128-SHA:@SECLEVEL=0 || unexpected 'a cipher without forward secrecy'

# The Host header does not choose where to.
for host in "${plain%:*}" evil.example; do
  visit -H "Host: $host" "http://$plain/activate?token=a%2Fb"
  expect_status 301
  expect_header Location "$url/activate\\?token=a%2Fb"
  expect_header X-Content-Type-Options nosniff
  expect_header Strict-Transport-Security ''  # RFC 6797 §7.2: not without TLS
done
has_both_lines() { (($(grep -c '"GET /activate"' "$site/log/access.log") == 2)); }
wait_for 30 has_both_lines || unexpected 'the access log lacks a line'
! grep -q 'token' "$site/log/access.log" || unexpected 'the access log tells the token'

fill_in judo 契 0123456 7 8
apply
[[ $(grep -c '#HttpOnly_127.0.0.1.*TRUE.*__Host-' "$scratch/$browser.jar") -ge 1 ]] ||
  unexpected "no cookie that is Secure and bound to the host: $(<"$scratch/$browser.jar")"
visit "$(link_to kikin01@test.example)"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
