{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<title>アカウントの登録を解除しました</title>
</head>
<body>
<p>{{FAMILY_NAME}} {{GIVEN_NAME}} 様</p>
<p>これまで{{PORTAL_SHORT_NAME}}をご利用いただきありがとうございました。<br>
{{TIME}}に、施術所の登録記号番号をあらためて登録できるようにするため、お客様のアカウントの登録を解除しました。<br>
今後もご利用になる場合は、以下から新規ユーザー登録をお願いいたします。</p>
<p><a href="{{REGISTER_LINK}}">新規ユーザー登録</a></p>
<p>※お心当たりのない場合や、引き続きご利用の予定がある場合は、下記コールセンターまでご連絡ください。</p>
{{>CONTACT}}
</body>
</html>
