{{%AUTOESCAPE context="HTML"}}<h1>Cookie（クッキー）を使えないため、先へ進めません</h1>
<p class="lead">お使いのブラウザの設定で、Cookie（クッキー）が使えなくなっています。入力された内容をお預かりできないため、<strong>まだ登録されていません</strong>。</p>
<h2>次にすること</h2>
<ol class="list">
<li>次のいずれかの方法で、Cookieを使えるようにしてください。</li>
<li><a href="/register">登録フォーム</a>を開き直し、もう一度入力してください。</li>
</ol>
<h2>Cookieを使えるようにするには</h2>
<dl class="causes">
<dt>iPhone・iPad（Safari）</dt>
<dd>「設定」の「アプリ」から「Safari」を開き、「詳細」の「すべてのCookieをブロック」をオフにします。</dd>
<dt>Android・パソコン（Chrome）</dt>
<dd>右上の「⋮」から「設定」を開き、「プライバシーとセキュリティ」の「サードパーティCookie」や「サイトの設定」で、Cookieを許可します。</dd>
<dt>パソコン（Edge）</dt>
<dd>右上の「…」から「設定」を開き、「Cookieとサイトのアクセス許可」で、Cookieデータの保存と読み取りを許可します。</dd>
<dt>設定を変えられないとき</dt>
<dd>ほかのブラウザや、ほかの端末で登録してください。メールや SNS のアプリの中で開いているときは、Safari や Chrome などで開き直してください。</dd>
</dl>
<div class="actions"><a class="button" href="/register">登録フォームを開き直す</a></div>
<p>お困りのときは、{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。</p>
