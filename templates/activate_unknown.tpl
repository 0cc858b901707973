{{%AUTOESCAPE context="HTML"}}<h1>リンクを確認できませんでした</h1>
<p class="lead">「有効化用リンク」の一部が欠けているか、すでに取り消された登録のリンクです。</p>
<h2>次にすること</h2>
<ol class="list">
<li>メールの中でリンクが2行に分かれているときは、改行を除いて全体をつなぎ、アドレス欄に貼り付けてください。</li>
<li>メールが届いてから時間がたっているときは、もう一度、新規ユーザー登録からお手続きください。</li>
<li>すでに登録がお済みのときは、<a href="/login">ログイン</a>してください。</li>
</ol>
<div class="actions"><a class="button" href="/register">新規ユーザー登録</a></div>
<p>登録できないときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
