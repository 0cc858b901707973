{{%AUTOESCAPE context="HTML"}}<div class="drawn">
<figure>
<svg viewBox="0 0 480 {{HEIGHT}}" role="img" aria-labelledby="{{ID}}-title {{ID}}-desc">
<title id="{{ID}}-title">{{TITLE}}</title>
<desc id="{{ID}}-desc">{{DESCRIPTION}}</desc>
{{#STAGE}}
<text class="name" y="{{TEXT_Y}}">{{NAME}}</text><text class="count" x="480" y="{{TEXT_Y}}">{{COUNT}}</text>
{{#LOST}}
<rect class="lost" y="{{BAR_Y}}" width="{{WIDTH}}" height="20"><title>{{CHANGE}}</title></rect>
{{/LOST}}
<rect class="stage" y="{{BAR_Y}}" width="{{WIDTH}}" height="20"/>
{{/STAGE}}
</svg>
<figcaption>
<p class="legend"><svg viewBox="0 0 24 12" aria-hidden="true"><rect class="stage" width="24" height="12"/></svg>この段階まで進んだ</p>
<p class="legend"><svg viewBox="0 0 24 12" aria-hidden="true"><rect class="lost" x=".5" y=".5" width="23" height="11"/></svg>前の段階で止まった</p>
</figcaption>
</figure>
{{>TABLE}}
</div>
