{{%AUTOESCAPE context="HTML"}}<h1>リンクの有効期限が切れています</h1>
<p>「有効化用リンク」は、セキュリティ保護のため、メールが送信されてから1時間を経過しますと無効になります。また、同じ施術所またはメールアドレスの登録が先に完了したときも無効になります。</p>
<p class="lead">お手数ですが、もう一度、新規ユーザー登録からお手続きください。</p>
<div class="actions"><a class="button" href="/register">新規ユーザー登録</a></div>
<h2>すでに登録がお済みの場合</h2>
<p>あらためて登録する必要はありません。<a href="/login">ログイン</a>してください。</p>
<h2>お困りのとき</h2>
<p>登録できないときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
