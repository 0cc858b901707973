{{%AUTOESCAPE context="HTML"}}<ol class="steps" aria-label="登録の流れ"><li aria-current="step">入力</li><li>確認</li><li>メール送信</li><li>登録完了</li></ol>
<form class="register" id="registration" method="post" action="/register" novalidate>
<div class="fields">
<h1>ユーザー登録</h1>
{{#WAITING}}<div class="together">{{/WAITING}}
{{>SUMMARY}}
{{#WAITING}}
<div class="offer">
<h2>新規に開設した施術所の場合</h2>
<p>掲載され次第お知らせします。ユーザー登録ができるようになりましたら、1回だけメールをお送りします。</p>
{{>WAITING_FIELD}}
<button class="second" form="waiting">掲載されたらメールで知らせる</button>
</div>
</div>
{{/WAITING}}
{{#KEPT}}<p>先ほどの入力内容を表示しています。</p>{{/KEPT}}
{{#REGISTERED}}<p class="note">先ほどお申し込みいただいた内容を表示しています。直すところを直し、パスワードをもう一度入力して、「登録」ボタンを押してください。別の施術所を登録するときは、<a href="/register?new=1">空の画面から入力</a>してください。</p>{{/REGISTERED}}
<p>受領委任通知書をご用意ください。</p>
<div class="pair">
{{>NAME_FIELD}}
</div>
{{>INSTITUTION_FIELD}}
<p class="unchosen help">選択すると、続きの入力項目が表示されます。</p>
<div class="kind{{#KIND}} {{CODE}}{{/KIND}} number">
{{#KIND}}
<section class="kind {{CODE}}" aria-labelledby="{{CODE}}">
<h2 id="{{CODE}}">{{NAME}}の情報</h2>
<p>以下の例を参考に、下記の項目をご入力ください。</p>
<p class="help">例：受領委任承諾通知書の登録記号番号の欄に【{{EXAMPLE}}】と記載されている場合</p>
<div class="paper">
<p>登録記号番号</p>
{{>NUMBER_FIELD}}
</div>
</section>
{{/KIND}}
<div role="status">
<dl>
<dt>登録記号番号</dt><dd id="clinic_number">{{#CLINIC}}{{NUMBER}}{{/CLINIC}}</dd>
<dt>施術所名</dt><dd id="clinic_name">{{#CLINIC}}{{NAME}}{{/CLINIC}}</dd>
</dl>
</div>
<p class="help">入力内容に応じて自動入力されます。<noscript>次の確認画面に表示されます。</noscript></p>
{{#KIND}}<p class="kind {{CODE}} help">※新規に開設した施術所につきましては、ユーザー登録ができるまで{{OPENING}}お時間を要する場合がございます。</p>{{/KIND}}
</div>
{{>FIELD}}
</div>
<div class="side">
<button>登録</button>
<details class="todo">
<summary><h2 id="todo">必須情報</h2></summary>
<nav aria-labelledby="todo">
<ul>
{{#LISTED}}<li{{#OF_KIND}} class="kind {{CODE}}"{{/OF_KIND}}><a href="#{{ID}}">{{LISTED}}</a></li>{{/LISTED}}
</ul>
</nav>
</details>
</div>
</form>
<template id="possible">{{>POSSIBLE_ERRORS}}</template>
<script type="module" src="{{ASSETS}}/register.js"></script>
<link rel="modulepreload" href="{{ASSETS}}/check.js">
<link rel="modulepreload" href="{{ASSETS}}/number.js">
<link rel="modulepreload" href="{{ASSETS}}/address.js">
{{#WAITING}}<form id="waiting" method="post" action="/register/waiting" novalidate>
{{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">{{/HIDDEN}}
</form>{{/WAITING}}
