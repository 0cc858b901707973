{{%AUTOESCAPE context="HTML"}}<nav aria-label="現在位置"><ol class="crumbs"><li><a href="/">トップページ</a></li><li aria-current="page">関連サイトへのリンク</li></ol></nav>
<h1>関連サイトへのリンク</h1>
<p>リンク先はいずれも外部のサイトです。内容については、それぞれのサイトの運営者へお問い合わせください。</p>
<h2>制度とオンライン資格確認</h2>
<ul class="links">
<li><a href="https://www.mhlw.go.jp/">厚生労働省</a>：療養費やオンライン資格確認の制度</li>
<li><a href="https://www.digital.go.jp/">デジタル庁</a>：マイナンバーカードの仕組み</li>
<li><a href="https://myna.go.jp/">マイナポータル</a>：マイナンバーカードの健康保険証としての利用登録</li>
<li><a href="https://www.kojinbango-card.go.jp/">マイナンバーカード総合サイト</a>：カードの申請と暗証番号</li>
</ul>
<h2>運営</h2>
<ul class="links">
<li><a href="{{OPERATOR_SITE}}">{{OPERATOR}}</a></li>
<li><a href="{{PARTNER_SITE}}">{{PARTNER}}</a></li>
</ul>
<h2 id="vendors">システムベンダ・事業者の方</h2>
<p>施術所向けのシステムや機器を扱う事業者の方のお問い合わせは、「{{VENDOR_DESK}}」（オンライン資格確認・オンライン請求ネットワーク関連のサポートサイト）で承っています。ご利用には、事業者としての登録が必要です。登録の方法は、<a href="/contact">お問い合わせ先</a>のコールセンターでご案内します。</p>
