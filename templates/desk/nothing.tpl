{{%AUTOESCAPE context="HTML"}}{{>BOX}}
{{#DONE}}<p class="note good done" role="status">{{WORDS}}</p>{{/DONE}}
<h1>見つかりませんでした</h1>
<p class="lead">「{{KIND}}」として探しましたが、記録がありません。</p>
<h2>次にうかがうこと</h2>
<p class="lead">{{ASK}}</p>
{{>HELD_ROWS}}
