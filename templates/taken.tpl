{{%AUTOESCAPE context="HTML"}}<h1>この施術所はすでに登録されています</h1>
<p class="lead">入力された登録記号番号の施術所には、すでにアカウントがあります。ひとつの施術所で登録できるアカウントは、ひとつです。</p>
<h2>次にすること</h2>
<ul class="list">
<li>アカウントをお持ちの方は、<a href="/login">ログイン</a>してください。</li>
<li>登録記号番号をまちがえたときは、<a href="/register">入力内容を修正</a>してください。</li>
<li>登録した覚えがないときや、担当の方が代わったときは、お問い合わせ先へご連絡ください。</li>
</ul>
<h2>お問い合わせ先</h2>
<p>{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}。{{OPENING_HOURS}}）</p>
