#!/usr/bin/env bash
# The desk's actions in each role, through the web server: TABLE says who may. What nobody of his role may do is refused,
# by its page as by its form, and changes nothing; what he may do works, once, with a reason, from the desk's own site, and
# is in the audit under his name.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal --desk
read -r _ desk supervisor password_of_supervisor <<<"$(grep '^desk: ' "$scratch/quickstart.log")"
for name in staff unlisted; do printf '%s:%s\n' "$name" "$(openssl passwd -6 "of-$name")" >>"$site/desk.users"; done
declare -A login=([nobody]='' [unlisted]=unlisted:of-unlisted [staff]=staff:of-staff [supervisor]=$supervisor:$password_of_supervisor)
portalctl() { "$programs/portalctl" --config "$site/portal.conf" "$@"; }

# ask ROLE [CURL OPTION...] PATH
ask() {
  local who=()
  [[ -z ${login[$1]} ]] || who=(-u "${login[$1]}")
  visit "${who[@]}" "${@:2:$#-2}" "${desk%/desk/}${!#}"
}

# --- a member, somebody who waits for his mail, and a row that was not taken
fill_in judo 契 0123456 7 8
entries[email]=member@test.example
apply
visit "$(link_to member@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
browser=second
fill_in ahaki 01234567 8 9
entries[email]=waits@test.example
apply
link_to waits@test.example >/dev/null
printf '%s\n' 'registration_number,clinic_name' '契7700002-0-0,わかば整骨院' '契7700001-0-0,' >"$scratch/row.csv"
portalctl roster import "$scratch/row.csv" >/dev/null 2>&1
expect_count 1 'SELECT count(*) FROM roster_quarantine'

