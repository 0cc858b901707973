#!/usr/bin/env bash
# OK after the draft's half hour never leads to a blank form without a word: what the page still has
# fills the form in again, and the form says that nothing was registered. A real browser has dropped
# the draft's cookie by then.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

told='時間が過ぎました。まだ登録されていません'

# The draft ends: its row is over, and its cookie is gone from the browser.
end_draft() {
  sql 'UPDATE draft SET expires_at = expires_at - 2000'
  sed -i '/\tdraft\t/d' "$scratch/$browser.jar"
}

# ok_of_page: presses OK on the confirmation screen that was visited last, with what it sends along.
ok_of_page() {
  local field data=()
  while read -r field; do data+=(--data-urlencode "$field"); done < <(
    grep -oE '<input type="hidden" name="[a-z0-9_]+" value="[^"]*"' "$page" |
      sed -E 's/.*name="([^"]+)" value="([^"]*)"/\1=\2/' | grep -v '^show=')
  visit "${data[@]}" /register/complete
}

fill_in judo 契 1300001 0 0
send_form
visit /register/confirm
expect_text 'まで保存されます'
expect_no_text "$password"
end_draft
ok_of_page
expect_redirect /register
visit /register
expect_status 200
expect_text "$told"
for value in 髙﨑 太郎 1300001 01201234567 kikin01@test.example; do expect_text "value=\"$value\""; done
expect_no_text "$password"
expect_header Cache-Control '.*no-store.*'
expect_count 0 'SELECT count(*) FROM registration'
# From there to the end, with nothing but the password entered again.
apply
expect_count 1 'SELECT count(*) FROM registration'

# The confirmation screen, 申請完了画面 and the form, asked for after the end.
for there in /register/confirm /register/complete /register; do
  browser=back_to$there browser=${browser//\//_}
  send_form
  end_draft
  visit "$there"
  [[ $there == /register ]] || expect_redirect /register
  visit /register
  expect_text "$told"
done
visit --data '' /register/complete
expect_redirect /register

# Who never had a draft is told that there is none.
browser=nobody
visit /register/complete
expect_redirect '/register?draft=none'
visit '/register?draft=none'
expect_text '入力内容が残っていません。まだ登録されていません'
