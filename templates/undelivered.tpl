{{%AUTOESCAPE context="HTML"}}<ol class="steps" aria-label="登録の流れ"><li>入力</li><li>確認</li><li aria-current="step">メール送信</li><li>登録完了</li></ol>
<h1>メールを届けられませんでした</h1>
<p class="lead">ユーザー登録の有効化リンクを添付したメールをお送りしましたが、次のメールアドレスには届きませんでした。ご登録は、まだ完了していません。</p>
<dl class="answers"><div><dt>お送りした先</dt><dd><strong>{{EMAIL}}</strong></dd></div></dl>
<p>メールアドレスの入力に誤りがあるかもしれません。「@」の前後を、一文字ずつご確認ください。</p>
<h2>メールアドレスに誤りがあるとき</h2>
<p>正しいメールアドレスで、もう一度ご登録ください。パスワードのほかは、入力された状態で表示されます。誤ったメールアドレスでのお申し込みは、そのままでかまいません。</p>
<div class="actions"><a class="button" href="/register?correct=email">修正して登録しなおす</a></div>
<h2>メールアドレスに誤りがないとき</h2>
<p>受信箱がいっぱいになっているか、ドメイン「<strong>{{SENDER_DOMAIN}}</strong>」からのメールを受信しない設定になっていることが考えられます。ご確認のうえ、「再送」ボタンを押してください。</p>
<form method="post" action="/register/resend">
{{#WAIT}}<p class="note" id="wait" data-seconds="{{SECONDS}}">再送は、あと<span>{{SECONDS}}</span>秒ほどお待ちいただくとご利用になれます。</p>{{/WAIT}}
<button class="second">再送</button>
</form>
<p>それでも届かないときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
