{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<title>メールアドレスを変更しました</title>
</head>
<body>
<p>{{FAMILY_NAME}} {{GIVEN_NAME}} 様</p>
<p>{{PORTAL_SHORT_NAME}}をご利用いただきありがとうございます。<br>
{{TIME}}に、ご登録のメールアドレスが別のメールアドレスに変更されました。<br>
今後のログインには、新しいメールアドレスをお使いください。本メールは、変更前のメールアドレスにお送りしています。</p>
<p>※お心当たりのない場合は、第三者が変更した可能性があります。すぐに下記コールセンターまでご連絡ください。</p>
{{>CONTACT}}
</body>
</html>
