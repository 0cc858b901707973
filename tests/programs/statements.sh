#!/usr/bin/env bash
# Every statement that the programs send to SQLite is found by an index, but for those that statements.py lists with a
# reason; and every index serves one of them. The statements are recorded while people register, log in, change what is
# theirs and stop mails, while mails come back, and while operators ask and do what they do.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
library="$programs/../tests/programs"
[[ -e $library/librecorded_statements.so ]] || fail 1 'recorded_statements is not built'
export RECORDED_STATEMENTS="$scratch/statements"
mkdir "$RECORDED_STATEMENTS"
recorded() { LD_LIBRARY_PATH="$library" LD_PRELOAD=librecorded_statements.so "$@"; }
# Exit status 1: it found nothing, or says that something is not well.
asked() {
  result=0
  recorded "$programs/portalctl" --config "$site/portal.conf" "$@" >"$page" 2>&1 || result=$?
  ((result <= 1)) || unexpected "portalctl $*: exit status $result"
}
portalctl() {
  asked "$@"
  ((result == 0)) || unexpected "portalctl $*"
}
# Other scenarios' statements, too.
for scenario in security/roles integration/mail_bounced integration/mail_stopped; do
  recorded bash "$root/tests/$scenario.sh" "$programs"
done

export LD_LIBRARY_PATH="$library" LD_PRELOAD=librecorded_statements.so
start_portal --desk
unset LD_LIBRARY_PATH LD_PRELOAD
read -r _ desk supervisor password_of_supervisor <<<"$(grep '^desk: ' "$scratch/quickstart.log")"
at_desk() { visit -u "$supervisor:$password_of_supervisor" "${@:1:$#-1}" "${desk%/desk/}${!#}"; }

# --- a member, and somebody whose form was refused, who waits for his mail
visit '/register/clinic?judo_agreement=%E5%A5%91&judo_number=0123456&judo_suffix1=7&judo_suffix2=8'
expect_status 200
fill_in judo 契 0123456 7 8
entries[email]=member@test.example
apply
visit "$(link_to member@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
browser=second
fill_in ahaki 01234567 8 9
entries[email]=waits@test.example entries[phone]=1
send_form
expect_status 422
entries[phone]=0312345678
apply
link_to waits@test.example >/dev/null

# --- the desk
for words in member@test.example 契0123456-7-8 0312345678 0123456789abcdef0123456789abcdef; do
  at_desk --data-urlencode "q=$words" /desk/
  expect_status 303
  at_desk "$(header Location)"
  expect_status 200
done
at_desk /desk/
expect_status 200

# --- the operators' command
clinics() { printf '%s\n' 'registration_number,clinic_name' "$@" >"$scratch/roster.csv"; }
clinics '契7700002-0-0,わかば整骨院' '契7700001-0-0,'
portalctl roster import "$scratch/roster.csv"
portalctl roster quarantine
portalctl roster fix 1 契7700001-0-0 あおば整骨院
clinics '契7700003-0-0,みどり整骨院'
portalctl roster import "$scratch/roster.csv"
portalctl roster undo --yes --reason test
portalctl roster editions
portalctl roster show 契0123456-7-8
portalctl roster list --closed
portalctl roster export
mail=$(sql "SELECT id FROM outbox WHERE recipient = 'waits@test.example'")
portalctl mail list
portalctl mail list waits@test.example
portalctl mail show "$mail"
portalctl mail status
asked mail retry all-failed
asked mail allow waits@test.example --yes --reason test
portalctl registration list
portalctl registration list waits@test.example
for words in member@test.example 契0123456-7-8 0312345678 0123456789abcdef0123456789abcdef; do
  asked timeline "$words"
done
portalctl account show member@test.example
portalctl account disable member@test.example --yes --reason test
portalctl account enable member@test.example --yes --reason test
portalctl account unlock member@test.example --yes --reason test
portalctl account release 契0123456-7-8 --yes --reason test
portalctl audit list
portalctl audit seal
portalctl audit verify
asked status
portalctl report --html "$scratch/report.html"
portalctl purge
stop_portal

python3 "$root/tests/programs/statements.py" "$programs" "$root" "$RECORDED_STATEMENTS"
