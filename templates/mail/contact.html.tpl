{{%AUTOESCAPE context="HTML"}}<p>※本メールは送信専用です。本メールへの返信にはご回答できません。</p>
<p>※本メールにお心当たりのない場合やご不明な点がある場合は以下よりお問い合わせください。</p>
<p>*****</p>
<p>{{OPERATOR}} {{OPERATOR_DEPARTMENT}}</p>
<p>{{SENDER_AFFAIRS}}</p>
<p>{{SENDER_SUBJECT}}</p>
<p>{{CALL_CENTRE}}：<a href="tel:{{TELEPHONE_DIGITS}}">{{TELEPHONE}}</a>（{{TELEPHONE_COST_IN_MAIL}}）</p>
<p>{{OPENING_HOURS_IN_MAIL}}</p>
<p>*****</p>
