#!/usr/bin/env bash
# What operators are told of an address that has an account and registers another clinic: the mail was
# the notice, not a link. Who looks at whole addresses is in the audit.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

portalctl() { "$programs/portalctl" --config "$site/portal.conf" "$@" >"$page" 2>&1; }
# Attempts of the same second have no order, so their numbers are not compared.
verdict() { grep -v ' JST  ' "$page" | sed -E 's/#[0-9]+ \(/# (/g'; }
expect_verdict() { grep -qF -- "$1" <(verdict) || unexpected "the verdict has no '$1': $(verdict)"; }
never_promised() { ! grep -qE 'link is good|まで有効' "$page" || unexpected "a link is promised: $(verdict)"; }

address=kikin01@test.example
fill_in judo 契 0123456 7 8
apply
visit "$(link_to "$address")"
expect_text 'ユーザー登録が完了いたしました。'

# The same address, another clinic, another browser.
browser=second
fill_in ahaki 01234567 8 9
apply
is_noticed() { portalctl mail list --json 01234567-8-9 && grep -q '"letter":"registered"' "$page"; }
wait_for 20 is_noticed || unexpected 'the outbox does not know that the notice was sent'

portalctl timeline "$address"
expect_text '契0123456-7-8 k***@test.example'
expect_text '01234567-8-9 k***@test.example'
expect_verdict '# (契0123456-7-8, k***@test.example): Registered: the account exists since'
expect_verdict '# (01234567-8-9, k***@test.example): Not activated, and it cannot be any more'
expect_verdict '「すでに登録されています」'
never_promised
expect_text '#1 ('
expect_text '#2 ('

portalctl timeline --lang ja 01234567-8-9
expect_verdict 'このメールアドレスには別のアカウント（契0123456-7-8'
expect_verdict '「すでに登録されています」というお知らせで、リンクはありません'
never_promised

portalctl registration resend 01234567-8-9
expect_text 'but it is the notice 「すでに登録されています」, without a link'
never_promised
! portalctl registration resend 契0123456-7-8 || unexpected 'a mail to an account that is there already'
expect_text 'no registration waits for its link. '
expect_text 'Registered: the account exists since'

# Another person at the same clinic as the second, and a reset for an address without an account.
browser=third
fill_in ahaki 01234567 8 9
entries[email]=other@test.example
apply
browser=fourth
visit -d email=other@test.example /password/forgot
expect_status 303
has_two() { portalctl mail list --json other@test.example && (($(grep -c '"letter":"activation"' "$page") == 2)); }
wait_for 20 has_two || unexpected 'the reset did not become the link of the registration'
portalctl timeline 01234567-8-9
expect_verdict '# (01234567-8-9, o***@test.example): Not activated yet'
expect_verdict 'Its link is good until '
expect_verdict '# (01234567-8-9, k***@test.example): Not activated, and it cannot be any more'

# Who acted.
portalctl timeline --full "$address" --reason '電話での依頼'
expect_text "$address"
portalctl audit list --json --event looked_up
expect_count 1 "SELECT count(*) FROM audit WHERE event = 'looked_up' AND detail = 'timeline k***@test.example; 電話での依頼'"
expect_count 0 "SELECT count(*) FROM audit WHERE actor = ''"
expect_count 3 "SELECT count(*) FROM audit WHERE event = 'registered' AND actor = 'web:visitor'"
expect_count 1 "SELECT count(*) FROM audit WHERE event = 'activated' AND actor = 'web:link'"
portalctl audit seal
portalctl audit verify
expect_text 'actors not sealed: 0'
