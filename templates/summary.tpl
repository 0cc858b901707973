{{%AUTOESCAPE context="HTML"}}{{! What is wrong, at the top of a page; its errors link to their fields. }}
<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>{{HEADING}}</h2>
{{#ERRORS}}<ul>{{#ERROR}}<li{{#PROBLEM}} data-problem="{{PROBLEM}}"{{/PROBLEM}}><a href="#{{FIELD}}">{{MESSAGE}}</a></li>{{/ERROR}}</ul>{{/ERRORS}}
{{#TEXT}}<p>{{TEXT}}</p>{{/TEXT}}
</div>
