{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<title>メールアドレス登録確認</title>
</head>
<body>
<p>{{FAMILY_NAME}} {{GIVEN_NAME}} 様</p>
<p>{{PORTAL_SHORT_NAME}}へご登録いただきありがとうございます。<br>
以下リンクをクリックすることで、アカウントが有効化されます。</p>
<p>=====</p>
<p><a href="{{LINK}}">有効化用リンク</a></p>
<p>=====</p>
<p>※本URLの有効期限は1時間となります。</p>
<p>※お申し込みをした覚えのない場合は、次のページで、お申し込みの取り消しとメールの停止ができます。<br>
<a href="{{STOP_LINK}}">心当たりがない</a></p>
{{>CONTACT}}
</body>
</html>
