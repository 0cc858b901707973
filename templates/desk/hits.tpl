{{%AUTOESCAPE context="HTML"}}{{>BOX}}
{{#DONE}}<p class="note good done" role="status">{{WORDS}}</p>{{/DONE}}
<h1>{{COUNT}}件{{#MORE}}以上{{/MORE}}見つかりました</h1>
{{#MORE}}<p class="note">ほかにもあります。メールアドレスや登録記号番号で、絞りこんでください。</p>{{/MORE}}
<p>どの方か、お話と照らし合わせて選んでください。</p>
<form method="post" action="/desk/found?search={{SEARCH:url_query_escape}}">
<table class="hits">
<thead><tr><th scope="col">種類</th><th scope="col">施術所</th><th scope="col">姓名・メールアドレス</th><th scope="col">日時</th><th scope="col">選ぶ</th></tr></thead>
<tbody>
{{#HIT}}<tr>
<td data-column="種類">{{KIND}}</td>
<td data-column="施術所">{{CLINIC}}<br>{{NUMBER}}</td>
<td data-column="姓名・メールアドレス">{{#WHO}}{{PERSON}}<br>{{ADDRESS}}{{/WHO}}</td>
<td data-column="日時">{{AT}}</td>
<td><button name="hit" value="{{ID}}">見る<span class="unseen">：{{CLINIC}} {{NUMBER}} {{KIND}}</span></button></td>
</tr>{{/HIT}}
</tbody>
</table>
</form>
