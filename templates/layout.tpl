{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="description" content="施術所の方が、オンライン資格確認の導入に向けてユーザー登録やご案内の確認を行うポータルサイトです。">
<title>{{#TITLE_ERROR}}エラー：{{/TITLE_ERROR}}{{TITLE}}｜{{PORTAL_NAME}}</title>
<link rel="icon" href="{{ASSETS}}/icons/portal.svg" type="image/svg+xml">
{{#SERVED}}<style>{{FIRST_STYLE}}</style>
<script type="module" src="{{ASSETS}}/portal.js"></script>{{/SERVED}}{{#FROM_DISK}}<link rel="stylesheet" href="{{ASSETS}}/first.css">{{/FROM_DISK}}
</head>
<body>
<a class="skip" href="#main">本文へ移動</a>
<header class="top">
<div class="bar">
<p class="site"><a href="/"><svg class="mark" width="32" height="32" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="6"/><path d="M6 15 16 7l10 8v11H6zM16 15.5v7M12.5 19h7"/></svg>{{PORTAL_NAME}}</a></p>
<nav aria-label="メニュー"><a href="/news">お知らせ</a><a href="/faq">よくある質問</a>
{{! The script takes what is within <template> where somebody is signed in: signed_in.js. }}
{{#ANYBODY}}<a class="login" href="/login">ログイン</a><template>{{/ANYBODY}}<a href="/account">マイページ</a><form method="post" action="/logout"><button class="login">ログアウト</button></form>{{#ANYBODY}}</template>{{/ANYBODY}}
</nav>
</div>
</header>
<main id="main" tabindex="-1">
{{>CONTENT}}
</main>
{{! It would hold up the first paint in the head. Here it is asked for as early, and only the footer waits for it. }}
<link rel="stylesheet" href="{{ASSETS}}/portal.css">
<footer class="foot">
<div class="cols">
<section aria-labelledby="foot-contact">
<h2 id="foot-contact">お問い合わせ先</h2>
<p>{{CALL_CENTRE}}<br><a class="tel" href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>（{{TELEPHONE_COST}}）</p>
<p>{{WEEKDAYS}}（{{HOLIDAYS}}）{{WEEKDAY_HOURS}}<br>{{SATURDAYS}}（{{HOLIDAYS}}）{{SATURDAY_HOURS}}</p>
<p>メールアドレス：<a href="mailto:{{CONTACT_EMAIL}}">{{CONTACT_EMAIL}}</a></p>
</section>
<nav aria-labelledby="foot-links">
<h2 id="foot-links">各種リンク</h2>
<ul>
<li><a href="/privacy">プライバシーポリシー</a></li>
<li><a href="/terms">ポータルサイト利用規約</a></li>
<li><a href="/links">関連サイトへのリンク</a></li>
<li><a href="/links#vendors">システムベンダ・事業者向けお問い合わせ先「{{VENDOR_DESK}}」</a></li>
</ul>
</nav>
</div>
<div class="owner">
<p>{{OPERATOR}}（{{OPERATOR_DEPARTMENT}}）<br>{{PARTNER}}（{{PARTNER_DEPARTMENT}}）</p>
<p lang="en">Copyright © {{COPYRIGHT_HOLDER}}. All Rights Reserved.</p>
</div>
</footer>
</body>
</html>
