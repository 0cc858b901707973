{{%AUTOESCAPE context="HTML"}}<h1>パスワードの確認</h1>
{{>SUMMARY}}
<p>登録のときに決めた<strong>パスワード</strong>を入力して、登録を完了してください。</p>
<p class="help">登録の手続きをしたものとは別の端末やブラウザでこのリンクが開かれたため、ご本人であることを確認しています。手続きをした端末でリンクを開くと、パスワードの入力なしで完了します。</p>
<dl class="answers">
<div><dt>お名前</dt><dd>{{NAME}} 様</dd></div>
<div><dt>施術所名</dt><dd>{{CLINIC_NAME}}</dd></div>
<div><dt>登録記号番号</dt><dd>{{REGISTRATION_NUMBER}}</dd></div>
<div><dt>メールアドレス</dt><dd>{{EMAIL}}</dd></div>
</dl>
<form method="post" action="/activate?token={{TOKEN:url_query_escape}}" novalidate>
{{>USERNAME_FIELD}}
{{>PASSWORD_FIELD}}
<button>登録を完了する</button>
</form>
<h2>お心当たりのない場合</h2>
<p>何も入力せずに、この画面を閉じてください。登録は完了せず、一定の時間がたつと取り消されます。ご不明な点は、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
