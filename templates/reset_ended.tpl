{{%AUTOESCAPE context="HTML"}}{{#UNKNOWN}}<h1>リンクを確認できませんでした</h1>
<p class="lead">リンクの一部が欠けています。パスワードは変更されていません。</p>
<h2>次にすること</h2>
<p>メールの中でリンクが2行に分かれているときは、改行を除いて全体をつなぎ、アドレス欄に貼り付けてください。それでも開けないときは、もう一度、再設定のメールをお送りします。</p>
{{/UNKNOWN}}
{{#ENDED}}<h1>リンクは無効です</h1>
<p class="lead">メールが送信されてから1時間を過ぎたか、すでに使われたリンクです。</p>
<h2>次にすること</h2>
<p>すでに新しいパスワードを設定した方は、<a href="/login">ログイン</a>してください。まだの方には、もう一度、再設定のメールをお送りします。</p>
{{/ENDED}}
<div class="actions"><a class="button" href="/password/forgot">パスワードの再設定</a></div>
<p>お困りのときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
