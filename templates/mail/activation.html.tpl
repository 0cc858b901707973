{{%AUTOESCAPE context="HTML"}}<p>{{PORTAL_SHORT_NAME}}へご登録いただきありがとうございます。<br>
以下リンクをクリックすることで、アカウントが有効化されます。</p>
<p>=====</p>
{{>BUTTON}}有効化用リンク{{>BUTTON_END}}
<p>=====</p>
<p>※本URLの有効期限は1時間となります。</p>
