{{%AUTOESCAPE context="HTML"}}<div class="drawn">
<figure>
<svg viewBox="0 0 480 242" role="img" aria-labelledby="{{ID}}-title {{ID}}-desc">
<title id="{{ID}}-title">{{TITLE}}</title>
<desc id="{{ID}}-desc">{{DESCRIPTION}}</desc>
{{#GRID}}
<path class="grid" d="M56 {{Y}}H468"/><text class="value" x="50" y="{{Y}}" dy="4">{{LABEL}}</text>
{{/GRID}}
{{#BAR}}
<rect class="bar" x="{{X}}" y="{{Y}}" width="{{WIDTH}}" height="{{HEIGHT}}"><title>{{TIP}}</title></rect>
{{/BAR}}
<polyline class="line" points="{{POINTS}}"/>
{{#POINT}}
<circle class="point" cx="{{X}}" cy="{{Y}}" r="2.5"/>
{{/POINT}}
{{#LABEL}}
<text class="label" x="{{X}}" y="232">{{TEXT}}</text>
{{/LABEL}}
</svg>
<figcaption>
<p class="legend"><svg viewBox="0 0 24 12" aria-hidden="true"><rect class="bar" x="4" width="16" height="12"/></svg>{{BARS}}</p>
<p class="legend"><svg viewBox="0 0 24 12" aria-hidden="true"><path class="line" d="M0 6H24"/><circle class="point" cx="12" cy="6" r="3"/></svg>{{LINE}}</p>
<p>{{DESCRIPTION}}</p>
</figcaption>
</figure>
{{>TABLE}}
</div>
