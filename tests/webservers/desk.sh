#!/usr/bin/env bash
# The desk beside the public site: no way leads to it from there, however its address is spelled; on its own site it asks
# for a password, knows staff and supervisors, and believes no header of a client's.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal --desk
read -r _ desk user password_of_desk <<<"$(grep '^desk: ' "$scratch/quickstart.log")"
[[ $desk =~ ^http://127\.0\.0\.1:[0-9]+/desk/$ && $desk != "$url"/* ]] || unexpected "the desk is at $desk"
desk=${desk%/desk/}
((${desk##*:} > ${url##*:})) || unexpected "the desk is at $desk, not on the next free port"
[[ $(grep -n '^desk: ' "$scratch/quickstart.log") < $(grep -n '^ready: ' "$scratch/quickstart.log") ]] ||
  unexpected 'the desk is told too late'
[[ $(stat -c %a "$site/desk.users") == 600 ]] || unexpected 'others may read the passwords'

# --- the public site
spellings=(/desk /desk/ /DESK/ /Desk /desk// //desk/ ///desk /%64esk/ /%44%45SK/ /./desk/ /x/../desk/ /%2e/desk/ /x/%2e%2e/desk/
  /desk%2f /%2fdesk/ /%2Fdesk%2F '/desk/?q=1' '/desk?q=1' '/desk;x' /desk/%2e%2e/desk/ /desk/found /desk/overview /desk/nothing
  /assets/../desk/ '/assets/..%2fdesk/' /static/../desk/ /register/../desk/ /healthz/desk '/healthz%2fdesk')
for path in "${spellings[@]}"; do
  for way in '' '-I' "-u $user:$password_of_desk" '-H Remote-User:supervisor' '-d q=a'; do
    [[ $path != /assets/..* || $way != -d* ]] || continue  # nothing is sent to assets: 405
    # shellcheck disable=SC2086
    visit $way "$path"
    [[ $status == 404 ]] || unexpected "$path ($way) is answered with $status"
  done
done
# These are put right first (contract.md §1), and then not found.
for path in /healthz//desk /desk. '/desk%5c' '/%EF%BD%84esk/' '/desk%E3%80%82' '/desk%20'; do
  visit -L "$path"
  expect_status 404
done
for name in '' desk.portal.example "${desk#*//}"; do
  visit -H "Host: $name" /desk/
  expect_status '400|404'
done
! grep -rlE 'step=desk .*path=/desk|REMOTE_USER|remote_user_missing' "$site/log" || unexpected 'the desk has heard of it'

# --- the desk's own site
as() { visit -u "$1:${2-$password_of_desk}" "${@:3}"; }
for way in '' "-H REMOTE_USER:$user" "-H Remote-User:$user" "-H HTTP_REMOTE_USER:$user" "-u $user:wrong" '-u staff:a'; do
  # shellcheck disable=SC2086
  visit $way "$desk/desk/"
  expect_status 401
  expect_header WWW-Authenticate 'Basic realm="Portal desk".*'
  expect_header Content-Type 'text/html; *charset=utf-8'
  expect_header X-Frame-Options DENY
  expect_text 'ログインが必要です'
done
as "$user" "$password_of_desk" "$desk/desk/"
expect_status 200
expect_text "$user さん（責任者）"
expect_header Cache-Control '.*no-store.*'
# A staff member stays one, whatever a header says.
for name in staff nobody; do printf '%s:%s\n' "$name" "$(openssl passwd -6 "$name-password")" >>"$site/desk.users"; done
for claim in REMOTE_USER Remote-User HTTP_REMOTE_USER Remote_User X-Remote-User; do
  as staff staff-password -H "$claim: $user" "$desk/desk/"
  expect_status 200
  expect_text 'staff さん（担当者）'
  as nobody nobody-password -H "$claim: $user" "$desk/desk/"
  expect_status 403
  expect_text '窓口の画面を使うことが許可されていません'
done
# Another site's form.
for origin in https://evil.example "$url" null; do
  as "$user" "$password_of_desk" -H "Origin: $origin" -d q=a "$desk/desk/"
  expect_status 403
done
as "$user" "$password_of_desk" "$desk/nothing"
expect_status 404
as "$user" "$password_of_desk" "$desk/register"
expect_status 404
visit "$desk/healthz/desk"
expect_status 200
visit "$desk/assets/desk.css"
expect_status 200
visit "$desk/static/401.html"
expect_status 404

# A log of its own, without what is asked for; no log has a password.
stop_portal  # and all lines are written
grep -q '"GET /desk/" 200' "$site/log/desk-access.log" || unexpected 'the access log has nothing of it'
! grep -q '/desk/" 200' "$site/log/access.log" || unexpected 'the public log has it'
! grep -rlF -e "$password_of_desk" -e staff-password "$site/log" || unexpected 'a log tells a password'
