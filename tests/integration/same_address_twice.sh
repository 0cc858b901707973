#!/usr/bin/env bash
# One address for two clinics at once: the first to activate has it.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
apply
first_link=$(link_to kikin01@test.example)
browser=second
fill_in ahaki 01234567 8 9
entries[email]=Kikin01@TEST.example
apply
second_link=$(link_to Kikin01@TEST.example)

visit "$second_link"
expect_status 200
browser=first
visit "$first_link"
expect_status 410
expect_count 01234567-8-9 'SELECT registration_number FROM account'
