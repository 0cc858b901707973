{{%AUTOESCAPE context="HTML"}}<h1>マイページ</h1>
{{#ERRORS}}
<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>入力内容をご確認ください</h2>
<ul>{{#ERROR}}<li><a href="#{{FIELD}}">{{MESSAGE}}</a></li>{{/ERROR}}</ul>
</div>
{{/ERRORS}}
{{#DONE_PHONE}}<p class="note good" role="status">電話番号を変更しました。</p>{{/DONE_PHONE}}
{{#DONE_EMAIL}}<p class="note good" role="status">新しいメールアドレスあてに、確認のメールをお送りしました。1時間以内に、メールの中のリンクを押してください。それまでは、今のメールアドレスのままです。</p>{{/DONE_EMAIL}}
{{#DONE_EMAIL_CHANGED}}<p class="note good" role="status">メールアドレスを変更しました。次回から、新しいメールアドレスでログインしてください。</p>{{/DONE_EMAIL_CHANGED}}
{{#DONE_PASSWORD}}<p class="note good" role="status">パスワードを変更しました。ほかの端末からはログアウトしました。</p>{{/DONE_PASSWORD}}
{{#DONE_SESSION}}<p class="note good" role="status">選んだログインを終了しました。</p>{{/DONE_SESSION}}
<p class="lead">{{NAME}} 様</p>
<form method="post" action="/logout"><button class="second">ログアウト</button></form>
<nav aria-label="このページの内容"><ul class="contents">
<li><a href="#profile">登録情報</a></li>
<li><a href="#change-phone">電話番号の変更</a></li>
<li><a href="#change-email">メールアドレスの変更</a></li>
<li><a href="#change-password">パスワードの変更</a></li>
<li><a href="#sessions">ログイン中の端末</a></li>
<li><a href="#leave">利用の終了</a></li>
</ul></nav>
<section aria-labelledby="profile">
<h2 id="profile">登録情報</h2>
<dl class="answers">
<div><dt>お名前</dt><dd>{{NAME}}</dd></div>
<div><dt>施術所名</dt><dd>{{CLINIC_NAME}}</dd></div>
<div><dt>登録記号番号</dt><dd>{{REGISTRATION_NUMBER}}</dd></div>
<div><dt>電話番号</dt><dd>{{CURRENT_PHONE}}</dd><dd><a href="#change-phone">変更する<span class="unseen">：電話番号</span></a></dd></div>
<div><dt>メールアドレス</dt><dd>{{CURRENT_EMAIL}}</dd><dd><a href="#change-email">変更する<span class="unseen">：メールアドレス</span></a></dd></div>
<div><dt>登録日時</dt><dd>{{CREATED_AT}}</dd></div>
<div><dt>前回のログイン</dt><dd>{{#PREVIOUS_LOGIN}}{{AT}}（接続元 {{CLIENT}}）{{/PREVIOUS_LOGIN}}{{#FIRST_LOGIN}}今回が初めてのログインです。{{/FIRST_LOGIN}}</dd></div>
</dl>
<p class="help">前回のログインにお心当たりがないときは、すぐに<a href="#change-password">パスワードを変更</a>してください。</p>
</section>
<section aria-labelledby="applications">
<h2 id="applications">各種申請</h2>
<p>—公開準備中—</p>
</section>
<section aria-labelledby="change-phone">
<h2 id="change-phone">電話番号の変更</h2>
<form method="post" action="/account" novalidate>
<input type="hidden" name="action" value="phone">
<div class="field">
<label for="phone">新しい電話番号 <span class="req">※必須</span></label>
<p class="help" id="phone_help">半角数字をご入力ください（ハイフン無し）。例）01201234567</p>
<input id="phone" name="phone" type="tel" value="{{PHONE}}" autocomplete="tel" required aria-describedby="phone_help{{#PHONE_INVALID}} phone_error{{/PHONE_INVALID}}"{{#PHONE_INVALID}} aria-invalid="true"{{/PHONE_INVALID}}>
{{#PHONE_INVALID}}<div class="error" id="phone_error">{{#PHONE_ERROR}}<p>{{MESSAGE}}</p>{{/PHONE_ERROR}}</div>{{/PHONE_INVALID}}
</div>
<button>電話番号を変更する</button>
</form>
</section>
<section aria-labelledby="change-email">
<h2 id="change-email">メールアドレスの変更</h2>
<p>新しいメールアドレスに、確認のメールをお送りします。メールの中のリンクを1時間以内に押すと、変更されます。</p>
<form method="post" action="/account" novalidate>
<input type="hidden" name="action" value="email">
<div class="field">
<label for="email">新しいメールアドレス <span class="req">※必須</span></label>
<input class="wide" id="email" name="email" type="email" value="{{EMAIL}}" autocomplete="email" required{{#EMAIL_INVALID}} aria-invalid="true" aria-describedby="email_error"{{/EMAIL_INVALID}}>
{{#EMAIL_INVALID}}<div class="error" id="email_error">{{#EMAIL_ERROR}}<p>{{MESSAGE}}</p>{{/EMAIL_ERROR}}</div>{{/EMAIL_INVALID}}
</div>
<div class="field">
<label for="current_password_email">現在のパスワード <span class="req">※必須</span></label>
<input class="wide" id="current_password_email" name="current_password" type="password" autocomplete="current-password" required{{#CURRENT_PASSWORD_EMAIL_INVALID}} aria-invalid="true" aria-describedby="current_password_email_error"{{/CURRENT_PASSWORD_EMAIL_INVALID}}>
{{#CURRENT_PASSWORD_EMAIL_INVALID}}<div class="error" id="current_password_email_error">{{#CURRENT_PASSWORD_EMAIL_ERROR}}<p>{{MESSAGE}}</p>{{/CURRENT_PASSWORD_EMAIL_ERROR}}</div>{{/CURRENT_PASSWORD_EMAIL_INVALID}}
</div>
<button>確認のメールを送る</button>
</form>
</section>
<section aria-labelledby="change-password">
<h2 id="change-password">パスワードの変更</h2>
<p>変更すると、ほかの端末からはログアウトします。</p>
<form method="post" action="/account" novalidate>
<input type="hidden" name="action" value="password">
<input class="unseen" type="text" name="username" value="{{CURRENT_EMAIL}}" autocomplete="username" aria-label="メールアドレス" tabindex="-1" readonly>
<div class="field">
<label for="current_password_password">現在のパスワード <span class="req">※必須</span></label>
<input class="wide" id="current_password_password" name="current_password" type="password" autocomplete="current-password" required{{#CURRENT_PASSWORD_PASSWORD_INVALID}} aria-invalid="true" aria-describedby="current_password_password_error"{{/CURRENT_PASSWORD_PASSWORD_INVALID}}>
{{#CURRENT_PASSWORD_PASSWORD_INVALID}}<div class="error" id="current_password_password_error">{{#CURRENT_PASSWORD_PASSWORD_ERROR}}<p>{{MESSAGE}}</p>{{/CURRENT_PASSWORD_PASSWORD_ERROR}}</div>{{/CURRENT_PASSWORD_PASSWORD_INVALID}}
</div>
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
<button>パスワードを変更する</button>
</form>
</section>
<section aria-labelledby="sessions">
<h2 id="sessions">ログイン中の端末</h2>
<p>お心当たりのないログインがあるときは、終了してから、<a href="#change-password">パスワードを変更</a>してください。</p>
<dl class="answers">
{{#SESSION}}
<div><dt>{{#OWN}}この端末{{/OWN}}{{#OTHER}}ほかの端末{{/OTHER}}</dt><dd>{{CREATED_AT}}にログイン（接続元 {{CLIENT}}）<br>最後の操作：{{SEEN_AT}}<br><span class="help">{{AGENT}}</span></dd><dd><form method="post" action="/account"><input type="hidden" name="action" value="end_session"><input type="hidden" name="session" value="{{ID}}"><button class="plain">終了する<span class="unseen">：{{CREATED_AT}}のログイン</span></button></form></dd></div>
{{/SESSION}}
</dl>
</section>
<section aria-labelledby="leave">
<h2 id="leave">利用の終了</h2>
<p>ポータルサイトの利用をやめるときは、アカウントを削除できます。削除すると元に戻せません。同じ施術所やメールアドレスで、もう一度新規登録することはできます。</p>
<form method="post" action="/account" novalidate>
<input type="hidden" name="action" value="leave">
<div class="field">
<label for="current_password_leave">現在のパスワード <span class="req">※必須</span></label>
<input class="wide" id="current_password_leave" name="current_password" type="password" autocomplete="current-password" required{{#CURRENT_PASSWORD_LEAVE_INVALID}} aria-invalid="true" aria-describedby="current_password_leave_error"{{/CURRENT_PASSWORD_LEAVE_INVALID}}>
{{#CURRENT_PASSWORD_LEAVE_INVALID}}<div class="error" id="current_password_leave_error">{{#CURRENT_PASSWORD_LEAVE_ERROR}}<p>{{MESSAGE}}</p>{{/CURRENT_PASSWORD_LEAVE_ERROR}}</div>{{/CURRENT_PASSWORD_LEAVE_INVALID}}
</div>
<button class="second">アカウントを削除する</button>
</form>
</section>
