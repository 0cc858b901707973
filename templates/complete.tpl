{{%AUTOESCAPE context="HTML"}}<ol class="steps" aria-label="登録の流れ"><li class="done">入力<span class="unseen">（済み）</span></li><li class="done">確認<span class="unseen">（済み）</span></li><li aria-current="step">メール送信</li><li>登録完了</li></ol>
<h1>申請完了</h1>
{{#RESENT}}<p class="note good" role="status">有効化用リンクのメールを、もう一度お送りしました。</p>{{/RESENT}}
{{#EARLIER}}<p class="note" role="status">続けて何通も申し込まれたため、新しいメールはお送りしていません。<strong>{{TIME}}</strong>にお申し込みのメールが届いていないか、先にご確認ください。届いていないときは、1時間ほどたってから「再送」ボタンを押してください。</p>{{/EARLIER}}
{{#LATE}}<p class="note" role="status">ただいま、メールの送信に時間がかかっています。順にお送りしますので、このままお待ちください。もう一度ご登録いただく必要はありません。</p>{{/LATE}}
{{#NOT_SENT}}<p class="note" role="status">ポータルサイト側の都合により、メールをまだお送りできていません。ご不便をおかけし、申し訳ございません。下の「再送」ボタンを押してください。それでも届かないときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>{{/NOT_SENT}}
<p class="lead">ご登録いただいたメールアドレス宛に、ユーザー登録の有効化リンクを添付したメールをお送りしております。<br>ご確認ください。</p>
<dl class="answers"><div><dt>お送りした先</dt><dd><strong>{{EMAIL}}</strong></dd></div></dl>
<h2>次にすること</h2>
<ol class="list">
<li>届いたメールの「有効化用リンク」を押してください。登録完了画面が表示されると、ログインできるようになります。</li>
<li>リンクは、メールが送信されてから<strong>1時間</strong>で無効になります。この画面は閉じてもかまいません。</li>
</ol>
{{! While the mail is late because of us, nothing that the reader could check is the cause. }}
{{#ON_ITS_WAY}}<h2>メールが届かない場合</h2>
<p>メールが届かない場合は以下の点が考えられますのでご確認ください。</p>
<dl class="causes">
<dt>メールアドレスの入力に誤りがある。</dt>
<dd>上の「お送りした先」をご確認ください。誤りがあるときは、<a href="/register?correct=email">修正して登録しなおす</a>ことができます。</dd>
<dt>メール受信のドメイン設定をしている。</dt>
<dd>ドメイン「<strong>{{SENDER_DOMAIN}}</strong>」からのメールを受信できるように設定してから、「再送」ボタンを押してください。{{#CARRIER}}{{CARRIER_NAME}}の設定の場所は、{{CARRIER_SETTING}}です。わからないときは、{{CARRIER_HELP}}でお尋ねになれます。{{/CARRIER}}</dd>
<dt>「迷惑メール」などのフォルダに入っている。</dt>
<dd>迷惑メールのフォルダや、ほかの受信フォルダをご確認ください。届くまでに数分かかることがあります。</dd>
</dl>{{/ON_ITS_WAY}}
<form method="post" action="/register/resend">
{{#WAIT}}<p class="note" id="wait" data-seconds="{{SECONDS}}">再送は、あと<span>{{SECONDS}}</span>秒ほどお待ちいただくとご利用になれます。</p>{{/WAIT}}
<button class="second">再送</button>
</form>
<p>それでも届かないときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
