{{%AUTOESCAPE context="HTML"}}<h1>パスワードの再設定</h1>
{{>SUMMARY}}
<p class="lead">登録したメールアドレスを入力してください。パスワードを再設定するためのリンクを、メールでお送りします。</p>
<form method="post" action="/password/forgot" novalidate>
{{>EMAIL_FIELD}}
<button>メールを送る</button>
</form>
<h2>メールアドレスがわからない場合</h2>
<p>登録したメールアドレスがわからないときや、そのメールを受信できなくなったときは、オンライン資格確認等コールセンター（<a href="tel:0800-080-4583">0800-080-4583</a>、通話料無料）へお問い合わせください。</p>
