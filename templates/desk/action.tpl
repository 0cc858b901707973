{{%AUTOESCAPE context="HTML"}}<h1>{{HEADING}}</h1>
{{>SUMMARY}}
<p class="lead">{{WHAT}}</p>
<dl class="answers">{{#ROW}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>{{/ROW}}</dl>
<form method="post" action="/desk/action?search={{SEARCH:url_query_escape}}&amp;do={{CODE:url_query_escape}}" novalidate>
<input type="hidden" name="record" value="{{RECORD}}">
<input type="hidden" name="once" value="{{ONCE}}">
{{#READ_OUT}}<section class="note" aria-labelledby="read-out">
<h2 id="read-out">読み上げて確かめてください</h2>
<p class="read-out">{{EMAIL}}</p>
</section>
<input type="hidden" name="email" value="{{EMAIL}}">
<input type="hidden" name="reason" value="{{REASON}}">{{/READ_OUT}}
{{>FIELD}}
<div class="actions">
{{#TO_CHECK}}<input type="hidden" name="step" value="check"><button>確認へ進む</button>{{/TO_CHECK}}
{{#TO_DO}}<input type="hidden" name="step" value="do"><button>実行する</button>{{/TO_DO}}
{{#BACK}}<a class="button second" href="/desk/found?search={{SEARCH:url_query_escape}}">やめる</a>{{/BACK}}
</div>
</form>
