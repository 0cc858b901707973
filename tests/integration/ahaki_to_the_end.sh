#!/usr/bin/env bash
# An あん摩マッサージ指圧・はり・きゅう clinic registers, typed as people type: full-width digits,
# hyphens, characters outside JIS.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

fill_in ahaki ０１２３４５６７ ８ ' 9'
entries[family_name]=髙﨑 entries[phone]=03-1234-5678
apply

[[ $(mail_to kikin01@test.example) == *'髙﨑 太郎 様'* ]] || unexpected 'the name did not survive'
visit "$(link_to kikin01@test.example)"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
expect_count '01234567-8-9|髙﨑|0312345678' 'SELECT registration_number, family_name, phone FROM account'
