{{%AUTOESCAPE context="HTML"}}<ol class="steps" aria-label="登録の流れ"><li>入力</li><li>確認</li><li>メール送信</li><li aria-current="step">登録完了</li></ol>
<h1>ユーザー登録完了</h1>
<p class="lead">ユーザー登録が完了いたしました。<br>ログインにつきましては、画面右上の「ログイン」ボタンをクリックください。</p>
<div class="actions"><a class="button" href="/login">ログイン</a><a class="button second" href="/preparation">導入準備を見る</a></div>
