{{%AUTOESCAPE context="HTML"}}{{#EMPTY}}
<p><strong>{{CAPTION}}</strong>：この期間の記録はありません。</p>
{{/EMPTY}}
{{#FULL}}
<div class="table{{#TALL}} tall{{/TALL}}" role="region" aria-label="{{CAPTION}}の表" tabindex="0">
<table>
<caption>{{CAPTION}}</caption>
<thead>
<tr>{{#HEADING}}<th scope="col">{{TEXT}}</th>{{/HEADING}}{{#BARS}}<td></td>{{/BARS}}</tr>
</thead>
<tbody>
{{#ROW}}
<tr><th scope="row">{{LABEL}}</th>{{#CELL}}<td>{{TEXT}}</td>{{/CELL}}{{#BAR}}<td class="share"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar" width="{{WIDTH}}" height="10"/></svg></td>{{/BAR}}</tr>
{{/ROW}}
</tbody>
</table>
</div>
{{/FULL}}
