※本メールは送信専用です。本メールへの返信にはご回答できません。

※本メールにお心当たりのない場合やご不明な点がある場合は以下よりお問い合わせください。

*****

{{OPERATOR}} {{OPERATOR_DEPARTMENT}}

{{SENDER_AFFAIRS}}

{{SENDER_SUBJECT}}

{{CALL_CENTRE}}：{{TELEPHONE}}（{{TELEPHONE_COST_IN_MAIL}}）

{{OPENING_HOURS_IN_MAIL}}

*****
