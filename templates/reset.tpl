{{%AUTOESCAPE context="HTML"}}<h1>新しいパスワードの設定</h1>
{{#ERRORS}}
<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>入力内容をご確認ください</h2>
<ul>{{#ERROR}}<li><a href="#{{FIELD}}">{{MESSAGE}}</a></li>{{/ERROR}}</ul>
</div>
{{/ERRORS}}
<p class="lead"><strong>{{EMAIL}}</strong> のアカウントの、新しいパスワードを決めてください。</p>
<p>設定すると、このアカウントでログイン中の端末は、すべてログアウトします。</p>
<form method="post" action="/password/reset?token={{TOKEN:url_query_escape}}" novalidate>
<input class="unseen" type="text" name="username" value="{{EMAIL}}" autocomplete="username" aria-label="メールアドレス" tabindex="-1" readonly>
<div class="field">
<label for="password">新しいパスワード <span class="req">※必須</span></label>
<div class="help" id="password_help"><p>以下パスワードポリシーに従ってご入力ください。</p>
<ul><li>大文字/小文字/数字をそれぞれ1文字以上ご入力ください。</li><li>パスワードの長さは、8文字以上100文字です。</li></ul></div>
<input class="wide" id="password" name="password" type="password" autocomplete="new-password" required aria-describedby="password_help{{#PASSWORD_INVALID}} password_error{{/PASSWORD_INVALID}}"{{#PASSWORD_INVALID}} aria-invalid="true"{{/PASSWORD_INVALID}}>
{{#PASSWORD_INVALID}}<div class="error" id="password_error">{{#PASSWORD_ERROR}}<p>{{MESSAGE}}</p>{{/PASSWORD_ERROR}}</div>{{/PASSWORD_INVALID}}
</div>
<div class="field">
<label for="password_confirmation">新しいパスワード（確認用） <span class="req">※必須</span></label>
<input class="wide" id="password_confirmation" name="password_confirmation" type="password" autocomplete="new-password" required{{#PASSWORD_CONFIRMATION_INVALID}} aria-invalid="true" aria-describedby="password_confirmation_error"{{/PASSWORD_CONFIRMATION_INVALID}}>
{{#PASSWORD_CONFIRMATION_INVALID}}<div class="error" id="password_confirmation_error">{{#PASSWORD_CONFIRMATION_ERROR}}<p>{{MESSAGE}}</p>{{/PASSWORD_CONFIRMATION_ERROR}}</div>{{/PASSWORD_CONFIRMATION_INVALID}}
</div>
<button>パスワードを設定する</button>
</form>
<h2>お心当たりのない場合</h2>
<p>何も入力せずに、この画面を閉じてください。パスワードは変わりません。</p>
