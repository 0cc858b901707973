{{%AUTOESCAPE context="HTML"}}{{>BOX}}
{{#DONE}}<p class="note good done" role="status">{{WORDS}}</p>{{/DONE}}
<section class="verdict" aria-labelledby="verdict">
<h1 id="verdict">{{HEADLINE}}</h1>
{{#TELL}}<p>{{TEXT}}</p>{{/TELL}}
{{#NEXT}}<p class="next">{{TEXT}}</p>{{/NEXT}}
</section>
{{#ACTIONS}}<section class="can" aria-labelledby="can">
<h2 id="can">できること</h2>
<div class="actions">{{#ACTION}}<a class="button second" href="/desk/action?search={{SEARCH:url_query_escape}}&amp;do={{CODE:url_query_escape}}&amp;record={{RECORD:url_query_escape}}">{{BUTTON}}</a>{{/ACTION}}</div>
{{#ASK_ABOVE}}<p class="help">責任者に依頼できること：{{#ABOVE}}<span class="above">{{BUTTON}}</span>{{/ABOVE}}</p>{{/ASK_ABOVE}}
</section>{{/ACTIONS}}
{{#OTHERS}}<section aria-labelledby="others">
<h2 id="others">同じ方・同じ施術所の、ほかの申請</h2>
{{#OTHER}}<p>【{{ATTEMPT}}件目　{{NUMBER}}】{{TEXT}}</p>{{/OTHER}}
</section>{{/OTHERS}}
<section aria-labelledby="records">
<h2 id="records">登録</h2>
{{#NO_RECORDS}}<p>申請やアカウントは、いまありません。</p>{{/NO_RECORDS}}
{{#RECORD}}<div class="record">
<div class="head"><h3>{{HEADING}}</h3>
{{#MASKED}}<form method="post" action="/desk/show?search={{SEARCH:url_query_escape}}"><input type="hidden" name="record" value="{{ID}}"><button class="second small">表示<span class="unseen">：{{HEADING}}</span></button></form>{{/MASKED}}
{{#SHOWN}}<a class="button second small" href="/desk/found?search={{BEFORE:url_query_escape}}">隠す<span class="unseen">：{{HEADING}}</span></a>{{/SHOWN}}
</div>
<dl class="answers">{{#ROW}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>{{/ROW}}</dl>
</div>{{/RECORD}}
</section>
<section aria-labelledby="mails">
<h2 id="mails">メール</h2>
{{#PAUSED}}<p class="note">ポータルサイトからのメールの送信が、{{SINCE}}から止まっています。直りしだい、自動で送られます。</p>{{/PAUSED}}
{{#NO_MAILS}}<p>メールの記録はありません。</p>{{/NO_MAILS}}
{{#MAIL}}<div class="record">
<h3>{{KIND}}：{{STATE}}</h3>
<p>{{AT}}　{{RECIPIENT}} あて</p>
<ul class="list">{{#ATTEMPT}}<li>{{AT}}　{{TEXT}}</li>{{/ATTEMPT}}</ul>
{{#ACTION}}<p><a class="button second small" href="/desk/action?search={{SEARCH:url_query_escape}}&amp;do={{CODE:url_query_escape}}&amp;record={{RECORD:url_query_escape}}">{{BUTTON}}</a></p>{{/ACTION}}
</div>{{/MAIL}}
</section>
<section aria-labelledby="clinic">
<h2 id="clinic">施術所</h2>
{{#NO_CLINIC}}<p>一覧に載っている施術所は、わかっていません。</p>{{/NO_CLINIC}}
{{#CLINIC}}<dl class="answers">
<div><dt>施術所名</dt><dd>{{NAME}}</dd></div>
<div><dt>登録記号番号</dt><dd>{{NUMBER}}</dd></div>
{{#PLACE}}<div><dt>所在地</dt><dd>{{PLACE}}</dd></div>{{/PLACE}}
{{#DESIGNATED}}<div><dt>指定年月日</dt><dd>{{DESIGNATED}}</dd></div>{{/DESIGNATED}}
<div><dt>一覧での状態</dt><dd>{{#OPEN}}掲載されています{{/OPEN}}{{#CLOSED}}{{CLOSED_AT}}に、一覧からなくなりました{{/CLOSED}}</dd></div>
</dl>
{{#VERSIONS}}<h3>一覧の変更</h3>
<table><thead><tr><th scope="col">版</th><th scope="col">施術所名</th><th scope="col">所在地</th><th scope="col">状態</th></tr></thead>
<tbody>{{#VERSION}}<tr><td data-column="版">{{EDITION}}</td><td data-column="施術所名">{{NAME}}</td><td data-column="所在地">{{PLACE}}</td><td data-column="状態">{{STATE}}</td></tr>{{/VERSION}}</tbody></table>{{/VERSIONS}}{{/CLINIC}}
{{>HELD_ROWS}}
</section>
<section aria-labelledby="timeline">
<h2 id="timeline">できごと（新しい順）</h2>
<p class="help">時刻は、すべて日本時間です。日付のないものは今日です。</p>
{{#NO_ENTRIES}}<p>記録はありません。</p>{{/NO_ENTRIES}}
<ol class="timeline">{{#ENTRY}}<li><span class="time">{{AT}}</span> <span class="what">{{#OF_ATTEMPT}}【{{ATTEMPT}}件目】{{/OF_ATTEMPT}}{{TEXT}}</span></li>{{/ENTRY}}</ol>
</section>
