{{%AUTOESCAPE context="HTML"}}<h1>パスワードの確認</h1>
{{#WRONG}}
<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>パスワードが違います</h2>
<ul><li><a href="#password">登録のときに決めたパスワードを入力してください。</a></li></ul>
<p>あと{{LEFT}}回まちがえると、このリンクは使えなくなります。</p>
</div>
{{/WRONG}}
<p>登録のときに決めた<strong>パスワード</strong>を入力して、登録を完了してください。</p>
<p class="help">登録の手続きをしたものとは別の端末やブラウザでこのリンクが開かれたため、ご本人であることを確認しています。手続きをした端末でリンクを開くと、パスワードの入力なしで完了します。</p>
<dl class="answers">
<div><dt>お名前</dt><dd>{{NAME}} 様</dd></div>
<div><dt>施術所名</dt><dd>{{CLINIC_NAME}}</dd></div>
<div><dt>登録記号番号</dt><dd>{{REGISTRATION_NUMBER}}</dd></div>
<div><dt>メールアドレス</dt><dd>{{EMAIL}}</dd></div>
</dl>
<form method="post" action="/activate?token={{TOKEN:url_query_escape}}" novalidate>
<input class="unseen" type="text" name="username" value="{{EMAIL}}" autocomplete="username" aria-label="メールアドレス" tabindex="-1" readonly>
<div class="field">
<label for="password">パスワード <span class="req">※必須</span></label>
<input class="wide" id="password" name="password" type="password" autocomplete="current-password" required{{#WRONG}} aria-invalid="true" aria-describedby="password_error"{{/WRONG}}>
{{#WRONG}}<div class="error" id="password_error"><p>パスワードが違います。</p></div>{{/WRONG}}
</div>
<button>登録を完了する</button>
</form>
<h2>お心当たりのない場合</h2>
<p>何も入力せずに、この画面を閉じてください。登録は完了せず、一定の時間がたつと取り消されます。ご不明な点は、オンライン資格確認等コールセンター（<a href="tel:0800-080-4583">0800-080-4583</a>、通話料無料）へお問い合わせください。</p>
