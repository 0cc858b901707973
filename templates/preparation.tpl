{{%AUTOESCAPE context="HTML"}}<nav aria-label="現在位置"><ol class="crumbs"><li><a href="/">トップページ</a></li><li aria-current="page">導入準備</li></ol></nav>
<h1>導入準備</h1>
<p class="lead">ご利用を始めるまでに必要なものと、その順番です。まず手元にそろえるものを確認し、ユーザー登録へお進みください。</p>
<h2>ご用意いただくもの</h2>
<table>
<caption>ユーザー登録と利用開始に必要なもの</caption>
<thead><tr><th scope="col">必要なもの</th><th scope="col">使うところ</th></tr></thead>
<tbody>
<tr><th scope="row">受領委任通知書（受領委任承諾通知書）</th><td>ユーザー登録で、登録記号番号を入力します。</td></tr>
<tr><th scope="row">受信できるメールアドレス</th><td>有効化用リンクを受け取り、ログインにも使います。施術所で継続して使えるものをご用意ください。</td></tr>
<tr><th scope="row">端末</th><td>NFC（ICカードの読み取り）に対応したスマートフォン・タブレット、またはパソコンと汎用カードリーダー。</td></tr>
<tr><th scope="row">インターネット回線</th><td>資格情報を取得するときに使います。</td></tr>
</tbody>
</table>
<h2>準備の順番</h2>
<ol class="list">
<li><strong>登録記号番号を確認する。</strong>受領委任通知書の登録記号番号の欄をご覧ください。柔道整復は「契0123456-7-8」、あん摩マッサージ指圧・はり・きゅうは「01234567-8-9」のような形です。</li>
<li><strong>メールを受信できるようにする。</strong>受信を制限している場合は、ポータルサイトからのメールを受け取れるように設定してください。</li>
<li><strong><a href="/register">新規ユーザー登録</a>をする。</strong>10分ほどで入力できます。手順は<a href="/manuals">手順書・マニュアル</a>をご覧ください。</li>
<li><strong>メールの有効化用リンクを押す。</strong>送信されてから1時間以内に押すと、登録が完了します。</li>
<li><strong>端末とカードリーダーを用意する。</strong>すでにお持ちの端末が使える場合もあります。設置する場所は、患者さまが暗証番号を入力するときに、周りから見えないところをお選びください。</li>
<li><strong>利用の申請をする。</strong>各種申請は公開準備中です。受付を始めるときは<a href="/news">お知らせ</a>でご案内します。</li>
<li><strong>患者さまへご案内する。</strong>マイナンバーカードをお持ちいただくよう、掲示や声かけでお知らせください。</li>
</ol>
<h2>新しく開設した施術所の方へ</h2>
<p class="note">新規に開設した施術所につきましては、ユーザー登録ができるまで最大1か月程度お時間を要する場合がございます。受領委任の承諾を受けた情報が、ポータルサイトに届くまでの期間です。</p>
<div class="actions"><a class="button" href="/register">新規ユーザー登録</a><a class="button second" href="/manuals">登録の手順を見る</a></div>
