{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{TITLE}}</title>
</head>
<body style="margin:0;padding:0">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:16px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr>
<td align="left" style="font-family:'Hiragino Sans','Yu Gothic','Noto Sans JP',Meiryo,sans-serif;font-size:16px;line-height:1.7;word-break:break-word">
<p style="margin:0 0 20px;padding:0 0 10px;border-bottom:4px solid #3460fb;font-size:18px"><strong>{{PORTAL_NAME}}</strong></p>
{{#PERSON}}<p>{{FAMILY_NAME}} {{GIVEN_NAME}} 様</p>
{{/PERSON}}{{#CLINIC}}<p style="padding:10px 14px;border:1px solid #808080;border-radius:6px">{{#NAMED}}施術所名：{{NAME}}<br>
{{/NAMED}}登録記号番号：{{NUMBER}}</p>
{{/CLINIC}}{{>CONTENT}}<p>※本メールは送信専用です。本メールへの返信にはご回答できません。</p>
<p>※本メールにお心当たりのない場合やご不明な点がある場合は以下よりお問い合わせください。</p>
<p>*****</p>
<p style="margin:0 0 6px">{{OPERATOR}} {{OPERATOR_DEPARTMENT}}</p>
<p style="margin:0 0 6px">{{SENDER_AFFAIRS}}</p>
<p style="margin:0 0 6px">{{SENDER_SUBJECT}}</p>
<p style="margin:0 0 6px">{{CALL_CENTRE}}：<a href="tel:{{TELEPHONE_DIGITS}}" style="white-space:nowrap">{{TELEPHONE}}</a>（{{TELEPHONE_COST_IN_MAIL}}）</p>
<p style="margin:0 0 6px">{{OPENING_HOURS_IN_MAIL}}</p>
<p>*****</p>
{{#STOP}}<p style="font-size:13px">※お申し込みをした覚えのない場合は、次のページで、{{#CANCELS}}お申し込みの取り消しと{{/CANCELS}}メールの停止ができます。<br>
<a href="{{STOP_LINK}}">心当たりがない</a></p>
{{/STOP}}</td></tr></table>
</td></tr></table>
</body>
</html>
