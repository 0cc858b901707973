{{%AUTOESCAPE context="HTML"}}<ol class="steps" aria-label="登録の流れ"><li class="done">入力<span class="unseen">（済み）</span></li><li class="done">確認<span class="unseen">（済み）</span></li><li aria-current="step">メール送信</li><li>登録完了</li></ol>
<h1>メールを届けられませんでした</h1>
<p class="lead">ユーザー登録の有効化リンクを添付したメールをお送りしましたが、次のメールアドレスには届きませんでした。ご登録は、まだ完了していません。</p>
<dl class="answers"><div><dt>お送りした先</dt><dd><strong>{{EMAIL}}</strong></dd></div></dl>
<h2>届かなかった理由</h2>
{{#UNKNOWN_USER}}<p>届け先のメールサーバーから、<strong>このメールアドレスは使われていない</strong>という返事がありました。メールアドレスの入力に誤りがあるかもしれません。</p>{{/UNKNOWN_USER}}
{{#UNKNOWN_OR_FILTERED}}<p>携帯電話会社から、届けられないという返事がありました。<strong>メールアドレスの入力に誤りがある</strong>か、<strong>迷惑メール対策の受信設定</strong>で、このポータルサイトからのメールを受け取らない設定になっているかの、どちらかです。</p>{{/UNKNOWN_OR_FILTERED}}
{{#UNKNOWN_DOMAIN}}<p>「@」より後ろの「<strong>{{DOMAIN}}</strong>」に、<strong>メールを届けられる相手が見つかりませんでした</strong>。メールアドレスの入力に誤りがあるかもしれません。</p>{{/UNKNOWN_DOMAIN}}
{{#MAILBOX_FULL}}<p>届け先のメールサーバーから、<strong>受信箱がいっぱい</strong>で受け取れないという返事がありました。</p>{{/MAILBOX_FULL}}
{{#FILTERED}}<p>届け先のメールサーバーから、<strong>受信設定により受け取らない</strong>という返事がありました。このポータルサイトからのメールが、迷惑メール対策などの設定で止められています。</p>{{/FILTERED}}
{{#UNCLEAR}}<p>届け先のメールサーバーは、理由を知らせてきませんでした。メールアドレスの入力に誤りがあるか、受信箱がいっぱいになっているか、このポータルサイトからのメールを受け取らない設定になっていることが考えられます。</p>{{/UNCLEAR}}
{{#CORRECT_FIRST}}<h2>メールアドレスに誤りがあるとき</h2>
<p>「@」の前後を、一文字ずつご確認ください。誤りがあれば、正しいメールアドレスで、もう一度ご登録ください。パスワードのほかは、入力された状態で表示されます。誤ったメールアドレスでのお申し込みは、そのままでかまいません。</p>
<div class="actions"><a class="button" href="/register?correct=email">修正して登録しなおす</a></div>
<h2>メールアドレスに誤りがないとき</h2>{{/CORRECT_FIRST}}
{{#LET_IN_FIRST}}<h2>メールを受け取るには</h2>{{/LET_IN_FIRST}}
{{#MAKE_ROOM_IN_TIME}}<p>不要なメールを削除して、受信箱に空きをつくってください。空きができると、しばらくして自動でもう一度お送りします。お急ぎのときは、空きをつくってから「再送」ボタンを押してください。</p>{{/MAKE_ROOM_IN_TIME}}
{{#MAKE_ROOM}}<p>不要なメールを削除して、受信箱に空きをつくってから、「再送」ボタンを押してください。</p>{{/MAKE_ROOM}}
{{#ANY_PROVIDER}}<p>ドメイン「<strong>{{SENDER_DOMAIN}}</strong>」からのメールを受信できるように設定してから、「再送」ボタンを押してください。設定の方法は、お使いのメールの会社（プロバイダーなど）にお確かめください。受信箱がいっぱいのときは、空きをつくってください。</p>{{/ANY_PROVIDER}}
{{#CARRIER}}<ol class="list">
<li>{{CARRIER_NAME}}の受信設定で、ドメイン「<strong>{{SENDER_DOMAIN}}</strong>」を、受信するドメインとして登録してください。</li>
<li>設定する場所は、{{CARRIER_SETTING}}です。わからないときは、{{CARRIER_HELP}}でお尋ねになれます。</li>
<li>設定が終わったら、「再送」ボタンを押してください。</li>
</ol>{{/CARRIER}}
<form method="post" action="/register/resend">
{{#WAIT}}<p class="note" id="wait" data-seconds="{{SECONDS}}">再送は、あと<span>{{SECONDS}}</span>秒ほどお待ちいただくとご利用になれます。</p>{{/WAIT}}
{{#CORRECT_FIRST}}<button class="second">再送</button>{{/CORRECT_FIRST}}{{#LET_IN_FIRST}}<button>再送</button>{{/LET_IN_FIRST}}
</form>
{{#LET_IN_FIRST}}<h2>別のメールアドレスをお使いになるとき</h2>
<p>別のメールアドレスで、もう一度ご登録いただけます。パスワードのほかは、入力された状態で表示されます。</p>
<div class="actions"><a class="button second" href="/register?correct=email">修正して登録しなおす</a></div>{{/LET_IN_FIRST}}
<p>それでも届かないときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
