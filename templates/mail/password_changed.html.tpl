{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<title>パスワードを変更しました</title>
</head>
<body>
<p>{{FAMILY_NAME}} {{GIVEN_NAME}} 様</p>
<p>{{PORTAL_SHORT_NAME}}をご利用いただきありがとうございます。<br>
{{TIME}}に、パスワードが変更されました。<br>
今後のログインには、新しいパスワードをお使いください。ほかの端末やブラウザーでのログインは終了しています。</p>
<p>※お心当たりのない場合は、第三者が変更した可能性があります。すぐに以下からパスワードを再設定し、下記コールセンターまでご連絡ください。</p>
<p><a href="{{PASSWORD_LINK}}">パスワードの再設定はこちら</a></p>
{{>CONTACT}}
</body>
</html>
