{{%AUTOESCAPE context="HTML"}}<section aria-labelledby="today">
<h2 id="today">いまの状況</h2>
{{#PAUSED}}<p class="note">ポータルサイトからのメールの送信が、{{SINCE}}から止まっています。直りしだい、自動で送られます。</p>{{/PAUSED}}
<dl class="answers">{{#ROW}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>{{/ROW}}</dl>
</section>
