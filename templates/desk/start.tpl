{{%AUTOESCAPE context="HTML"}}<h1>お問い合わせの検索</h1>
{{>SUMMARY}}
{{>BOX}}
<p class="help">全角・半角、ハイフンの有無、ひらがな・カタカナの違いは、そのままで探せます。Enterキーでも検索できます。</p>
