{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no">
<title>ユーザー登録の状況：{{SINCE}}から{{UNTIL}}まで</title>
<style>
:root {
  color-scheme: light dark;
  --text: #1a1a1a;
  --muted: #4d4d4d;
  --back: #fff;
  --soft: #f2f2f2;
  --line: #ccc;
  --edge: #666;
  --bar: #9db7f9;
  --stage: #00118f;
  --key: #00118f;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --text: #f2f2f2;
    --muted: #ccc;
    --back: #1a1a1a;
    --soft: #333;
    --line: #555;
    --edge: #999;
    --bar: #3f5fc0;
    --stage: #9db7f9;
    --key: #ffe380;
  }
}
* {
  box-sizing: border-box;
}
body {
  max-width: 72rem;
  margin: 0 auto;
  padding: 1.5rem 1rem 4rem;
  background: var(--back);
  color: var(--text);
  font: 1rem/1.7 "Hiragino Sans", "Hiragino Kaku Gothic ProN", "BIZ UDPGothic", "Yu Gothic UI", Meiryo,
    "Noto Sans JP", "Noto Sans CJK JP", sans-serif;
  overflow-wrap: anywhere;
  line-break: strict;
}
h1,
h2 {
  line-height: 1.4;
  word-break: auto-phrase;
}
h1 {
  margin: 0 0 .5rem;
  font-size: 1.75rem;
}
h2 {
  margin: 3rem 0 1rem;
  padding-bottom: .25rem;
  border-bottom: 2px solid var(--key);
  font-size: 1.375rem;
}
p,
ul,
figure {
  margin: 0 0 1rem;
}
.muted,
figcaption {
  color: var(--muted);
}
.tiles {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(14rem, 45%), 1fr));
  gap: .75rem;
  margin: 1.5rem 0;
}
.tiles > div {
  padding: .75rem 1rem;
  border: 1px solid var(--line);
  border-radius: .5rem;
}
.tiles dt {
  font-size: .875rem;
  line-height: 1.5;
}
.tiles dd {
  margin: 0;
  color: var(--muted);
  font-size: .875rem;
}
.tiles dd:first-of-type {
  color: var(--text);
  font-size: 1.625rem;
  font-weight: bold;
  line-height: 1.4;
  font-variant-numeric: tabular-nums;
}
.findings {
  padding: 1rem 1rem 1rem 2.25rem;
  border-radius: .5rem;
  background: var(--soft);
}
.drawn,
.pair {
  display: grid;
  grid-template-columns: minmax(0, 5fr) minmax(0, 4fr);
  gap: 1rem 2rem;
  align-items: start;
  margin-bottom: 1.5rem;
}
.table {
  overflow: auto;
  margin-bottom: 1.5rem;
}
.drawn > .table,
.pair .table {
  margin-bottom: 0;
}
.table:focus-visible {
  outline: 3px solid var(--edge);
  outline-offset: 2px;
}
.tall {
  max-height: 22rem;
}
table {
  width: 100%;
  border-collapse: collapse;
  font-size: .875rem;
  line-height: 1.5;
}
caption {
  padding-bottom: .5rem;
  font-weight: bold;
  text-align: start;
}
th,
td {
  padding: .375rem .5rem;
  border-bottom: 1px solid var(--line);
  text-align: end;
  vertical-align: top;
  font-variant-numeric: tabular-nums;
}
th:first-child {
  padding-left: 0;
  text-align: start;
}
td,
thead th {
  white-space: nowrap;
}
tbody th {
  min-width: 5em;
  font-weight: normal;
}
thead th,
thead td {
  position: sticky;
  top: 0;
  background: var(--back);
  border-bottom: 2px solid var(--edge);
  vertical-align: bottom;
}
.share {
  width: 30%;
}
.share svg {
  display: block;
  width: 100%;
  height: .75rem;
  margin-top: .25rem;
  border-left: 1px solid var(--edge);
}
.pair .share {
  width: 22%;
}
.share,
.pair .share {
  min-width: 3rem;
}
.words :nth-child(-n + 3) {
  text-align: start;
}
.words tbody th {
  white-space: nowrap;
}
.words td:nth-child(3) {
  min-width: 10em;
  white-space: normal;
}
figure svg {
  display: block;
  width: 100%;
  height: auto;
}
text {
  fill: var(--text);
  font-size: 13px;
}
.value,
.count {
  text-anchor: end;
}
.label {
  text-anchor: middle;
}
.count {
  font-weight: bold;
}
.grid {
  stroke: var(--line);
}
.bar {
  fill: var(--bar);
}
.line {
  fill: none;
  stroke: var(--key);
  stroke-width: 2;
}
.point {
  fill: var(--key);
}
.stage {
  fill: var(--stage);
}
.lost {
  fill: none;
  stroke: var(--edge);
  stroke-dasharray: 4 3;
}
figcaption {
  font-size: .875rem;
}
figcaption p {
  margin: .5rem 0 0;
}
.legend {
  display: inline-flex;
  align-items: center;
  gap: .5rem;
  margin-right: 1.5rem;
}
.legend svg {
  width: 1.5rem;
  height: .75rem;
}
@media screen and (max-width: 48rem) {
  .drawn,
  .pair {
    grid-template-columns: minmax(0, 1fr);
  }
  text {
    font-size: 18px;
  }
}
@media print {
  @page {
    size: A4;
    margin: 14mm;
  }
  body {
    max-width: none;
    padding: 0;
    font-size: 9pt;
    line-height: 1.5;
  }
  h2 {
    margin-top: 1.5rem;
  }
  h2,
  h2 + p {
    break-after: avoid;
  }
  .tall {
    max-height: none;
  }
  .tiles > div,
  .drawn,
  .pair,
  tr {
    break-inside: avoid;
  }
  .tiles {
    grid-template-columns: repeat(4, 1fr);
  }
  .findings {
    border: 1px solid var(--edge);
  }
  table,
  figcaption {
    font-size: 8pt;
  }
  th,
  td {
    padding: .3mm 1.5mm;
  }
  thead th,
  thead td {
    position: static;
  }
  svg,
  .findings {
    print-color-adjust: exact;
  }
}
</style>
</head>
<body>
<header>
<h1>ユーザー登録の状況</h1>
<p>{{SINCE}}から{{UNTIL}}まで<br><span class="muted">{{PORTAL_NAME}}。{{MADE_AT}}に作成。時刻は日本時間です。個人を特定する情報は含みません。</span></p>
</header>
<main>
<dl class="tiles">
{{#TILE}}
<div><dt>{{NAME}}</dt><dd>{{VALUE}}</dd><dd>{{MORE}}</dd></div>
{{/TILE}}
</dl>
<ul class="findings">
{{#FINDING}}
<li>{{TEXT}}</li>
{{/FINDING}}
{{#EVENTS_PURGED}}
<li>入力画面とリンクの記録は{{SINCE}}より前を保存していません。「登録までの段階」と「入力の誤り」は、それ以後だけの数です。</li>
{{/EVENTS_PURGED}}
{{#MAILS_PURGED}}
<li>メールの記録は{{SINCE}}より前を保存していません。「メール」は、それ以後だけの数です。</li>
{{/MAILS_PURGED}}
</ul>

<section aria-labelledby="part-funnel">
<h2 id="part-funnel">登録までの段階</h2>
{{>FUNNEL}}
<p class="muted">同じ施術所（登録記号番号）が何度試しても、1と数えます。誤りのあった送信は、メールアドレス（なければ登録記号番号、電話番号）が同じなら同じ施術所とみなし、どれも正しくなければ、そのつど1と数えます。空の入力画面が開かれた回数は、ウェブサーバーがまとめて答えるため、記録にありません。直近1時間の申請は、まだ途中かもしれません。リンクは、メールを検査する機器が開くこともあります。</p>
</section>

<section aria-labelledby="part-days">
<h2 id="part-days">申請と登録の完了</h2>
{{>DAYS}}
{{>HOURS}}
<p class="muted">申請は確認画面でOKが押された数、登録の完了はリンクで有効化された数です。期間の最初と最後の日は、途中からまたは途中までのことがあります。</p>
</section>

<section aria-labelledby="part-errors">
<h2 id="part-errors">入力の誤り</h2>
<p>誤りのあった送信は{{REFUSED_FORMS}}回です。ひとつの送信に複数の誤りがあれば、それぞれに数えます。</p>
<div class="pair">
{{>FIELDS}}
{{>CODES}}
</div>
</section>

<section aria-labelledby="part-mails">
<h2 id="part-mails">メール</h2>
<p>{{#DELIVERED}}この期間に申し込まれて中継サーバーが受け取ったメールは{{MAILS}}通です。受け取るまでの時間は、半数が{{MEDIAN}}以内、95%が{{P95}}以内、99%が{{P99}}以内、最も長いもので{{LONGEST}}でした。{{/DELIVERED}}{{QUEUED}}</p>
<div class="pair">
{{>DELAYS}}
<div class="words">
{{>TROUBLES}}
</div>
</div>
{{>MAIL_STATES}}
</section>

<section aria-labelledby="part-clinics">
<h2 id="part-clinics">施術所の種類と都道府県</h2>
{{>KINDS}}
{{>PREFECTURES}}
<p class="muted">一覧は、いま登録できる施術所です。都道府県は登録記号番号の最初の2桁によります。「この期間」は、この期間に登録が完了した施術所の数です。あはきは、あん摩マッサージ指圧・はり・きゅうの略です。</p>
</section>

<section aria-labelledby="part-waiting">
<h2 id="part-waiting">一覧への掲載を待つ人</h2>
<p>{{WAITING}}この期間に{{WAITING_ASKED}}人が申し込み、{{WAITING_TOLD}}人に知らせました。</p>
</section>

<section aria-labelledby="part-logins">
<h2 id="part-logins">ログイン</h2>
<p>アカウントは{{ACCOUNTS}}あり、そのうち{{NEVER_LOGGED_IN}}はまだログインしていません。</p>
{{>LOGINS}}
{{>LOGIN_REFUSALS}}
</section>
</main>
</body>
</html>
