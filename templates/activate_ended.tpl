{{%AUTOESCAPE context="HTML"}}<h1>リンクは無効になりました</h1>
<p class="lead">パスワードの入力を5回まちがえたため、安全のため、このリンクを無効にしました。登録はまだ完了していません。</p>
<h2>次にすること</h2>
<p>お手数ですが、もう一度、新規ユーザー登録からお手続きください。パスワードは新しく決められます。</p>
<div class="actions"><a class="button" href="/register">新規ユーザー登録</a></div>
<p>お心当たりのない場合やご不明な点は、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
