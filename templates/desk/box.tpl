{{%AUTOESCAPE context="HTML"}}{{! The search field of every page of the desk, and who is using it. }}
<search class="box">
<form method="post" action="/desk/" novalidate>
<input type="hidden" name="once" value="{{ONCE}}">
{{>SEARCH_FIELD}}
<button>検索</button>
</form>
<p class="who">{{NAME}} さん（{{ROLE}}）</p>
</search>
