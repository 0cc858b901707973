{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<title>すでに登録されています</title>
</head>
<body>
<p>{{FAMILY_NAME}} {{GIVEN_NAME}} 様</p>
<p>{{PORTAL_SHORT_NAME}}をご利用いただきありがとうございます。<br>
このメールアドレスで新規ユーザー登録のお申し込みがありましたが、このメールアドレスはすでに登録されています。<br>
現在のご登録内容に変更はありません。</p>
<p><a href="{{LOGIN_LINK}}">ログインはこちら</a></p>
<p><a href="{{PASSWORD_LINK}}">パスワードをお忘れの場合はこちら</a></p>
<p>※お心当たりのない場合は、第三者がメールアドレスを誤って入力した可能性があります。お手続きは不要です。このメールを止めたい場合は、次のページで、お申し込みの取り消しとメールの停止ができます。<br>
<a href="{{STOP_LINK}}">心当たりがない</a></p>
{{>CONTACT}}
</body>
</html>
