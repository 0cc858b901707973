{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="robots" content="noindex">
<title>{{#TITLE_ERROR}}エラー：{{/TITLE_ERROR}}{{TITLE}}｜窓口｜{{PORTAL_SHORT_NAME}}</title>
<link rel="icon" href="{{ASSETS}}/icons/portal.svg" type="image/svg+xml">
<link rel="stylesheet" href="{{ASSETS}}/first.css">
<link rel="stylesheet" href="{{ASSETS}}/portal.css">
<link rel="stylesheet" href="{{ASSETS}}/desk.css">
</head>
<body class="desk">
<a class="skip" href="#main">本文へ移動</a>
<header class="top">
<div class="bar">
<p class="site"><a href="/desk/"><svg class="mark" width="32" height="32" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="6"/><path d="M6 15 16 7l10 8v11H6zM16 15.5v7M12.5 19h7"/></svg>{{PORTAL_SHORT_NAME}}　窓口</a></p>
<nav aria-label="メニュー"><a href="/desk/">検索</a><a href="/desk/overview">概況</a></nav>
</div>
</header>
<main id="main" tabindex="-1">
{{>CONTENT}}
</main>
<footer class="foot">
<div class="owner">
<p>この画面には個人情報があります。ほかの人に見えないようにし、席を離れるときは画面をロックしてください。検索と「表示」は、担当者の名前とともに記録されます。</p>
</div>
</footer>
</body>
</html>
