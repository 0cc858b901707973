{{%AUTOESCAPE context="HTML"}}<h1>新しいパスワードの設定</h1>
{{>SUMMARY}}
<p class="lead"><strong>{{EMAIL}}</strong> のアカウントの、新しいパスワードを決めてください。</p>
<p>設定すると、このアカウントでログイン中の端末は、すべてログアウトします。</p>
<form method="post" action="/password/reset?token={{TOKEN:url_query_escape}}" novalidate>
{{>USERNAME_FIELD}}
{{>PASSWORD_FIELD}}
{{>CONFIRMATION_FIELD}}
<button>パスワードを設定する</button>
</form>
<h2>お心当たりのない場合</h2>
<p>何も入力せずに、この画面を閉じてください。パスワードは変わりません。</p>
