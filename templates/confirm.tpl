{{%AUTOESCAPE context="HTML"}}<ol class="steps" aria-label="登録の流れ"><li class="done">入力<span class="unseen">（済み）</span></li><li aria-current="step">確認</li><li>メール送信</li><li>登録完了</li></ol>
<h1>入力内容の確認</h1>
{{>SUMMARY}}
<p>入力された内容でよろしければ、「OK」ボタンを押してください。</p>
<p class="help">この内容は、<strong>{{UNTIL}}</strong>まで保存されます。それまでに「OK」ボタンを押してください。</p>
<dl class="answers">
{{#ROW}}
{{#ANSWER}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd><dd><a href="/register#{{ID}}">修正する<span class="unseen">：{{LINKED}}</span></a></dd></div>{{/ANSWER}}
{{#FOUND}}<div class="found"><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd><dd class="help">自動入力</dd></div>{{/FOUND}}
{{#MASKED}}<div{{#LINK}} id="{{ID}}"{{/LINK}}><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd><dd><form method="post" action="/register/confirm#password"><input type="hidden" name="show" value="password"><button class="plain">表示<span class="unseen">：{{LABEL}}</span></button></form>{{#LINK}} <a href="/register#{{ID}}">修正する<span class="unseen">：{{LINKED}}</span></a>{{/LINK}}</dd></div>{{/MASKED}}
{{#SHOWN}}<div{{#LINK}} id="{{ID}}"{{/LINK}}><dt>{{LABEL}}</dt><dd><code>{{VALUE}}</code></dd><dd><a href="/register/confirm">隠す<span class="unseen">：{{LABEL}}</span></a>{{#LINK}} <a href="/register#{{ID}}">修正する<span class="unseen">：{{LINKED}}</span></a>{{/LINK}}</dd></div>{{/SHOWN}}
{{#CONSENT}}<div><dt>利用規約・プライバシーポリシー</dt><dd>利用規約に同意します。</dd><dd><a href="/terms" target="_blank">利用規約<span class="unseen">（新しいタブで開く）</span></a></dd></div>{{/CONSENT}}
{{/ROW}}
</dl>
<p class="note">「OK」を押すと、<strong>{{EMAIL}}</strong> あてに、ユーザー登録の有効化用リンクをお送りします。メールアドレスに誤りがないか、もう一度ご確認ください。</p>
<div class="actions">
<form method="post" action="/register/complete"><input type="hidden" name="draft" value="{{DRAFT}}">{{#HIDDEN}}<input type="hidden" name="{{NAME}}" value="{{VALUE}}">{{/HIDDEN}}<button>OK</button></form>
<a class="button second" href="/register">修正する</a>
</div>
