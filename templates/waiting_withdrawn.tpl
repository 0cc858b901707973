{{%AUTOESCAPE context="HTML"}}<h1>お知らせの予定はありません</h1>
<p class="lead">お預かりしたメールアドレスを削除しました。掲載のお知らせは、お送りしません。</p>
<p>あらためてお知らせを希望するときは、<a href="/register">新規ユーザー登録</a>の画面で登録記号番号を入力し、お申し込みください。</p>
<div class="actions"><a class="button" href="/">トップページへ</a></div>
