{{%AUTOESCAPE context="HTML"}}{{! BODY is the one value that is not escaped: it is HTML that cmark made in its safe mode out of a
file in templates/news, without the raw HTML and script links the file may hold (pages/news.cpp). }}<nav aria-label="現在位置"><ol class="crumbs"><li><a href="/">トップページ</a></li><li><a href="/news">お知らせ</a></li></ol></nav>
<article>
<h1>{{TITLE}}</h1>
<p><time datetime="{{DATE}}">{{DATE_TEXT}}</time></p>
{{BODY:none}}
</article>
<p><a class="more" href="/news">お知らせの一覧へ</a></p>
