{{%AUTOESCAPE context="HTML"}}<h1>掲載のお知らせを承りました</h1>
<p class="lead">登録記号番号【{{NUMBER}}】の施術所が一覧に掲載され、ユーザー登録ができるようになりましたら、<strong>{{EMAIL}}</strong>あてに、メールで1回お知らせします。</p>
<h2>次にすること</h2>
<ul class="list">
<li>ユーザー登録は、まだ完了していません。お知らせのメールにあるリンクから、お手続きください。番号は入力された状態で表示されます。</li>
<li>新規に開設した施術所は、掲載まで最大1か月程度お時間を要する場合がございます。</li>
<li>{{UNTIL}}までに掲載されない場合は、お預かりしたメールアドレスを削除します。</li>
<li>この画面は閉じてもかまいません。</li>
</ul>
<h2>お知らせが不要になった場合</h2>
<form method="post" action="/register/waiting?token={{TOKEN:url_query_escape}}">
<input type="hidden" name="action" value="withdraw">
<button class="second">お知らせを取りやめる</button>
</form>
<div class="actions"><a class="button" href="/">トップページへ</a></div>
