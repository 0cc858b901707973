{{%AUTOESCAPE context="HTML"}}<nav aria-label="現在位置"><ol class="crumbs"><li><a href="/">トップページ</a></li><li aria-current="page">お知らせ</li></ol></nav>
<h1>お知らせ</h1>
<ul class="news">
{{#NEWS}}
<li><time datetime="{{DATE}}">{{DATE_TEXT}}</time><a href="/news/{{ID}}">{{TITLE}}</a></li>
{{/NEWS}}
</ul>
