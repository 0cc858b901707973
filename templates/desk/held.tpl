{{%AUTOESCAPE context="HTML"}}{{! Rows of imported files that could not be used. }}
<h3>取り込めずに保留されている行</h3>
{{#HELD}}<div class="record">
<p><strong>{{NUMBER}}　{{NAME}}</strong><br>{{REASON}}（{{FILE}} {{LINE}}行目）</p>
{{#FIX}}<p><a class="button second small" href="/desk/action?search={{SEARCH:url_query_escape}}&amp;do=fix&amp;record={{RECORD:url_query_escape}}">一覧に載せる</a></p>{{/FIX}}
</div>{{/HELD}}
