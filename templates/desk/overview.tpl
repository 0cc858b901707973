{{%AUTOESCAPE context="HTML"}}{{>BOX}}
<h1>概況</h1>
{{#DONE}}<p class="note good done" role="status">{{WORDS}}</p>{{/DONE}}
{{>TODAY}}
<section aria-labelledby="period">
<h2 id="period">期間の集計</h2>
{{#WRONG_PERIOD}}<p class="note" role="status">期間を読み取れませんでした。「から」は「まで」と同じ日か、それより前の日を選んでください。</p>{{/WRONG_PERIOD}}
<form method="get" action="/desk/overview" class="period">
<div class="field"><label for="since">から</label><input type="date" id="since" name="since" value="{{SINCE}}"></div>
<div class="field"><label for="until">まで</label><input type="date" id="until" name="until" value="{{UNTIL}}"></div>
<button class="second">集計する</button>
</form>
<p><a class="button second small" href="/desk/report?since={{SINCE:url_query_escape}}&amp;until={{UNTIL:url_query_escape}}">この期間のくわしい報告（図つき）</a></p>
<h3>日ごと</h3>
<table class="figures">
<thead><tr><th scope="col">日</th><th scope="col">申請（OK）</th><th scope="col">登録完了</th><th scope="col">ログイン</th><th scope="col">ログインできなかった回数</th></tr></thead>
<tbody>{{#DAY}}<tr><th scope="row">{{DATE}}</th><td data-column="申請（OK）">{{COUNT_1}}</td><td data-column="登録完了">{{COUNT_2}}</td><td data-column="ログイン">{{COUNT_3}}</td><td data-column="ログインできなかった回数">{{COUNT_4}}</td></tr>{{/DAY}}
<tr><th scope="row">合計</th><td data-column="申請（OK）">{{SUM_1}}</td><td data-column="登録完了">{{SUM_2}}</td><td data-column="ログイン">{{SUM_3}}</td><td data-column="ログインできなかった回数">{{SUM_4}}</td></tr></tbody>
</table>
<h3>どこまで進んだか</h3>
<table class="figures">
<tbody>{{#STAGE}}<tr><th scope="row">{{LABEL}}</th><td>{{COUNT}}</td></tr>{{/STAGE}}</tbody>
</table>
<h3>メール</h3>
{{#NO_MAILS}}<p>この期間のメールはありません。</p>{{/NO_MAILS}}
<table class="figures">
<tbody>{{#MAIL}}<tr><th scope="row">{{KIND}}：{{STATE}}</th><td>{{COUNT}}</td></tr>{{/MAIL}}</tbody>
</table>
</section>
{{>HELD_ROWS}}
