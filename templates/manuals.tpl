{{%AUTOESCAPE context="HTML"}}<nav aria-label="現在位置"><ol class="crumbs"><li><a href="/">トップページ</a></li><li aria-current="page">手順書・マニュアル</li></ol></nav>
<h1>手順書・マニュアル</h1>
<p class="lead">ユーザー登録の手順を、実際の画面でご案内します。お手元に受領委任通知書とメールを受信できる端末をご用意ください。</p>
<nav aria-label="このページの内容"><ol class="contents">
<li><a href="#step1">「新規ユーザー登録はこちら」を押す</a></li>
<li><a href="#step2">氏名を入力し、所属機関を選ぶ</a></li>
<li><a href="#step3">施術所情報を入力する</a></li>
<li><a href="#step4">確認画面で「OK」を押す</a></li>
<li><a href="#step5">申請完了画面でお送りした先を確かめる</a></li>
<li><a href="#step6">メールの有効化用リンクを押す</a></li>
<li><a href="#step7">登録完了画面からログインする</a></li>
</ol></nav>
<h2 id="step1">1. 「新規ユーザー登録はこちら」を押す</h2>
<p>ポータルサイトの<a href="/">トップページ</a>で、「新規ユーザー登録はこちら」を押します。</p>
<figure class="screen"><img src="{{ASSETS}}/manual/1-top.webp" width="800" height="562" alt="" loading="lazy"><figcaption>トップページ。左の青い部分が「新規ユーザー登録はこちら」です。</figcaption></figure>
<h2 id="step2">2. 氏名を入力し、所属機関を選ぶ</h2>
<p>登録される方の「姓」「名」を入力し、「所属機関」を選択します。所属機関によって、続く入力項目が異なります。</p>
<figure class="screen"><img src="{{ASSETS}}/manual/2-names.webp" width="800" height="444" alt="" loading="lazy"><figcaption>所属機関を選ぶと、その下に施術所情報の入力欄が表示されます。</figcaption></figure>
<h2 id="step3">3. 施術所情報を入力する</h2>
<p>受領委任通知書の「登録記号番号」を見ながら入力します。番号を分けて入力する欄には、番号のどの部分かを示す絵があります。</p>
<table>
<caption>登録記号番号の分け方</caption>
<thead><tr><th scope="col">所属機関</th><th scope="col">番号の例と入力項目</th></tr></thead>
<tbody>
<tr><th scope="row">施術所（柔道整復）</th><td><strong>契0123456-7-8</strong><br>①「契」<br>②「0123456」(※柔整師番号)<br>③「7」<br>④「8」</td></tr>
<tr><th scope="row">施術所（あん摩マッサージ指圧・はり・きゅう）</th><td><strong>01234567-8-9</strong><br>①「01234567」(※施術管理者番号)<br>②「8」<br>③「9」</td></tr>
</tbody>
</table>
<figure class="screen"><img src="{{ASSETS}}/manual/3-number.webp" width="560" height="1104" alt="" loading="lazy"><figcaption>番号をすべて入力すると、登録記号番号と施術所名が自動で表示されます。ご自身の施術所かどうかをご確認ください。</figcaption></figure>
<p>続けて、電話番号（ハイフン無し）、メールアドレス、パスワードを入力します。パスワードは、大文字・小文字・数字をそれぞれ1文字以上含む、8文字以上100文字以内のものにしてください。</p>
<p>利用規約とプライバシーポリシーを確認し、「上記の利用規約に同意します。」にチェックを入れて、画面右上（スマートフォンでは画面のいちばん下）の「登録」を押します。「必須情報」には、まだ入力していない項目が表示されます。</p>
<h2 id="step4">4. 確認画面で「OK」を押す</h2>
<p>入力した内容が表示されます。直すところは「修正する」から入力画面に戻れます。入力した内容は残っています。パスワードは、変えないときは空欄のままでかまいません。</p>
<figure class="screen"><img src="{{ASSETS}}/manual/4-confirm.webp" width="800" height="951" alt="" loading="lazy"><figcaption>確認画面。パスワードは「表示」で確かめられます。</figcaption></figure>
<h2 id="step5">5. 申請完了画面でお送りした先を確かめる</h2>
<p>登録したメールアドレス宛に、有効化用リンクを添付したメールが送信されます。届かないときは、この画面の「メールが届かない場合」をご覧になり、「再送」を押してください。</p>
<figure class="screen"><img src="{{ASSETS}}/manual/5-complete.webp" width="800" height="819" alt="" loading="lazy"><figcaption>申請完了画面。お送りした先のメールアドレスが表示されます。</figcaption></figure>
<h2 id="step6">6. メールの有効化用リンクを押す</h2>
<p>届いたメールの「有効化用リンク」を押して、アカウントを有効化します。登録の手続きをしたものとは別の端末やブラウザで開いたときは、登録のときに決めたパスワードを入力してください。</p>
<p class="note">有効化用リンクは、セキュリティ保護のため、送信されてから1時間を経過すると無効になります。その場合は、もう一度<a href="/register">新規ユーザー登録</a>から手続きを行ってください。</p>
<h2 id="step7">7. 登録完了画面からログインする</h2>
<p>登録完了画面が表示されたら、ユーザー登録は完了です。画面右上の「ログイン」からログインできます。</p>
<figure class="screen"><img src="{{ASSETS}}/manual/7-done.webp" width="800" height="306" alt="" loading="lazy"><figcaption>登録完了画面。</figcaption></figure>
<h2>お困りのとき</h2>
<p>表示されたメッセージの意味と直し方は、<a href="/faq">よくある質問</a>にまとめています。</p>
