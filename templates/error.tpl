{{%AUTOESCAPE context="HTML"}}<h1>{{HEADING}}</h1>
<p class="lead">{{WHAT}}</p>
<h2>次にすること</h2>
<p>{{NEXT}}</p>
<div class="actions">{{#RETRY}}<a class="button" href="">もう一度読み込む</a>{{/RETRY}}{{#FORM}}<a class="button" href="/register">登録フォームへ</a>{{/FORM}}{{#HOME}}<a class="button second" href="/">トップページへ</a>{{/HOME}}</div>
<h2>お困りのとき</h2>
<p>繰り返し表示されるときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}。{{OPENING_HOURS}}）へ、次の番号を添えてお問い合わせください。</p>
<p class="lead">お問い合わせ番号：<code>{{#STEP}}{{NUMBER}}{{/STEP}}{{#WEB_SERVER}}<!--#echo var="request_number" -->{{/WEB_SERVER}}</code></p>
