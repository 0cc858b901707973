{{%AUTOESCAPE context="HTML"}}<h1>お心当たりのないメールの停止</h1>
<p>次のメールアドレスで、{{#LISTED}}施術所の掲載のお知らせ{{/LISTED}}{{#RESET}}パスワードの再設定{{/RESET}}{{#EMAIL_CHANGE}}メールアドレスの変更{{/EMAIL_CHANGE}}{{#PENDING}}新規ユーザー登録{{/PENDING}}{{#CANCELLED}}新規ユーザー登録{{/CANCELLED}}{{#GONE}}新規ユーザー登録{{/GONE}}{{#ACTIVATED}}新規ユーザー登録{{/ACTIVATED}}のお申し込みがありました。</p>
<dl class="answers">
<div><dt>メールアドレス</dt><dd>{{EMAIL}}</dd></div>
{{#CLINIC}}<div><dt>施術所名</dt><dd>{{CLINIC_NAME}}</dd></div>{{/CLINIC}}
</dl>
{{#PENDING}}<p class="lead">お心当たりのない場合は、下のボタンを押してください。このお申し込みを取り消し、このようなメールを、このメールアドレスあてに30日間お送りしません。</p>{{/PENDING}}
{{#LISTED}}<p class="lead">お心当たりのない場合や、お知らせが不要になった場合は、下のボタンを押してください。このようなメールを、このメールアドレスあてに30日間お送りしません。</p>{{/LISTED}}
{{#RESET}}<p class="lead">お心当たりのない場合は、下のボタンを押してください。このようなメールを、このメールアドレスあてに30日間お送りしません。パスワードは変わっていません。</p>{{/RESET}}
{{#EMAIL_CHANGE}}<p class="lead">お心当たりのない場合は、下のボタンを押してください。このようなメールを、このメールアドレスあてに30日間お送りしません。メールのリンクを押さなければ、何も変更されません。</p>{{/EMAIL_CHANGE}}
{{#CANCELLED}}<p class="lead">このお申し込みは、すでに取り消されています。メールを止めたい場合は、下のボタンを押してください。このようなメールを、このメールアドレスあてに30日間お送りしません。</p>{{/CANCELLED}}
{{#GONE}}<p class="lead">このお申し込みは、登録が完了しないまま期限が切れています。メールを止めたい場合は、下のボタンを押してください。このようなメールを、このメールアドレスあてに30日間お送りしません。</p>{{/GONE}}
{{#ACTIVATED}}<p class="lead">このお申し込みは、登録がすでに完了しているため、この画面では取り消せません。お心当たりのない場合は、お手数ですが、{{CALL_CENTRE}}へご連絡ください。下のボタンを押すと、このようなメールを、このメールアドレスあてに30日間お送りしません。</p>{{/ACTIVATED}}
<form method="post" action="/mail/stop?token={{TOKEN:url_query_escape}}">
<input type="hidden" name="action" value="stop">
<button>{{#LISTED}}メールを止める{{/LISTED}}{{#RESET}}メールを止める{{/RESET}}{{#EMAIL_CHANGE}}メールを止める{{/EMAIL_CHANGE}}{{#PENDING}}心当たりがないので、取り消してメールを止める{{/PENDING}}{{#CANCELLED}}メールを止める{{/CANCELLED}}{{#GONE}}メールを止める{{/GONE}}{{#ACTIVATED}}メールを止める{{/ACTIVATED}}</button>
</form>
<p class="help">止まるのは、ほかの人がこのメールアドレスを入力して送らせることのできるメール（新規ユーザー登録、掲載のお知らせ、パスワードの再設定、メールアドレスの変更の確認）です。すでに登録が完了しているアカウントは、これまでどおりお使いになれます。パスワードの再設定のメールも、これまでにログインしたことのあるブラウザからお申し込みになれば届きます。</p>
<h2>お心当たりのある場合</h2>
<p>何も押さずに、この画面を閉じてください。お申し込みも、メールも、そのままです。</p>
<h2>お困りのとき</h2>
<p>ご不明な点は、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
