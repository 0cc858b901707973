{{%AUTOESCAPE context="HTML"}}<h1>しばらくお待ちください</h1>
{{#NEW_BROWSER}}<p class="lead">このメールアドレスでのログインに、まちがったパスワードが何度も入力されています。ほかの人のしわざかもしれません。安全のため、このアカウントではじめて使うブラウザからのログインを止めています。</p>
<p>すぐにログインしたいときは、<a href="/password/forgot">パスワードを忘れた方</a>から、新しいパスワードを決めてください。決めたあとは、お待ちいただかずに、このブラウザでログインできます。これまでにログインしたことのあるブラウザからは、今もログインできます。</p>
<p>{{/NEW_BROWSER}}{{#HERE}}<p class="lead">パスワードの入力などが短い時間に続いたため、安全のため、受付を止めています。{{/HERE}}{{#SECONDS}}あと<strong>{{AMOUNT}}秒</strong>ほど{{/SECONDS}}{{#MINUTES}}あと<strong>{{AMOUNT}}分</strong>ほど{{/MINUTES}}たってから、もう一度お試しください。</p>
<div class="actions"><a class="button" href="{{BACK}}">前の画面へ</a></div>
<h2>パスワードをお忘れの場合</h2>
<p><a href="/password/forgot">パスワードの再設定</a>をご利用ください。再設定が完了すると、すぐにログインできます。</p>
<h2>お困りのとき</h2>
<p>お心当たりのない場合やご不明な点は、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
