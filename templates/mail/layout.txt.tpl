{{#PERSON}}{{FAMILY_NAME}} {{GIVEN_NAME}} 様

{{/PERSON}}{{#CLINIC}}{{#NAMED}}施術所名：{{NAME}}
{{/NAMED}}登録記号番号：{{NUMBER}}

{{/CLINIC}}{{>CONTENT}}
※本メールは送信専用です。本メールへの返信にはご回答できません。

※本メールにお心当たりのない場合やご不明な点がある場合は以下よりお問い合わせください。

*****

{{OPERATOR}} {{OPERATOR_DEPARTMENT}}

{{SENDER_AFFAIRS}}

{{SENDER_SUBJECT}}

{{CALL_CENTRE}}：{{TELEPHONE}}（{{TELEPHONE_COST_IN_MAIL}}）

{{OPENING_HOURS_IN_MAIL}}

*****
{{#STOP}}
※お申し込みをした覚えのない場合は、次のページで、{{#CANCELS}}お申し込みの取り消しと{{/CANCELS}}メールの停止ができます。
心当たりがない
{{STOP_LINK}}
{{/STOP}}