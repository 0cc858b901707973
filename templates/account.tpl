{{%AUTOESCAPE context="HTML"}}<h1>マイページ</h1>
{{>SUMMARY}}
{{#DONE_PHONE}}<p class="note good" role="status">電話番号を変更しました。</p>{{/DONE_PHONE}}
{{#DONE_EMAIL}}<p class="note good" role="status">新しいメールアドレスあてに、確認のメールをお送りしました。1時間以内にメールの中のリンクを開き、「メールアドレスを変更する」ボタンを押してください。それまでは、今のメールアドレスのままです。</p>{{/DONE_EMAIL}}
{{#DONE_EMAIL_CHANGED}}<p class="note good" role="status">メールアドレスを変更しました。次回から、新しいメールアドレスでログインしてください。</p>{{/DONE_EMAIL_CHANGED}}
{{#DONE_PASSWORD}}<p class="note good" role="status">パスワードを変更しました。ほかの端末からはログアウトしました。</p>{{/DONE_PASSWORD}}
{{#DONE_SESSION}}<p class="note good" role="status">選んだログインを終了しました。</p>{{/DONE_SESSION}}
<p class="lead">{{NAME}} 様</p>
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
<div><dt>姓名</dt><dd>{{NAME}}</dd></div>
<div><dt>登録記号番号</dt><dd>{{REGISTRATION_NUMBER}}</dd></div>
<div><dt>施術所名</dt><dd>{{CLINIC_NAME}}</dd></div>
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
{{>PHONE_FIELD}}
{{>PHONE_PASSWORD_FIELD}}
<button>電話番号を変更する</button>
</form>
</section>
<section aria-labelledby="change-email">
<h2 id="change-email">メールアドレスの変更</h2>
<p>新しいメールアドレスに、確認のメールをお送りします。1時間以内にメールの中のリンクを開き、画面のボタンを押すと、変更されます。</p>
<form method="post" action="/account" novalidate>
<input type="hidden" name="action" value="email">
{{>EMAIL_FIELD}}
{{>EMAIL_PASSWORD_FIELD}}
<button>確認のメールを送る</button>
</form>
</section>
<section aria-labelledby="change-password">
<h2 id="change-password">パスワードの変更</h2>
<p>変更すると、ほかの端末からはログアウトします。</p>
<form method="post" action="/account" novalidate>
<input type="hidden" name="action" value="password">
{{>USERNAME_FIELD}}
{{>CURRENT_PASSWORD_FIELD}}
{{>PASSWORD_FIELD}}
{{>CONFIRMATION_FIELD}}
<button>パスワードを変更する</button>
</form>
</section>
<section aria-labelledby="sessions">
<h2 id="sessions">ログイン中の端末</h2>
<p>お心当たりのないログインがあるときは、そのログインを選んで終了してから、<a href="#change-password">パスワードを変更</a>してください。</p>
<form method="post" action="/account" novalidate>
<input type="hidden" name="action" value="end_session">
{{>SESSION_FIELD}}
{{>SESSION_PASSWORD_FIELD}}
<button>選んだログインを終了する</button>
</form>
</section>
<section aria-labelledby="leave">
<h2 id="leave">利用の終了</h2>
<p>ポータルサイトの利用をやめるときは、アカウントを削除できます。削除すると元に戻せません。同じ施術所やメールアドレスで、もう一度新規登録することはできます。</p>
<form method="post" action="/account" novalidate>
<input type="hidden" name="action" value="leave">
{{>LEAVE_PASSWORD_FIELD}}
<button class="second">アカウントを削除する</button>
</form>
</section>
