{{%AUTOESCAPE context="HTML"}}<h1>{{HEADING}}</h1>
<p class="lead">{{WHAT}}</p>
<h2>次にすること</h2>
<p>{{NEXT}}</p>
<div class="actions">{{#RETRY}}<a class="button" href="">もう一度読み込む</a>{{/RETRY}}{{#HOME}}<a class="button second" href="/">トップページへ</a>{{/HOME}}</div>
<h2>お困りのとき</h2>
<p>繰り返し表示されるときは、オンライン資格確認等コールセンター（<a href="tel:0800-080-4583">0800-080-4583</a>、通話料無料。月曜日～金曜日8：00～18：00、土曜日8：00～16：00、いずれも祝日を除く）へ、次の番号を添えてお問い合わせください。</p>
<p>お問い合わせ番号：<code>{{REQUEST_ID}}</code></p>
