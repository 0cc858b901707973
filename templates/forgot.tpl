{{%AUTOESCAPE context="HTML"}}<h1>パスワードの再設定</h1>
{{>SUMMARY}}
<p class="lead">登録したメールアドレスを入力してください。パスワードを再設定するためのリンクを、メールでお送りします。</p>
<form method="post" action="/password/forgot" novalidate>
{{>EMAIL_FIELD}}
<button>メールを送る</button>
</form>
<h2>メールアドレスがわからない場合</h2>
<p>登録したメールアドレスがわからないときや、そのメールを受信できなくなったときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
