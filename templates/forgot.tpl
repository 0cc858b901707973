{{%AUTOESCAPE context="HTML"}}<h1>パスワードの再設定</h1>
{{#ERRORS}}
<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>入力内容をご確認ください</h2>
<ul>{{#ERROR}}<li><a href="#{{FIELD}}">{{MESSAGE}}</a></li>{{/ERROR}}</ul>
</div>
{{/ERRORS}}
<p class="lead">登録したメールアドレスを入力してください。パスワードを再設定するためのリンクを、メールでお送りします。</p>
<form method="post" action="/password/forgot" novalidate>
<div class="field">
<label for="email">メールアドレス <span class="req">※必須</span></label>
<input class="wide" id="email" name="email" type="email" value="{{EMAIL}}" autocomplete="username" required{{#EMAIL_INVALID}} aria-invalid="true" aria-describedby="email_error"{{/EMAIL_INVALID}}>
{{#EMAIL_INVALID}}<div class="error" id="email_error">{{#EMAIL_ERROR}}<p>{{MESSAGE}}</p>{{/EMAIL_ERROR}}</div>{{/EMAIL_INVALID}}
</div>
<button>メールを送る</button>
</form>
<h2>メールアドレスがわからない場合</h2>
<p>登録したメールアドレスがわからないときや、そのメールを受信できなくなったときは、オンライン資格確認等コールセンター（<a href="tel:0800-080-4583">0800-080-4583</a>、通話料無料）へお問い合わせください。</p>
