{{%AUTOESCAPE context="HTML"}}<h1>メールを停止しました</h1>
<p class="lead">{{#CANCELLED}}お申し込みを取り消しました。届いたメールの「有効化用リンク」は、もう使えません。<br>{{/CANCELLED}}届いたようなメールを、<strong>{{UNTIL}}</strong>まで、{{EMAIL}}あてにお送りしません。</p>
<p>止まるのは、ほかの人がこのメールアドレスを入力して送らせることのできるメール（新規ユーザー登録、掲載のお知らせ、パスワードの再設定、メールアドレスの変更の確認）です。すでに登録が完了しているアカウントは、これまでどおりお使いになれます。パスワードの再設定のメールも、これまでにログインしたことのあるブラウザからお申し込みになれば届きます。{{#CANCELLED}}ほかに必要なお手続きはありません。この画面は閉じてもかまいません。{{/CANCELLED}}</p>
{{#ACTIVATED}}<h2>登録について</h2>
<p>このお申し込みは、登録がすでに完了しているため、取り消していません。お心当たりのない場合は、下記のお問い合わせ先へご連絡ください。</p>{{/ACTIVATED}}
<h2>まちがえて押した場合</h2>
<p>次のボタンで、メールの停止を解除できます。{{#CANCELLED}}取り消したお申し込みは元に戻りません。解除したあと、もう一度、新規ユーザー登録からお手続きください。{{/CANCELLED}}</p>
<form method="post" action="/mail/stop?token={{TOKEN:url_query_escape}}">
<input type="hidden" name="action" value="resume">
<button class="second">メールの停止を解除する</button>
</form>
<h2>お問い合わせ先</h2>
<p>{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}。{{OPENING_HOURS}}）</p>
