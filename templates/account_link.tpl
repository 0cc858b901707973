{{%AUTOESCAPE context="HTML"}}{{#OPEN}}<h1>メールアドレスの変更</h1>
<p class="lead">まだ変更されていません。次の内容でよろしければ、「メールアドレスを変更する」ボタンを押してください。</p>
<dl class="answers">
<div><dt>今のメールアドレス</dt><dd>{{CURRENT_EMAIL}}</dd></div>
<div><dt>新しいメールアドレス</dt><dd>{{NEW_EMAIL}}</dd></div>
</dl>
<form method="post" action="/account?token={{TOKEN:url_query_escape}}">
<button>メールアドレスを変更する</button>
</form>
<p>変更すると、次回から新しいメールアドレスでログインします。変更しないときは、何も押さずにこの画面を閉じてください。</p>
{{/OPEN}}
{{#UNKNOWN}}<h1>リンクを確認できませんでした</h1>
<p class="lead">リンクの一部が欠けているか、別のアカウントのためのリンクです。メールアドレスは変更されていません。</p>
<h2>次にすること</h2>
<ol class="list">
<li>メールの中でリンクが2行に分かれているときは、改行を除いて全体をつなぎ、アドレス欄に貼り付けてください。</li>
<li>変更を申し込んだアカウントでログインしているか、ご確認ください。</li>
</ol>
{{/UNKNOWN}}
{{#ENDED}}<h1>リンクは無効です</h1>
<p class="lead">メールが送信されてから1時間を過ぎたか、すでに使われたリンクです。メールアドレスは変更されていません。</p>
<h2>次にすること</h2>
<p>マイページで、もう一度メールアドレスの変更を申し込んでください。</p>
{{/ENDED}}
{{#TAKEN}}<h1>メールアドレスを変更できません</h1>
<p class="lead">このメールアドレスは、確認までの間に、別のアカウントに登録されました。ひとつのメールアドレスで登録できるアカウントは、ひとつです。</p>
<h2>次にすること</h2>
<p>マイページで、別のメールアドレスへの変更を申し込んでください。</p>
{{/TAKEN}}
<div class="actions"><a class="button second" href="/account">マイページへ</a></div>
<p>お困りのときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
