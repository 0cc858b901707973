{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="description" content="施術所の方が、オンライン資格確認の導入に向けてユーザー登録やご案内の確認を行うポータルサイトです。">
<title>{{#TITLE_ERROR}}エラー：{{/TITLE_ERROR}}{{TITLE}}｜施術所等向け総合ポータルサイト</title>
<link rel="icon" href="{{ASSETS}}/icons/portal.svg" type="image/svg+xml">
<link rel="stylesheet" href="{{ASSETS}}/portal.css">
<script type="module" src="{{ASSETS}}/portal.js"></script>
</head>
<body>
<a class="skip" href="#main">本文へ移動</a>
<header class="top">
<div class="bar">
<p class="site"><a href="/">施術所等向け総合ポータルサイト</a></p>
<nav aria-label="メニュー"><a href="/news">お知らせ</a> <a href="/faq">よくある質問</a> <a class="login" href="/login">ログイン</a></nav>
</div>
</header>
<main id="main" tabindex="-1">
{{>CONTENT}}
</main>
<footer class="foot">
<div class="cols">
<section aria-labelledby="foot-contact">
<h2 id="foot-contact">お問い合わせ先</h2>
<p>オンライン資格確認等コールセンター<br><a class="tel" href="tel:0800-080-4583">0800-080-4583</a>（通話料無料）</p>
<p>月曜日～金曜日（祝日を除く）8：00～18：00<br>土曜日（祝日を除く）8：00～16：00</p>
<p>メールアドレス：<a href="mailto:contact@iryohokenjyoho-portalsite.jp">contact@iryohokenjyoho-portalsite.jp</a></p>
</section>
<nav aria-labelledby="foot-links">
<h2 id="foot-links">各種リンク</h2>
<ul>
<li><a href="/privacy">プライバシーポリシー</a></li>
<li><a href="/terms">ポータルサイト利用規約</a></li>
<li><a href="/links">関連サイトへのリンク</a></li>
<li><a href="/links#vendors">システムベンダ・事業者向けお問い合わせ先「医療機関等ONS」</a></li>
</ul>
</nav>
</div>
<div class="owner">
<p>社会保険診療報酬支払基金（情報化企画部・情報化支援部）<br>国民健康保険中央会（番号制度対策本部）</p>
<p lang="en">Copyright © Health Insurance Claims Review &amp; Reimbursement services. All Rights Reserved.</p>
</div>
</footer>
</body>
</html>
