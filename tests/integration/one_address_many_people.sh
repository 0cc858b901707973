#!/usr/bin/env bash
# People of one address log in all day: only wrong passwords count. Who guesses is stopped, and never stops
# a browser in which somebody has logged in before.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

log_in() {  # ADDRESS PASSWORD
  visit --data-urlencode "email=$1" --data-urlencode "password=$2" /login
}

fill_in judo 契 0123456 7 8
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
expect_header Set-Cookie 'device=[A-Za-z0-9_-]{43}; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax'

# In a browser that keeps nothing: as many people as you like.
for _ in {1..60}; do
  login=$(curl -s --noproxy '*' -o /dev/null -w '%{http_code} %{redirect_url}' \
    --data-urlencode email=kikin01@test.example --data-urlencode "password=$password" "$url/login")
  [[ $login == "303 $url/account" ]] || unexpected "a right login is answered $login"
done

# A stranger at that address guesses: first at this account, then at all others.
browser=stranger
for _ in {1..12}; do
  log_in kikin01@test.example Chigau123
  [[ $status == 422 ]] || break
done
expect_status 429
expect_header Retry-After '[1-9][0-9]*'
said=$(for i in {1..400}; do
  curl -s --noproxy '*' -o /dev/null -w '%{http_code} ' -d "email=user$i@test.example" -d password=Chigau123 \
    "$url/login"
done)
[[ $said == '422 422 '*' 429 429 ' ]] || unexpected "guesses are answered $said"
log_in user1000@test.example Chigau123
expect_status 429
expect_text 'しばらく'
grep -rqF ' throttled path=/login limit=network ' "$site/log" || unexpected 'the log does not say which limit'

# The owner, in the browser of the activation, is not held up.
browser=first
log_in kikin01@test.example "$password"
expect_redirect /account
