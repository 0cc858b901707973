{{%AUTOESCAPE context="HTML"}}<ol class="steps" aria-label="登録の流れ"><li class="done">入力<span class="unseen">（済み）</span></li><li class="done">確認<span class="unseen">（済み）</span></li><li class="done">メール送信<span class="unseen">（済み）</span></li><li class="done" aria-current="step">登録完了<span class="unseen">（済み）</span></li></ol>
<div class="success">
<svg width="64" height="64" viewBox="0 0 64 64" aria-hidden="true"><circle cx="32" cy="32" r="30"/><path d="m19 33 9 9 17-19"/></svg>
<h1>ユーザー登録完了</h1>
<p class="lead">ユーザー登録が完了いたしました。<br>ログインにつきましては、画面右上の「ログイン」ボタンをクリックください。</p>
<div class="actions"><a class="button" href="/login">ログイン</a><a class="button second" href="/preparation">導入準備を見る</a></div>
</div>