wrong_password() { visit -d email=member@test.example -d password=Chigau123 /login; }
log_in() {
  browser=member
  visit -d email=member@test.example --data-urlencode "password=$password" /login
  expect_redirect /account
}
lock_out() { for _ in {1..12}; do wrong_password; done; }
stop_mails() { sql "INSERT INTO mail_address (email_key, prepared_at, stopped_until) VALUES ('right-supervisor@test.example', 0, 4000000000)
  ON CONFLICT (email_key) DO UPDATE SET stopped_until = 4000000000"; }

# CODE, who may, what is searched for, what makes it possible, what it changes (a query), fields besides the reason.
table() {
  cat <<'TABLE'
resend;staff supervisor;waits@test.example;sql "UPDATE outbox SET created_at = created_at - 7200";SELECT count(*) FROM outbox WHERE recipient = 'waits@test.example';
correct;staff supervisor;01234567-8-9;:;SELECT email FROM registration WHERE activated_at = 0;email=right-ROLE@test.example
retry;staff supervisor;01234567-8-9;sql "UPDATE outbox SET state = 'queued', next_attempt_at = 4000000000 WHERE recipient LIKE '%right%' OR recipient LIKE 'waits%'";SELECT count(*) FROM outbox WHERE next_attempt_at = 4000000000;
allow;staff supervisor;right-supervisor@test.example;stop_mails;SELECT count(*) FROM mail_address WHERE stopped_until = 4000000000;
unlock;staff supervisor;契0123456-7-8;lock_out;SELECT count(*) FROM throttle WHERE blocked_until > 0;
end_sessions;staff supervisor;契0123456-7-8;log_in;SELECT count(*) FROM web_session;
disable;supervisor;契0123456-7-8;sql "UPDATE account SET state = 'active'";SELECT state FROM account;
enable;supervisor;契0123456-7-8;sql "UPDATE account SET state = 'disabled'";SELECT state FROM account;
fix;supervisor;契7700001-0-0;:;SELECT count(*) FROM roster_quarantine;number=契7700001-0-0 name=あおば整骨院
release;supervisor;契0123456-7-8;sql "UPDATE account SET state = 'active'";SELECT count(*) FROM account;
TABLE
}

# Sets `token` and, if the page offers it, `record`.
look_up() {  # ROLE CODE WORDS
  ask "$1" --data-urlencode "q=$3" /desk/
  expect_status 303
  token=$(header Location | sed -nE 's/.*search=([A-Za-z0-9_-]+).*/\1/p')
  ask "$1" "/desk/found?search=$token"
  expect_status 200
  found=$(sed -nE "s/.*[?&;]do=$2&amp;record=([^\"]*)\".*/\1/p" "$page" | head -n 1)
  record=${found:-$record}
}
offered() { grep -qE "/desk/action\?[^\"]*do=$1&" "$page"; }

# form ROLE CODE FIELDS [CURL OPTION...]: sends it as the page to check would.
send_action() {
  local role=$1 code=$2 field data=()
  for field in $3; do data+=(--data-urlencode "${field//ROLE/$role}"); done
  ask "$role" --data-urlencode "record=$record" --data-urlencode "once=$once" -d step=do --data-urlencode 'reason=ご本人から電話' \
    "${data[@]}" "${@:4}" "/desk/action?search=$token&do=$code&record=$record"
}

nothing_yet=$(head -c 32 /dev/zero | base64 | tr -d '=' | tr '+/' '-_')
while IFS=';' read -r -u 3 code allowed words prepare effect fields; do
  echo "$code: $allowed"
  eval "$prepare"
  record='' once=$nothing_yet
  look_up supervisor "$code" "$words"
  offered "$code" || unexpected "$code is not offered to a supervisor"
  before=$(sql "$effect")
  unchanged() { [[ $(sql "$effect") == "$before" ]] || unexpected "$code by $1: $(sql "$effect") instead of $before"; }

  # From another site, in a supervisor's own browser; without a reason; by HEAD and in advance.
  send_action supervisor "$code" "$fields" -H 'Sec-Fetch-Site: cross-site'
  expect_status 403
  send_action supervisor "$code" "$fields" -H 'Origin: https://evil.example'
  expect_status 403
  unchanged 'another site'
  ask supervisor -d step=do -d "record=$record" -d "once=$once" "/desk/action?search=$token&do=$code&record=$record"
  expect_status 422
  ask supervisor --head "/desk/action?search=$token&do=$code&record=$record"
  expect_status 200
  unchanged 'no reason'

  for role in nobody unlisted staff supervisor; do
    case $role in nobody) refusal=401 ;; *) refusal=403 ;; esac
    if [[ " $allowed " == *" $role "* ]]; then
      eval "$prepare"
      look_up "$role" "$code" "$words"
      offered "$code" || unexpected "$code is not offered to $role"
      before=$(sql "$effect")
      ask "$role" "/desk/action?search=$token&do=$code&record=$record"
      expect_status 200
      once=$(sed -nE 's/.*name="once" value="([^"]+)".*/\1/p' "$page")
      rows=$(sql "SELECT count(*) FROM audit WHERE actor LIKE '%${login[$role]%%:*}'")
      send_action "$role" "$code" "$fields"
      expect_status 303
      [[ $(sql "$effect") != "$before" ]] || unexpected "$code by $role changes nothing"
      (($(sql "SELECT count(*) FROM audit WHERE actor LIKE '%${login[$role]%%:*}'") == rows + 1)) || unexpected "$code by $role is not one row of the audit"
      # The button twice.
      before=$(sql "$effect")
      send_action "$role" "$code" "$fields"
      expect_status 303
      unchanged 'a second press'
    else
      if [[ $role == staff ]]; then
        look_up staff "$code" "$words"
        ! offered "$code" || unexpected "$code is offered to staff"
      fi
      ask "$role" "/desk/action?search=$token&do=$code&record=$record"
      expect_status "$refusal"
      send_action "$role" "$code" "$fields"
      expect_status "$refusal"
      unchanged "$role"
    fi
  done
done 3< <(table)

# Nobody has another's searches.
look_up supervisor release 契0123456-7-8
for role in staff unlisted nobody; do
  ask "$role" "/desk/found?search=$token"
  expect_status '404|403|401'
done
portalctl audit verify >/dev/null
