{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="UTF-8">
<title>ユーザー登録ができるようになりました</title>
</head>
<body>
<p>{{PORTAL_SHORT_NAME}}へのご登録をお待ちいただきありがとうございます。<br>
登録記号番号【{{NUMBER}}】の施術所が一覧に掲載され、ユーザー登録ができるようになりました。<br>
以下リンクから、ユーザー登録のお手続きをお願いいたします。番号は入力された状態で表示されます。</p>
<p>=====</p>
<p><a href="{{LINK}}">新規ユーザー登録</a></p>
<p>=====</p>
<p>※このお知らせは、ご希望いただいた方へ、1回だけお送りしています。</p>
<p>※お申し込みをした覚えのない場合は、次のページで、メールの停止ができます。<br>
<a href="{{STOP_LINK}}">心当たりがない</a></p>
{{>CONTACT}}
</body>
</html>
