#!/usr/bin/env bash
# Cookies: whoever keeps none is told so on one clear page; what another application of the parent
# domain has set hides none of ours.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal
fill_in judo 契 0123456 7 8

# without_cookies CURL-ARGUMENT...: follows every redirect, keeps nothing.
without_cookies() {
  status=$(curl -sSL --noproxy '*' --max-time 40 --max-redirs 5 -o "$page" -D "$headers" -w '%{http_code}' "$@")
}
data=()
for field in "${!entries[@]}"; do data+=(--data-urlencode "$field=${entries[$field]}"); done
without_cookies "${data[@]}" "$url/register"
expect_status 200
expect_text 'Cookie（クッキー）を使えないため、先へ進めません'
expect_text 'まだ登録されていません'
expect_no_text 'id="registration"'

send_form
draft=$(header Set-Cookie | sed -nE 's/^([^;]*draft=[^;]*).*/\1/p')
[[ -n $draft ]] || unexpected 'no draft cookie'
# shellcheck disable=SC2016  # a cookie of RFC 2109 begins with a dollar sign
for other in 'x="abc' 'x="a;b"' 'x' '=x' 'x={"a":"b' 'draft=other' '$Version=1' "x='" ';;' 'x=\"'; do
  for cookies in "$other; $draft" "$draft; $other" "$other;$draft"; do
    without_cookies -H "Cookie: $cookies" "$url/register/confirm"
    expect_status 200
    expect_text 'みなと整骨院'
  done
done
