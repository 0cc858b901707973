{{%AUTOESCAPE context="HTML"}}{{>BOX}}
<h1>操作できませんでした：{{BUTTON}}</h1>
<p class="lead" role="status">{{WORDS}}</p>
<p>変更したものはありません。</p>
{{#BACK}}<div class="actions"><a class="button" href="/desk/found?search={{SEARCH:url_query_escape}}">検索結果へ戻る</a></div>{{/BACK}}
