{{%AUTOESCAPE context="HTML"}}<h1>掲載のお知らせ</h1>
{{>SUMMARY}}
<p class="lead">登録記号番号【{{NUMBER}}】の施術所が一覧に掲載され、ユーザー登録ができるようになりましたら、メールでお知らせします。</p>
<form method="post" action="/register/waiting" novalidate>
{{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">{{/HIDDEN}}
{{>EMAIL_FIELD}}
<button>掲載されたらメールで知らせる</button>
</form>
<p>番号に誤りがあるときは、<a href="/register">ユーザー登録の画面</a>で入力し直してください。</p>
