{{%AUTOESCAPE context="HTML"}}<h1>メールの停止を解除しました</h1>
<p class="lead">{{EMAIL}}あてのメールを、また受け取れるようになりました。</p>
{{#AGAIN}}<h2>次にすること</h2>
<p>取り消したお申し込みは元に戻りません。登録する場合は、お手数ですが、もう一度、新規ユーザー登録からお手続きください。</p>
<div class="actions"><a class="button" href="/register">新規ユーザー登録</a></div>{{/AGAIN}}
{{#ACTIVATED}}<h2>次にすること</h2>
<p>登録は完了しています。ログインできます。</p>
<div class="actions"><a class="button" href="/login">ログイン</a></div>{{/ACTIVATED}}
<p>ご不明な点は、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
