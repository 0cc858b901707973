#!/usr/bin/env bash
# Who asks for too much gets 429, a page in Japanese, and when to come back; others, assets and this
# machine itself go on.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal -- --trusted-proxies 127.0.0.1 --rate 1

# answers COUNT CURL-ARGUMENT...: asks that often as a client; "200 200 429 …".
answers() {
  local count=$1 client=$2
  shift 2
  local urls=()
  while ((count--)); do urls+=(-o /dev/null "$url/register"); done
  curl -sS --noproxy '*' -H "X-Forwarded-For: $client" -w '%{http_code} ' "$@" "${urls[@]}"
}

said=$(answers 80 203.0.113.5)
[[ $said == '200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 '*429* ]] ||
  unexpected "it answers $said"
visit_as 203.0.113.5 /register
expect_status 429
expect_header Retry-After '[1-9][0-9]*'
expect_header Content-Type 'text/html; *charset=utf-8'
expect_header Cache-Control no-store
expect_header X-Frame-Options DENY
expect_text 'lang="ja"'
expect_text '短い時間に多くの操作がありました'
id=$(header X-Request-Id)
expect_text "お問い合わせ番号：<code>${id:0:4}-${id:4:4}</code>"
[[ -z $(responders_line) ]] || unexpected 'a responder had the work'
expect_logged access ' 429 '

# Its stylesheet comes all the same.
visit_as 203.0.113.5 /assets/portal.css
expect_status 200
# Another client; and who only claims to be another.
visit_as 203.0.113.6 /register
expect_status 200
visit_as '203.0.113.6, 203.0.113.5' /register
expect_status 429

# A POST costs more than a page, so fewer are allowed: the page still comes.
said=$(answers 40 203.0.113.7 -d a=b)
[[ $said == '422 422 422 422 422 '*429* ]] || unexpected "it answers $said"
visit_as 203.0.113.7 -d a=b /register
expect_status 429
visit_as 203.0.113.7 /register
expect_status 200

# IPv6 has a limit too.
said=$(answers 80 2001:db8:1:2::1)
[[ $said == *429* ]] || unexpected "it answers $said"

# Whom nobody can read may be anybody: no limit of the load balancer's address for all of them.
said=$(answers 80 unknown)
[[ $said != *429* ]] || unexpected "who cannot be read is limited: $said"
said=$(answers 200 127.0.0.1)
[[ $said != *429* ]] || unexpected 'this machine itself is limited'
