{{%AUTOESCAPE context="HTML"}}<div class="hero">
<h1 class="whole">施術所等向け<wbr>総合<wbr>ポータルサイト</h1>
<p>令和6年秋に健康保険証が廃止され、マイナンバーカードに一体化されます。健康保険証の廃止後はマイナンバーカードを用いて、<strong>オンライン資格確認</strong>（資格情報のみを取得できる簡素な仕組み）により資格確認を行うことができます。</p>
<div class="ways">
<a class="card first" href="/register"><strong>新規ユーザー登録は<wbr>こちら</strong><span>初めてご利用になられる方はこちらから</span></a>
<a class="card login-way" href="/login"><strong>ログインはこちら</strong><span>すでにアカウントをお持ちの方はこちらから</span></a>
</div>
</div>
<section aria-labelledby="important">
<h2 id="important">重要なお知らせ</h2>
<ul class="news">
{{#NEWS}}<li><time datetime="{{DATE}}">{{DATE_TEXT}}</time><a href="/news/{{ID}}">{{TITLE}}</a></li>
{{/NEWS}}
</ul>
<p><a class="more" href="/news">お知らせの一覧</a></p>
</section>
<section aria-labelledby="menu">
<h2 id="menu">ご案内</h2>
<ul class="tiles">
<li><a class="card" href="/about"><img src="{{ASSETS}}/icons/about.svg" width="64" height="64" alt=""><span>オンライン資格確認<wbr>とは？</span></a></li>
<li><a class="card" href="/preparation"><img src="{{ASSETS}}/icons/preparation.svg" width="64" height="64" alt=""><span>導入準備</span></a></li>
<li><div class="card soon"><img src="{{ASSETS}}/icons/applications.svg" width="64" height="64" alt=""><span>各種申請<small>—公開準備中—</small></span></div></li>
<li><a class="card" href="/manuals"><img src="{{ASSETS}}/icons/manuals.svg" width="64" height="64" alt=""><span>手順書・<wbr>マニュアル</span></a></li>
<li><a class="card" href="/news"><img src="{{ASSETS}}/icons/news.svg" width="64" height="64" alt=""><span>お知らせ</span></a></li>
<li><a class="card" href="/faq"><img src="{{ASSETS}}/icons/faq.svg" width="64" height="64" alt=""><span>よくある質問</span></a></li>
<li><a class="card" href="/contact"><img src="{{ASSETS}}/icons/contact.svg" width="64" height="64" alt=""><span>お問い合わせ先</span></a></li>
</ul>
</section>
