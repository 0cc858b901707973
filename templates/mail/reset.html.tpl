{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<title>パスワード再設定のご案内</title>
</head>
<body>
<p>{{FAMILY_NAME}} {{GIVEN_NAME}} 様</p>
<p>{{PORTAL_SHORT_NAME}}をご利用いただきありがとうございます。<br>
{{TIME}}に、パスワードの再設定のお申し込みを受け付けました。<br>
以下リンクから、新しいパスワードを設定してください。</p>
<p>=====</p>
<p><a href="{{LINK}}">パスワード再設定用リンク</a></p>
<p>=====</p>
<p>※本URLの有効期限は1時間となります。ご利用は1回限りです。</p>
<p>※お心当たりのない場合は、本メールを破棄してください。リンクを開いて新しいパスワードを設定しない限り、現在のパスワードは変わりません。同じメールが何度も届く場合は、下記コールセンターまでご連絡ください。</p>
{{>CONTACT}}
</body>
</html>
