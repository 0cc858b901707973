{{%AUTOESCAPE context="HTML"}}<nav aria-label="現在位置"><ol class="crumbs"><li><a href="/">トップページ</a></li><li aria-current="page">お問い合わせ先</li></ol></nav>
<h1>お問い合わせ先</h1>
<p class="lead">お問い合わせの前に、<a href="/faq">よくある質問</a>もご覧ください。</p>
<h2>{{CALL_CENTRE}}</h2>
<dl class="answers">
<div><dt>電話</dt><dd><a class="tel" href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>（{{TELEPHONE_COST}}）</dd></div>
<div><dt>受付時間</dt><dd>{{WEEKDAYS}}　{{WEEKDAY_HOURS}}<br>{{SATURDAYS}}　{{SATURDAY_HOURS}}<br>（いずれも{{HOLIDAYS}}）</dd></div>
<div><dt>メールアドレス</dt><dd><a href="mailto:{{CONTACT_EMAIL}}">{{CONTACT_EMAIL}}</a></dd></div>
</dl>
<h2>お手元にご用意いただくもの</h2>
<ul class="list">
<li>施術所名と登録記号番号（受領委任通知書に記載されています）</li>
<li>登録に使ったメールアドレス</li>
<li>画面に表示されたメッセージと「お問い合わせ番号」（表示されている場合）</li>
</ul>
<p class="note">パスワードをお尋ねすることはありません。パスワードを電話やメールでお知らせにならないでください。</p>
<h2>内容ごとのご案内</h2>
<dl class="causes">
<dt>登録記号番号が一覧にないと表示される</dt>
<dd>新規に開設した施術所は、登録できるまで最大1か月程度かかる場合があります。1か月を過ぎても登録できないときは、コールセンターへご連絡ください。</dd>
<dt>登録した覚えがないのに、登録済みと表示される</dt>
<dd>施術所のほかの方が登録されている場合があります。お心当たりがないときは、コールセンターへご連絡ください。</dd>
<dt>身に覚えのないメールが届いた</dt>
<dd>「有効化用リンク」を押さなければ、登録は完了しません。メールで案内している停止のページでは、お申し込みの取り消しとメールの停止ができます。ご不安なときは、コールセンターへご連絡ください。</dd>
<dt>受領委任の届出について</dt>
<dd>届け出の内容や通知書の再発行は、管轄の地方厚生（支）局へお問い合わせください。</dd>
<dt>システムベンダ・事業者の方</dt>
<dd>「{{VENDOR_DESK}}」をご利用ください。<a href="/links#vendors">関連サイトへのリンク</a>でご案内しています。</dd>
</dl>
