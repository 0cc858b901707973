{{%AUTOESCAPE context="HTML"}}<h1>リンクの有効期限が切れています</h1>
<p>「有効化用リンク」は、セキュリティ保護のため、メールが送信されてから1時間を経過しますと無効になります。{{#OVER}}また、同じ施術所またはメールアドレスの登録が先に完了したときや、お申し込みが取り消されたときも無効になります。{{/OVER}}</p>
{{#RESEND}}<p class="lead">登録はまだ完了していませんが、入力された内容は残っています。有効化用リンクのメールを、もう一度お送りします。</p>
<form method="post" action="/register/resend"><button>再送</button></form>
{{/RESEND}}
{{#LOGIN}}<p class="lead">登録はまだ完了していませんが、お申し込みの内容は残っています。<strong>登録時のパスワードでログインすると再送されます</strong>。</p>
<div class="actions"><a class="button" href="/login">ログイン</a></div>
<p class="help">登録の手続きをした端末（ブラウザ）でこのリンクを開くと、その画面からも再送できます。</p>
{{/LOGIN}}
{{#OVER}}<p class="lead">お手数ですが、もう一度、新規ユーザー登録からお手続きください。</p>
<div class="actions"><a class="button" href="/register">新規ユーザー登録</a></div>
<h2>すでに登録がお済みの場合</h2>
<p>あらためて登録する必要はありません。<a href="/login">ログイン</a>してください。</p>
{{/OVER}}
{{#RESEND}}<h2>はじめから登録しなおす場合</h2>
<p>メールアドレスなどを直すときは、もう一度、<a href="/register">新規ユーザー登録</a>からお手続きください。パスワードのほかは、入力された状態で表示されます。</p>
{{/RESEND}}
{{#LOGIN}}<h2>パスワードがわからない場合</h2>
<p>もう一度、<a href="/register">新規ユーザー登録</a>からお手続きください。パスワードは新しく決められます。</p>
{{/LOGIN}}
<h2>お困りのとき</h2>
<p>登録できないときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
