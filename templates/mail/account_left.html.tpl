{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<title>退会のお手続きが完了しました</title>
</head>
<body>
<p>{{FAMILY_NAME}} {{GIVEN_NAME}} 様</p>
<p>これまで{{PORTAL_SHORT_NAME}}をご利用いただきありがとうございました。<br>
{{TIME}}に、退会のお手続きが完了し、アカウントは削除されました。<br>
再びご利用になる場合は、以下から新規ユーザー登録をお願いいたします。</p>
<p><a href="{{REGISTER_LINK}}">新規ユーザー登録</a></p>
<p>※お心当たりのない場合は、第三者が手続きした可能性があります。すぐに下記コールセンターまでご連絡ください。</p>
{{>CONTACT}}
</body>
</html>
