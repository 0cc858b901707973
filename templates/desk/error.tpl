{{%AUTOESCAPE context="HTML"}}<h1>{{HEADING}}</h1>
<p class="lead">{{WHAT}}</p>
{{#NAMED}}<p>ログインしたお名前：<strong>{{NAME}}</strong></p>{{/NAMED}}
<h2>次にすること</h2>
<p>{{NEXT}}</p>
<div class="actions">{{#RETRY}}<a class="button" href="">もう一度読み込む</a>{{/RETRY}}{{#FORM}}<a class="button" href="/desk/">検索の画面へ</a>{{/FORM}}{{#HOME}}<a class="button" href="/desk/">検索の画面へ</a>{{/HOME}}</div>
<h2>繰り返し表示されるとき</h2>
<p>システムの管理者に、次の番号を伝えてください。</p>
<p class="lead">お問い合わせ番号：<code>{{#STEP}}{{NUMBER}}{{/STEP}}</code></p>
