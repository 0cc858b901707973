#!/usr/bin/env bash
# Whatever way leads to a responder is counted: every location of the generated site file, also of a step with more
# processes, and every other spelling of an address. An honest registration passes below the same limits.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal -- --trusted-proxies 127.0.0.1 --rate 1 --scale login=2
site_file=$(find "$site" -name site.conf)
: >"$page"
: >"$headers"

# The addresses that lead to a responder, from the site file itself.
locations() {
  if served_by apache || served_by apache-fcgid; then
    sed -nE 's|^ *(ProxyPassMatch\|AliasMatch) "\^([^"$]*)\$?" "([^"]*/portal-\|unix:).*|\2|p' "$site_file"
  else
    awk '$1 == "location" { at = $(NF - 1); for (i = 2; i < NF; ++i) if ($i == "{") at = $(i - 1) }
         /fastcgi_pass/ { print at }' "$site_file"
  fi
}

# flood CLIENT COUNT PATH CURL-ARGUMENT...: asks that often, and prints the statuses: "200 200 429 …".
flood() {
  local client=$1 count=$2 urls=()
  while ((count--)); do urls+=(-o /dev/null "$url$3"); done
  curl -sS --noproxy '*' --path-as-is -H "X-Forwarded-For: $client" -w '%{http_code} ' "${@:4}" "${urls[@]}"
}
seen_by_responders() {  # CLIENT
  find "$site/log" -name '*.log' ! -name access.log -exec cat {} + | grep -cF " client=$1" || true
}

number=0
next_client() { client=198.51.$((number / 250)).$((number % 250 + 1)) number=$((number + 1)); }

mapfile -t all < <(locations)
expected=$(awk '$3 == "public" { urls += NF - 2 } END { print urls }' "$root/modules/steps.list")
((${#all[@]} >= expected)) || unexpected "${#all[@]} locations instead of $expected: ${all[*]}"
for path in "${all[@]}"; do
  next_client
  said=$(flood "$client" 70 "$path")
  [[ $said == *' 429 429 ' ]] || unexpected "GET $path is not counted: $said"
  next_client
  said=$(flood "$client" 25 "$path" -d a=b)
  [[ $said == *' 429 429 ' ]] || unexpected "POST $path is not counted: $said"
done

# Other spellings, and what is near to what is not counted.
spellings=(/assets/NOPE /assets/0123456789abcdef/NOPE /assets /assets/ /ASSETS/portal.css '/%61ssets/NOPE' /assets%2FNOPE
  /assets%5cNOPE //assets/NOPE /assets//NOPE '/assets;x/NOPE' /./assets/NOPE /assets/../register /assets/%2e%2e/register
  '/assets/..;/register' '/assets/%2e%2e%2fregister' '/assets/..%5cregister' /assets/../../register /assets/x/../../login
  '/assets/%00' '/assets/%0aregister' '/register%0a' /static/404.html /static/NOPE /static/../register /STATIC/x //static/x
  '/?/assets/x' '/register?/assets/' '/register#/assets/' '/register/?x' /register/ /REGISTER '/%72egister' '/nothing'
  /healthz/form '/healthz%2Fform' /healthz/nothing '/.well-known/x')
for path in "${spellings[@]}"; do
  for way in '70 -b a=b' '25 -b a=b -d a=b'; do
    # The cookie keeps it away from the cache: once is enough to see where it goes.
    next_client
    read -ra words <<<"$way"
    flood "$client" 1 "$path" "${words[@]:1}" >"$scratch/said"
    (($(seen_by_responders "$client") > 0)) || continue
    said=$(flood "$client" "${words[0]}" "$path" "${words[@]:1}")
    [[ $said == *' 429 429 ' ]] || unexpected "$path ($way) reaches a responder, uncounted: $said"
  done
done

# A registration from a client of its own, page by page.
printf 'header = "X-Forwarded-For: 203.0.113.9"\n' >"$scratch/.curlrc"
export CURL_HOME=$scratch
fill_in judo 契 0123456 7 8
visit /
visit /register
visit '/register/clinic?institution=judo&judo_agreement=%E5%A5%91&judo_number=0123456&judo_suffix1=7&judo_suffix2=8'
expect_status 200
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
visit --data-urlencode email=kikin01@test.example --data-urlencode "password=$password" /login
expect_redirect /account
[[ $(seen_by_responders 203.0.113.9) != 0 ]] || unexpected 'that was not the client'
