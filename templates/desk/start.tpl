{{%AUTOESCAPE context="HTML"}}<h1>お問い合わせの検索</h1>
{{>SUMMARY}}
{{#ENDED}}<p class="note" role="status">検索の結果は30分で閉じます。もう一度検索してください。</p>{{/ENDED}}
{{>BOX}}
<p class="help">全角・半角、ハイフンの有無、ひらがな・カタカナの違いは、そのままで探せます。Enterキーでも検索できます。</p>
{{>TODAY}}
