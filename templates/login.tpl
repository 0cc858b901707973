{{%AUTOESCAPE context="HTML"}}<h1>ログイン</h1>
{{>SUMMARY}}
{{#PENDING}}
<div class="note" role="status">
<h2>登録がまだ完了していません</h2>
{{#SENT}}<p>メールアドレスの確認がお済みでないため、有効化用リンクのメールをもう一度お送りしました。</p>{{/SENT}}
{{#SENT_BEFORE}}<p>メールアドレスの確認がお済みでありません。有効化用リンクのメールは先ほどお送りしています。届かないときは、1分ほどたってから、もう一度ログインしてください。あらためてお送りします。</p>{{/SENT_BEFORE}}
<p>メールの「有効化用リンク」を1時間以内に押して登録を完了してから、ログインしてください。</p>
</div>
{{/PENDING}}
{{#RESET}}<p class="note good" role="status">パスワードを変更しました。新しいパスワードでログインしてください。</p>{{/RESET}}
<form method="post" action="/login{{#BACK}}?return={{PATH:url_query_escape}}{{/BACK}}" novalidate>
{{>EMAIL_FIELD}}
{{>PASSWORD_FIELD}}
<button>ログイン</button>
</form>
<h2>ログインできない場合</h2>
<ul class="list">
<li>パスワードをお忘れの方は、<a href="/password/forgot">パスワードの再設定</a>をご利用ください。</li>
<li>まだ登録がお済みでない方は、<a href="/register">新規ユーザー登録</a>からお手続きください。</li>
<li>登録の手続きのあと、メールの「有効化用リンク」を押していないときは、ログインできません。届いたメールをご確認ください。</li>
</ul>
<p>お困りのときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
