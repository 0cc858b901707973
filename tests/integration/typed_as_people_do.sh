#!/usr/bin/env bash
# Numbers, phones and addresses arrive as people type and paste them, and are registered as the
# portal keeps them; what cannot be right is named; a name carries no link into the mail.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

# refused FIELD VALUE MESSAGE: that value in the right form is refused, with that in its message.
refused() {
  fill_in judo 契 0123456 7 8
  entries[$1]=$2
  send_form
  expect_status 422
  expect_text "id=\"$1_error\"><p>"
  grep -qF -- "$3" "$page" || unexpected "$1 = $2: the page lacks '$3'"
  [[ $(grep -oE 'id="[a-z0-9_]+_error"' "$page" | wc -l) == 1 ]] || unexpected "other errors than $1"
}

refused email taro 'メールアドレスに「@」がありません'
refused email taro@docomo '「@」より後ろに「.」がありません'
refused email 'taro @example.jp' '途中に空白があります'
refused email 'たろう@example.jp' '使えない文字「た」'
refused email 'taro@exa_mple.jp' '使えない文字「_」'
refused email 'taro@example.jp,hanako@example.jp' '「@」が2つ以上あります'
refused family_name $'田\uE000' '姓の2文字目は、外字'
refused given_name $'\uFFFD' '名の1文字目は、外字'
refused given_name 'http://example.jp/' '名に「/」は使えません'
refused family_name 'ＷＷＷ．example' '姓に「www.」は使えません'
refused phone '+82 10 1234 5678' '0から始まる10桁または11桁'

fill_in judo 契 '〔０１２．３４５・６〕' '（7）' 8
entries[phone]='(+81) 3.1234.5678'
entries[email]=$'\uFEFFＫikin01＠test．example\u200B'
apply
expect_text 'Kikin01@test.example'
visit "$(link_to Kikin01@test.example)"
expect_status 200
expect_count '契0123456-7-8|0312345678|Kikin01@test.example' \
  'SELECT registration_number, phone, email FROM account'
