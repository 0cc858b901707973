#!/usr/bin/env bash
# A responder as an administrator meets it, without a web server: options, faults in one line with exit
# status 2, reload, and a quiet end. cgi-fcgi (libfcgi's own client) asks it.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
command -v cgi-fcgi >/dev/null || { echo 'skipped: no cgi-fcgi here (Debian: libfcgi-bin)'; exit 77; }
form=$programs/portal-form
site=$scratch/site socket=$scratch/form.sock
mkdir -p "$site"
cp -r "$root/templates" "$site/templates"
conf=$site/portal.conf
cp "$root/conf/password-blocklist.txt" "$site/common.txt"
printf '%s = %s\n' database.connection "$site/portal.db" templates.directory "$site/templates" \
  password.blocklist "$site/common.txt" >"$conf"
status=0 headers=/dev/null page=$scratch/said

# says STATUS TEXT COMMAND...: its exit status, and one line (on either output) with TEXT.
says() {
  local expected=$1 text=$2
  shift 2
  status=0
  timeout 20 "$@" >"$page" 2>&1 </dev/null || status=$?
  expect_status "$expected"
  expect_text "$text"
  ((expected == 0)) || [[ $(wc -l <"$page") -eq 1 ]] || unexpected 'more than one line'
}
says 0 'usage: portal-form' "$form" --help
says 0 'portal ' "$form" --version
says 2 'unrecognized option' "$form" --verbose
says 2 'expected a number from 1 to 256' "$form" --config "$conf" --threads 0
says 2 'unexpected argument here' "$form" here
says 2 '--config' "$form" --config "$scratch/none.conf"
says 2 'no listening socket' "$form" --config "$conf"

echo 'site.base_ulr = http://a' >"$scratch/typo.conf"
says 2 'unknown setting site.base_ulr' "$form" --config "$scratch/typo.conf"
says 2 'trusted_proxies: everybody' env PORTAL_TRUSTED_PROXIES=everybody "$form" --config "$conf"
mv "$site/templates/form.tpl" "$scratch/form.tpl"
says 2 'form.tpl is missing' "$form" --config "$conf" --listen "unix:$socket"
mv "$scratch/form.tpl" "$site/templates/form.tpl"
sed -i.whole '/^TELEPHONE = /d' "$site/templates/operator.conf"
says 2 'operator.conf: TELEPHONE is missing' "$form" --config "$conf" --listen "unix:$socket"
mv "$site/templates/operator.conf.whole" "$site/templates/operator.conf"
for step in form account password; do
  program=$programs/portal-$step
  says 2 'password.blocklist = /none: No such file' env PORTAL_PASSWORD_BLOCKLIST=/none "$program" --config "$conf" --check
  says 2 "password.blocklist = $site: Is a directory" env "PORTAL_PASSWORD_BLOCKLIST=$site" "$program" --config "$conf" --check
  PORTAL_PASSWORD_BLOCKLIST='' "$program" --config "$conf" --check || unexpected "$step needs a list"
done
printf 'Good1234\nb\xe4d12345\n' >"$scratch/latin1.txt"
says 2 'latin1.txt: line 2 is not UTF-8' env "PORTAL_PASSWORD_BLOCKLIST=$scratch/latin1.txt" "$form" --config "$conf" --check
PORTAL_PASSWORD_BLOCKLIST=/none "$programs/portal-login" --config "$conf" --check || unexpected 'the login needs a list'

"$form" --config "$conf" --listen "unix:$socket" --threads 2 2>"$scratch/form.log" &
responder=$!
trap 'kill "$responder" 2>/dev/null || true; end_scenario' EXIT
ask() {
  env -i PATH="$PATH" REQUEST_METHOD=GET REQUEST_URI="$1" QUERY_STRING='' \
    cgi-fcgi -bind -connect "$socket" >"$page"
}
answers() { ask /register 2>/dev/null && grep -q '^Status: 200 ' "$page"; }
wait_for 10 answers || unexpected 'it does not serve'
expect_text 'ユーザー登録'
says 2 "$socket" "$form" --config "$conf" --listen "unix:$socket"

# The database is not there: the blank form is served all the same, and /healthz tells.
ask /healthz/form
expect_text 'Status: 503 '
expect_text 'is not there'
"$programs/portalctl" --config "$conf" migrate --directory "$root/sql" >/dev/null
ask /healthz/form
expect_text 'Status: 200 '

# SIGHUP: a broken set of templates is refused as a whole, a good one is taken.
reloaded() { grep -q "$1" "$scratch/form.log"; }
cp "$site/templates/form.tpl" "$scratch/form.tpl"
echo '{{#OPEN}}' >"$site/templates/form.tpl"
kill -HUP "$responder"
wait_for 10 reloaded 'templates_kept' || unexpected 'a broken template was taken'
ask /register
expect_text 'ユーザー登録'
sed 's/ユーザー登録/利用者登録/' "$scratch/form.tpl" >"$site/templates/form.tpl"
kill -HUP "$responder"
wait_for 10 reloaded 'templates_reloaded' || unexpected 'SIGHUP does nothing'
ask /register
expect_text '利用者登録'

# So is the list of common passwords.
refuses() {
  local body="password=$1"
  printf '%s' "$body" | env -i PATH="$PATH" REQUEST_METHOD=POST REQUEST_URI=/register QUERY_STRING='' \
    CONTENT_TYPE=application/x-www-form-urlencoded CONTENT_LENGTH="${#body}" \
    cgi-fcgi -bind -connect "$socket" >"$page"
  grep -q 'よく使われていて推測されやすい' "$page"
}
refuses Password1 || unexpected 'Password1 may be chosen'
! refuses Nobodys0wn || unexpected 'another password is refused'
rm "$site/common.txt"
kill -HUP "$responder"
wait_for 10 reloaded 'blocklist_kept' || unexpected 'SIGHUP does not read the list again'
refuses Password1 || unexpected 'the old list did not stay in use'
echo nobodys0WN >"$site/common.txt"
kill -HUP "$responder"
wait_for 10 refuses Nobodys0wn || unexpected 'the new list is not in use'
! refuses Password1 || unexpected 'the old list is in use'

kill -TERM "$responder"
status=0
wait "$responder" || status=$?
expect_status 0
