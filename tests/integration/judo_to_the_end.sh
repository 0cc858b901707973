#!/usr/bin/env bash
# A 柔道整復 clinic registers: form, confirmation, OK, mail, link, 登録完了画面.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal

visit /
expect_status 200
expect_text '新規ユーザー登録はこちら'
visit /register
expect_status 200
expect_text '施術所（柔道整復）'

fill_in judo 契 0123456 7 8
apply
expect_text 'kikin01@test.example'
expect_count 0 'SELECT count(*) FROM account'

mail=$(mail_to kikin01@test.example)
for text in '髙﨑 太郎 様' "$(fact PORTAL_SHORT_NAME)"'へご登録いただきありがとうございます。' '※本URLの有効期限は1時間となります。' \
  '※本メールは送信専用です。本メールへの返信にはご回答できません。' "$(fact TELEPHONE)"; do
  [[ $mail == *"$text"* ]] || unexpected "the mail lacks '$text': $mail"
done
# Quickstart shows each mail on the terminal, too.
wait_for 10 grep -qF '以下リンクをクリックすることで、アカウントが有効化されます。' "$scratch/quickstart.log" ||
  unexpected 'the terminal does not show the mail'

visit "$(link_to kikin01@test.example)"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'
expect_count '契0123456-7-8|髙﨑|太郎|01201234567|kikin01@test.example' \
  'SELECT registration_number, family_name, given_name, phone, email FROM account'
