{{%AUTOESCAPE context="HTML"}}<h1>ただいま混み合っています</h1>
<p class="lead">登録は、まだ受け付けられていません。入力された内容は保存されています。</p>
<h2>次にすること</h2>
<p>この画面のまま<strong>{{SECONDS}}秒ほど</strong>お待ちになり、もう一度「OK」ボタンを押してください。</p>
<div class="actions">
<form method="post" action="/register/complete?again">{{#DRAFT}}<input type="hidden" name="draft" value="{{ID}}">{{/DRAFT}}{{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">{{/HIDDEN}}<button>OK</button></form>
</div>
<h2>お困りのとき</h2>
<p>繰り返し表示されるときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}。{{OPENING_HOURS}}）へ、次の番号を添えてお問い合わせください。</p>
<p class="lead">お問い合わせ番号：<code>{{NUMBER}}</code></p>
