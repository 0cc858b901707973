{{%AUTOESCAPE context="HTML"}}<ol class="steps" aria-label="登録の流れ"><li>入力</li><li aria-current="step">確認</li><li>メール送信</li><li>登録完了</li></ol>
<h1>入力内容の確認</h1>
{{#CHANGED}}
<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>入力内容が変更されています</h2>
<p>別の画面（タブ）で入力内容が変更されたため、まだ登録していません。下の内容をもう一度ご確認のうえ、「OK」ボタンを押してください。</p>
</div>
{{/CHANGED}}
<p>入力された内容でよろしければ、「OK」ボタンを押してください。</p>
<dl class="answers">
<div><dt>姓</dt><dd>{{FAMILY_NAME}}</dd><dd><a href="/register#family_name">修正する<span class="unseen">：姓</span></a></dd></div>
<div><dt>名</dt><dd>{{GIVEN_NAME}}</dd><dd><a href="/register#given_name">修正する<span class="unseen">：名</span></a></dd></div>
<div><dt>所属機関</dt><dd>{{INSTITUTION}}</dd><dd><a href="/register#institution">修正する<span class="unseen">：所属機関</span></a></dd></div>
{{#JUDO}}
<div><dt>① 入力項目</dt><dd>{{AGREEMENT}}</dd><dd><a href="/register#judo_agreement">修正する<span class="unseen">：① 入力項目</span></a></dd></div>
<div><dt>② 入力項目 (※柔整師番号)</dt><dd>{{NUMBER}}</dd><dd><a href="/register#judo_number">修正する<span class="unseen">：② 入力項目</span></a></dd></div>
<div><dt>③ 入力項目</dt><dd>{{SUFFIX1}}</dd><dd><a href="/register#judo_suffix1">修正する<span class="unseen">：③ 入力項目</span></a></dd></div>
<div><dt>④ 入力項目</dt><dd>{{SUFFIX2}}</dd><dd><a href="/register#judo_suffix2">修正する<span class="unseen">：④ 入力項目</span></a></dd></div>
{{/JUDO}}
{{#AHAKI}}
<div><dt>① 入力項目(※施術管理者番号)</dt><dd>{{NUMBER}}</dd><dd><a href="/register#ahaki_number">修正する<span class="unseen">：① 入力項目</span></a></dd></div>
<div><dt>② 入力項目</dt><dd>{{SUFFIX1}}</dd><dd><a href="/register#ahaki_suffix1">修正する<span class="unseen">：② 入力項目</span></a></dd></div>
<div><dt>③ 入力項目</dt><dd>{{SUFFIX2}}</dd><dd><a href="/register#ahaki_suffix2">修正する<span class="unseen">：③ 入力項目</span></a></dd></div>
{{/AHAKI}}
<div class="found"><dt>登録記号番号</dt><dd>{{REGISTRATION_NUMBER}}</dd><dd class="help">自動入力</dd></div>
<div class="found"><dt>施術所名</dt><dd>{{CLINIC_NAME}}</dd><dd class="help">自動入力</dd></div>
<div><dt>電話番号</dt><dd>{{PHONE}}</dd><dd><a href="/register#phone">修正する<span class="unseen">：電話番号</span></a></dd></div>
<div><dt>メールアドレス</dt><dd>{{EMAIL}}</dd><dd><a href="/register#email">修正する<span class="unseen">：メールアドレス</span></a></dd></div>
{{#PASSWORD_MASKED}}
<div id="password"><dt>パスワード</dt><dd>{{MASK}}</dd><dd><form method="post" action="/register/confirm#password"><input type="hidden" name="show" value="password"><button class="plain">表示<span class="unseen">：パスワード</span></button></form> <a href="/register#password">修正する<span class="unseen">：パスワード</span></a></dd></div>
<div><dt>パスワード（確認用）</dt><dd>{{MASK}}</dd><dd><form method="post" action="/register/confirm#password"><input type="hidden" name="show" value="password"><button class="plain">表示<span class="unseen">：パスワード（確認用）</span></button></form></dd></div>
{{/PASSWORD_MASKED}}
{{#PASSWORD_SHOWN}}
<div id="password"><dt>パスワード</dt><dd><code>{{PASSWORD}}</code></dd><dd><a href="/register/confirm">隠す<span class="unseen">：パスワード</span></a> <a href="/register#password">修正する<span class="unseen">：パスワード</span></a></dd></div>
<div><dt>パスワード（確認用）</dt><dd><code>{{PASSWORD}}</code></dd><dd><a href="/register/confirm">隠す<span class="unseen">：パスワード（確認用）</span></a></dd></div>
{{/PASSWORD_SHOWN}}
<div><dt>利用規約・プライバシーポリシー</dt><dd>利用規約に同意します。</dd><dd><a href="/terms" target="_blank">利用規約<span class="unseen">（新しいタブで開く）</span></a></dd></div>
</dl>
<p class="note">「OK」を押すと、<strong>{{EMAIL}}</strong> あてに、ユーザー登録の有効化用リンクをお送りします。メールアドレスに誤りがないか、もう一度ご確認ください。</p>
<div class="actions">
<form method="post" action="/register/complete"><input type="hidden" name="draft" value="{{DRAFT}}"><button>OK</button></form>
<a class="button second" href="/register">修正する</a>
</div>
