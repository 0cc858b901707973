{{%AUTOESCAPE context="HTML"}}<nav aria-label="現在位置"><ol class="crumbs"><li><a href="/">トップページ</a></li><li aria-current="page">オンライン資格確認とは？</li></ol></nav>
<h1>オンライン資格確認とは？</h1>
<p class="lead">オンライン資格確認は、患者さまのマイナンバーカードから、加入している医療保険の資格情報をその場で確認できる仕組みです。</p>
<h2>施術所で使う仕組み</h2>
<p>施術所では、資格情報のみを取得できる簡素な仕組み（資格確認限定型）を利用します。顔認証付きカードリーダーや専用の回線を備える医療機関・薬局の仕組みとは異なり、市販の端末で始められます。</p>
<table>
<caption>医療機関・薬局との違い</caption>
<thead><tr><th scope="col">項目</th><th scope="col">施術所（資格確認限定型）</th><th scope="col">医療機関・薬局</th></tr></thead>
<tbody>
<tr><th scope="row">確認できること</th><td data-column="施術所（資格確認限定型）">医療保険の資格情報</td><td data-column="医療機関・薬局">医療保険の資格情報、患者さまの同意に基づく薬剤情報・診療情報など</td></tr>
<tr><th scope="row">必要な機器</th><td data-column="施術所（資格確認限定型）">スマートフォン・タブレット、またはパソコンと汎用カードリーダー</td><td data-column="医療機関・薬局">顔認証付きカードリーダー、資格確認端末など</td></tr>
<tr><th scope="row">回線</th><td data-column="施術所（資格確認限定型）">インターネット回線</td><td data-column="医療機関・薬局">オンライン資格確認等システムに接続する専用の回線</td></tr>
</tbody>
</table>
<h2>施術所と患者さまの利点</h2>
<ul class="list">
<li><strong>資格の確認が確実になります。</strong>資格の喪失や変更をその場で確認でき、療養費の請求の返戻を減らせます。</li>
<li><strong>入力の手間が減ります。</strong>保険者番号や被保険者等記号・番号を書き写す必要がありません。</li>
<li><strong>患者さまはカード1枚で受けられます。</strong>就職や転居で保険が変わったときも、マイナンバーカードで資格を確認できます。</li>
</ul>
<h2>確認の流れ</h2>
<ol class="list">
<li>患者さまに、マイナンバーカードを端末やカードリーダーにかざしていただきます。</li>
<li>患者さまに、4桁の暗証番号の入力などで本人確認をしていただきます。</li>
<li>端末の画面に表示された資格情報を確認し、施術録や申請書に反映します。</li>
</ol>
<p>マイナンバー（12桁の番号）そのものは使いません。施術所がマイナンバーを取り扱うことはありません。</p>
<div class="actions"><a class="button" href="/preparation">導入準備へ進む</a><a class="button second" href="/faq">よくある質問</a></div>
