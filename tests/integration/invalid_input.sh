#!/usr/bin/env bash
# Mistakes: 422, all of them at once, each beside its field and in a summary that links to it; what
# was typed stays, passwords excepted.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

# shown FIELD...: exactly these fields have an error.
shown() {
  local field
  for field in "$@"; do
    expect_text "<li><a href=\"#$field\">"
    expect_text "id=\"${field}_error\""
  done
  [[ $(grep -oE 'id="[a-z0-9_]+_error"' "$page" | wc -l) == "$#" ]] || unexpected "other errors than $*"
}

entries=([institution]=judo)
send_form
expect_status 422
shown family_name given_name judo_agreement judo_number judo_suffix1 judo_suffix2 phone email password \
  password_confirmation terms

fill_in ahaki 1234 8 9
entries[phone]=123 entries[email]='<b>nobody' entries[password]=Kurz1
send_form
expect_status 422
shown ahaki_number phone email password password_confirmation
expect_text 'value="1234"'
expect_text 'value="&lt;b&gt;nobody"'
expect_no_text Kurz1
expect_no_text "$password"

fill_in ahaki 99999999 9 9
send_form
expect_status 422
shown ahaki_number
expect_text '1か月程度'

fill_in ahaki 01234567 8 9
unset 'entries[institution]'
send_form
expect_status 422
shown institution
expect_count 0 'SELECT count(*) FROM draft'
