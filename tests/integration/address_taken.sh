#!/usr/bin/env bash
# An address that already has an account: the screens do not tell, its owner gets a notice.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in judo 契 0123456 7 8
apply
sed -E 's/name="draft"[^>]*//; s/[0-9]+秒//' "$page" >"$scratch/fresh_address"
visit "$(link_to kikin01@test.example)"
expect_status 200

browser=second
fill_in ahaki 01234567 8 9
entries[email]=KIKIN01@test.example
apply
sed 's/KIKIN01/kikin01/g' "$page" | diff - "$scratch/fresh_address" || unexpected 'the screen tells'
mail=$(mail_to kikin01@test.example 2)
[[ $mail == *すでに登録されています* ]] || unexpected "another mail: $mail"
[[ $mail != */activate* ]] || unexpected "a link: $mail"
expect_count 1 'SELECT count(*) FROM account'
