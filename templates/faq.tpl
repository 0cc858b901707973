{{%AUTOESCAPE context="HTML"}}<nav aria-label="現在位置"><ol class="crumbs"><li><a href="/">トップページ</a></li><li aria-current="page">よくある質問</li></ol></nav>
<h1>よくある質問</h1>
<p>質問を押すと、答えが表示されます。</p>
<nav aria-label="質問の分類"><ul class="contents">
<li><a href="#part1">ユーザー登録について</a></li>
<li><a href="#part2">氏名と所属機関のメッセージ</a></li>
<li><a href="#part3">登録記号番号のメッセージ</a></li>
<li><a href="#part4">電話番号とメールアドレスのメッセージ</a></li>
<li><a href="#part5">パスワードと利用規約のメッセージ</a></li>
<li><a href="#part6">メールと有効化用リンク</a></li>
<li><a href="#part7">画面に表示されるエラー</a></li>
<li><a href="#part8">利用する環境</a></li>
<li><a href="#part9">ログインとマイページ</a></li>
</ul></nav>
<section aria-labelledby="part1">
<h2 id="part1">ユーザー登録について</h2>
<details id="who">
<summary>だれが登録できますか。</summary>
<p>受領委任の取扱いの承諾を受けている施術所の、開設者の方、施術管理者の方、またはこれらの方から登録を任された方です。ひとつの施術所で登録できるアカウントは、ひとつです。</p>
</details>
<details id="needed">
<summary>登録に必要なものは何ですか。</summary>
<p>受領委任通知書（登録記号番号を見ます）、電話番号、メールを受信できるメールアドレスの3つです。手順は<a href="/manuals">手順書・マニュアル</a>をご覧ください。</p>
</details>
<details id="lost-input">
<summary>入力の途中で画面を閉じたり、戻ったりすると、入力した内容は消えますか。</summary>
<p>同じタブで戻ったときは、パスワードを除いて、入力した内容が残っています。確認画面まで進んだ内容は、パスワードも含めて30分間保存され、いつまで保存されるかが確認画面に表示されます。30分を過ぎたときも、同じ画面から続けると、パスワードのほかは入力された状態で表示されます。</p>
</details>
</section>
<section aria-labelledby="part2">
<h2 id="part2">氏名と所属機関のメッセージ</h2>
<details id="family_name_missing" data-codes="family_name_missing given_name_missing">
<summary>「姓を入力してください」「名を入力してください」と表示されます。</summary>
<p>姓と名は、分けて両方入力してください。空白だけでは入力したことになりません。</p>
</details>
<details id="family_name_too_long" data-codes="family_name_too_long given_name_too_long">
<summary>「40文字以内で入力してください」と表示されます。</summary>
<p>姓と名は、それぞれ40文字まで入力できます。施術所名や肩書は入れずに、氏名だけを入力してください。</p>
</details>
<details id="family_name_control" data-codes="family_name_control given_name_control">
<summary>「目に見えない文字が含まれています」と表示されます。</summary>
<p>ほかの文書からコピーしたときに、改行やタブなどが一緒に入ることがあります。欄の中をすべて消して、入力し直してください。髙や﨑などの文字は、そのままお使いいただけます。</p>
</details>
<details id="family_name_unshowable" data-codes="family_name_unshowable given_name_unshowable">
<summary>「ほかの機器では表示できない文字です」と表示されます。</summary>
<p>ご自分で作った文字（外字）や、変換のときに壊れた文字（「〓」など）は、ほかの機器では正しく表示されません。メッセージにある位置の文字を消して、よく使われる字体の漢字か、カタカナで入力してください。髙、﨑、𠮷などの文字は、そのままお使いいただけます。</p>
</details>
<details id="family_name_link" data-codes="family_name_link given_name_link">
<summary>姓や名に「/」「@」「www.」「.com」などは使えない、と表示されます。</summary>
<p>お名前はお送りするメールに記載されます。ほかの方のメールアドレスを入力して、宣伝のリンクや電話番号を送りつけることを防ぐため、メールの中でリンクになる文字はお使いいただけません。氏名だけを入力してください。</p>
</details>
<details id="institution_missing" data-codes="institution_missing institution_unknown">
<summary>「所属機関を選択してください」と表示されます。</summary>
<p>受領委任通知書に合わせて、施術所（柔道整復）か施術所（あん摩マッサージ指圧・はり・きゅう）のどちらかを選んでください。選ぶと、続きの入力項目が表示されます。両方の施術を行っている施術所は、登録する通知書の方を選んでください。</p>
</details>
</section>
<section aria-labelledby="part3">
<h2 id="part3">登録記号番号のメッセージ</h2>
<details id="judo_agreement_missing" data-codes="judo_agreement_missing judo_agreement_unknown">
<summary>柔道整復の①で「協または契をお選びください」と表示されます。</summary>
<p>登録記号番号の最初の文字です。「契0123456-7-8」なら「契」を、「協0123456-7-8」なら「協」を選んでください。「～なし～」のままでは登録できません。協と契では別の施術所になりますので、通知書をよくご確認ください。</p>
</details>
<details id="judo_number_missing" data-codes="judo_number_missing judo_number_format">
<summary>柔道整復の②で「半角数字7桁で入力してください」と表示されます。</summary>
<p>「契0123456-7-8」の「0123456」にあたる7桁です。先頭の0も省かずに入力してください。</p>
</details>
<details id="judo_suffix1_missing" data-codes="judo_suffix1_missing judo_suffix1_format judo_suffix2_missing judo_suffix2_format">
<summary>柔道整復の③や④で「半角数字1桁で入力してください」と表示されます。</summary>
<p>「契0123456-7-8」のように、ハイフンで区切られた番号のうち、③には「7」、④には「8」にあたる数字を1桁ずつ入力してください。</p>
</details>
<details id="ahaki_number_missing" data-codes="ahaki_number_missing ahaki_number_format">
<summary>あん摩マッサージ指圧・はり・きゅうの①で「半角数字8桁で入力してください」と表示されます。</summary>
<p>「01234567-8-9」の「01234567」にあたる8桁です。先頭の0も省かずに入力してください。</p>
</details>
<details id="ahaki_suffix1_missing" data-codes="ahaki_suffix1_missing ahaki_suffix1_format ahaki_suffix2_missing ahaki_suffix2_format">
<summary>あん摩マッサージ指圧・はり・きゅうの②や③で「半角数字1桁で入力してください」と表示されます。</summary>
<p>「01234567-8-9」のように、ハイフンで区切られた番号のうち、②には「8」、③には「9」にあたる数字を1桁ずつ入力してください。</p>
</details>
<details id="not_in_roster" data-codes="not_in_roster">
<summary>「登録できる施術所の一覧にありません」と表示されます。</summary>
<p>次の順にご確認ください。</p><ol class="list"><li>受領委任通知書の番号と、入力した番号が同じか。0とO、1と7などの見まちがいにもご注意ください。</li><li>柔道整復では、協と契が合っているか。</li><li>所属機関の選択が、通知書の種類と合っているか。</li></ol><p>新規に開設した施術所は、登録できるまで最大1か月程度かかる場合があります。1か月を過ぎても登録できないときは、<a href="/contact">お問い合わせ先</a>へご連絡ください。</p>
</details>
<details id="clinic_taken" data-codes="clinic_taken">
<summary>「この施術所のアカウントは、すでに登録されています」と表示されます。</summary>
<p>ひとつの施術所で登録できるアカウントは、ひとつです。施術所のほかの方が登録していないかご確認ください。アカウントをお持ちのときは、<a href="/login">ログイン</a>してください。お心当たりがないときや、担当の方が代わったときは、<a href="/contact">お問い合わせ先</a>へお電話ください。</p>
</details>
</section>
<section aria-labelledby="part4">
<h2 id="part4">電話番号とメールアドレスのメッセージ</h2>
<details id="phone_missing" data-codes="phone_missing phone_format">
<summary>電話番号で「10桁または11桁の半角数字で入力してください」と表示されます。</summary>
<p>市外局番から、ハイフンを入れずに入力してください（例：01201234567）。日本国内の番号だけを登録できます。番号の数字が足りないときや、多いときに表示されます。内線番号は入れないでください。ハイフン、かっこ、点、空白や、番号の最初の「+81」は、入っていても読み取ります。</p>
</details>
<details id="email_missing" data-codes="email_missing email_format email_no_at email_too_long">
<summary>メールアドレスの入力を求められます。</summary>
<p>「name@example.jp」のように、「@」の前と後ろの両方を入力してください。長さは254文字までです。全角で入力した英数字や「＠」は、半角に直して読み取ります。</p>
</details>
<details id="email_character" data-codes="email_character email_character_of_domain email_space email_two_ats">
<summary>メールアドレスに「使えない文字」や「空白」がある、「@」が2つ以上ある、と表示されます。</summary>
<p>ほかの画面やメールからコピーしたときに、前後の文字や、別のメールアドレスが一緒に入ることがあります。メッセージにある文字や空白を消して、メールアドレスを1つだけ残してください。かなや漢字、「,」「&lt;」「&gt;」「(」「)」などは、メールアドレスに使えません。「U+2800」のような表示は、目に見えない文字の番号です。「@」より後ろに使えるのは、英数字と「-」「.」だけです。</p>
</details>
<details id="email_no_dot" data-codes="email_no_dot email_domain">
<summary>メールアドレスの「@」より後ろの「.」について、表示されます。</summary>
<p>「@」より後ろが、途中で終わっていないかご確認ください。「docomo」ではなく「docomo.ne.jp」のように、最後まで入力してください。「.」や「-」を続けて入力したり、「@」のすぐ後ろや最後に入力したりしたときにも、表示されます。</p>
</details>
<details id="shared-mail">
<summary>ひとつのメールアドレスで、複数の施術所を登録できますか。</summary>
<p>できません。ひとつのメールアドレスで登録できるアカウントは、ひとつです。施術所ごとに別のメールアドレスをお使いください。</p>
</details>
</section>
<section aria-labelledby="part5">
<h2 id="part5">パスワードと利用規約のメッセージ</h2>
<details id="password_missing" data-codes="password_missing password_too_short password_too_long password_no_upper password_no_lower password_no_digit password_control">
<summary>パスワードの条件を教えてください。</summary>
<ul class="list"><li>8文字以上100文字以内</li><li>半角の英大文字（A～Z）を1文字以上</li><li>半角の英小文字（a～z）を1文字以上</li><li>半角の数字（0～9）を1文字以上</li></ul><p>記号や空白も使えます。改行やタブは使えません。全角の英数字は、大文字・小文字・数字として数えられません。</p>
</details>
<details id="password_common" data-codes="password_common">
<summary>「よく使われていて推測されやすい」と表示されます。</summary>
<p>条件を満たしていても、「Password1」「Qwerty123」のように多くの人が使っているパスワードは、不正なログインでまず試されるため、お使いいただけません。大文字と小文字の違いだけでは、同じパスワードとみなします。関係のない言葉をいくつか並べて数字を加えると、覚えやすく、推測されにくいパスワードになります。</p>
</details>
<details id="password_confirmation_missing" data-codes="password_confirmation_missing password_confirmation_mismatch">
<summary>「パスワード（確認用）がパスワードと一致しません」と表示されます。</summary>
<p>ふたつの欄に、同じパスワードを入力してください。欄の右の「表示」を押すと、入力した文字を確かめられます。大文字と小文字の違いや、余分な空白にもご注意ください。</p>
</details>
<details id="terms_missing" data-codes="terms_missing">
<summary>「上記の利用規約に同意します。」にチェックを入れるように表示されます。</summary>
<p>登録には、<a href="/terms">利用規約</a>と<a href="/privacy">プライバシーポリシー</a>の確認と同意が必要です。チェックを入れてから、「登録」ボタンを押してください。</p>
</details>
</section>
<section aria-labelledby="part6">
<h2 id="part6">メールと有効化用リンク</h2>
<details id="mail-missing">
<summary>有効化用リンクのメールが届きません。</summary>
<p>次の点が考えられますので、ご確認ください。</p><ul class="list"><li>メールアドレスの入力に誤りがある。申請完了画面に、お送りした先が表示されています。誤りがあるときは、修正して登録しなおしてください。</li><li>メール受信のドメイン設定をしている。申請完了画面に表示されているドメインからのメールを、受信できるように設定してください。携帯電話会社のメールアドレスのときは、設定の場所も画面に表示されます。</li><li>「迷惑メール」などのフォルダに入っている。</li><li>受信箱がいっぱいになっている。不要なメールを削除してください。</li></ul><p>ご確認のうえ、申請完了画面の「再送」を押してください。すでに登録されているメールアドレスには、有効化用リンクの代わりに「すでに登録されています」というご案内が届きます。</p><p>同じメールアドレスでのお申し込みが短い時間に続いたときは、しばらくの間、メールをお送りしません。先に届いたメールをご利用ください。また、メールのリンクからメールの停止を申し出られたメールアドレスには、30日間お送りしません。停止は、停止したときの画面か、<a href="/contact">コールセンター</a>で解除できます。</p>
</details>
<details id="mail-late">
<summary>「メールの送信に時間がかかっています」と表示されます。</summary>
<p>ポータルサイト側の都合で、メールの送信が遅れています。メールアドレスやご登録の内容に誤りがあるのではありません。順にお送りしますので、もう一度ご登録いただく必要はありません。リンクの有効期限は、メールが送信されてから1時間です。</p>
</details>
<details id="link_expired" data-codes="link_expired">
<summary>「リンクの有効期限が切れています」と表示されます。</summary>
<p>有効化用リンクは、送信されてから1時間で無効になります。もう一度<a href="/register">新規ユーザー登録</a>から手続きを行ってください。すでに登録がお済みのときは、<a href="/login">ログイン</a>してください。</p>
</details>
<details id="link_unknown" data-codes="link_unknown">
<summary>「リンクを確認できませんでした」と表示されます。</summary>
<p>メールの表示の都合で、リンクが途中で切れていることがあります。リンク全体をコピーして、ブラウザのアドレス欄に貼り付けてください。それでも開けないときは、もう一度<a href="/register">新規ユーザー登録</a>から手続きを行ってください。</p>
</details>
<details id="link_password" data-codes="link_password link_ended">
<summary>リンクを開くと、パスワードの入力を求められます。</summary>
<p>登録の手続きをしたものとは別の端末やブラウザで開いたときに、ご本人であることを確認しています。登録のときに決めたパスワードを入力してください。5回まちがえると、そのリンクは使えなくなりますので、もう一度<a href="/register">新規ユーザー登録</a>から手続きを行ってください。</p>
</details>
<details id="mail-unknown">
<summary>身に覚えのない登録のメールが届きました。</summary>
<p>「有効化用リンク」を押さなければ、登録は完了しません。メールで案内している停止のページでは、お申し込みの取り消しと、30日間のメールの停止ができます。</p>
</details>
</section>
<section aria-labelledby="part7">
<h2 id="part7">画面に表示されるエラー</h2>
<details id="status_400" data-codes="status_400 status_413 status_415">
<summary>「送信された内容を読み取れませんでした」「大きすぎます」などと表示されます。</summary>
<p>前の画面に戻り、入力内容を確認して、もう一度お試しください。ブラウザの拡張機能が入力内容を書き換えているときは、止めてからお試しください。</p>
</details>
<details id="status_403" data-codes="status_403 status_405">
<summary>「この操作は受け付けられませんでした」「この操作はできません」と表示されます。</summary>
<p><a href="/">トップページ</a>を開き直して、もう一度お手続きください。ほかのサイトやお気に入りから途中の画面を開くと、表示されることがあります。</p>
</details>
<details id="status_404" data-codes="status_404">
<summary>「ページが見つかりません」と表示されます。</summary>
<p>アドレスが正しいかご確認いただくか、<a href="/">トップページ</a>からお探しください。</p>
</details>
<details id="status_409" data-codes="status_409">
<summary>登録の途中で「登録の手続きを進められませんでした」「この施術所はすでに登録されています」と表示されます。</summary>
<p>入力している間に、施術所の情報が変わったか、同じ施術所の登録が先に完了しました。<a href="/register">入力画面</a>で登録記号番号をご確認ください。</p>
</details>
<details id="status_429" data-codes="status_429">
<summary>「短い時間に多くの操作がありました」と表示されます。</summary>
<p>安全のため、しばらく受付を止めています。数分たってから、もう一度お試しください。</p>
</details>
<details id="status_500" data-codes="status_500 status_503">
<summary>「ただいま混み合っています」「画面を表示できませんでした」と表示されます。</summary>
<p>多くの方が同時に利用されているか、一時的な不具合です。30秒ほどたってから、画面を再読み込みしてください。「OK」ボタンのある画面では、書かれている秒数だけ待って、もう一度「OK」ボタンを押してください。入力された内容は保存されています。続くときは、画面に表示されている「お問い合わせ番号」を添えて、<a href="/contact">お問い合わせ先</a>へご連絡ください。</p>
</details>
</section>
<section aria-labelledby="part8">
<h2 id="part8">利用する環境</h2>
<details id="browser">
<summary>どのブラウザで利用できますか。</summary>
<p>Microsoft Edge、Google Chrome、Safari、Firefoxの最新版でご利用いただけます。JavaScriptを使わない設定でも登録できますが、施術所名の自動入力などの補助は働きません。</p>
</details>
<details id="phone-use">
<summary>スマートフォンでも登録できますか。</summary>
<p>できます。パソコンで入力し、スマートフォンでメールを開くこともできます。その場合は、有効化のときにパスワードの入力が必要です。</p>
</details>
</section>
<section aria-labelledby="part9">
<h2 id="part9">ログインとマイページ</h2>
<details id="login_refused" data-codes="login_refused">
<summary>ログインしようとすると「メールアドレスまたはパスワードが違うか、ログインできないアカウントです」と表示されます。</summary>
<p>次の順にご確認ください。</p><ol class="list"><li>メールアドレスが、登録したものと同じか。</li><li>パスワードの大文字と小文字が合っているか。「表示」を押すと、入力した文字を確かめられます。</li><li>登録のときに届いたメールの「有効化用リンク」を押したか。押していないときは、まだログインできません。</li></ol><p>パスワードをお忘れのときは、<a href="/password/forgot">パスワードの再設定</a>をご利用ください。安全のため、どれに当てはまるかは画面に表示していません。</p>
</details>
<details id="login_wait">
<summary>ログインしようとすると「しばらくお待ちください」と表示されます。</summary>
<p>続けてまちがえると、少しの間、お待ちいただきます。同じ回線（会社や携帯電話会社など）をお使いのほかの方が、続けてまちがえたときも同じです。画面に表示された時間がたってから、もう一度お試しください。以前にログインしたことのある端末からは、ほかの方のまちがいに関係なく、ログインできます。ほかの人が、あちこちからお客様のパスワードを試し続けているときは、はじめて使うブラウザからのログインだけを止めます。お急ぎのときは、<a href="/password/forgot">パスワードの再設定</a>をご利用ください。終わると、すぐにログインできます。</p>
</details>
<details id="current_password_wrong" data-codes="current_password_missing current_password_wrong session_missing">
<summary>マイページで、現在のパスワードの入力を求められます。</summary>
<p>登録情報の変更、ほかの端末のログインの終了、利用の終了のときは、席を離れた間にほかの方が操作することのないよう、ご本人であることを確認しています。ログインに使っているパスワードを入力してください。ログインを終了するときは、どのログインかも選択してください。</p>
</details>
<details id="email_same" data-codes="email_same">
<summary>「現在と同じメールアドレスです」と表示されます。</summary>
<p>新しいメールアドレスを入力してください。大文字と小文字だけの違いは、同じメールアドレスとして扱います。</p>
</details>
<details id="session_end">
<summary>操作をしていないと、ログアウトしてしまいます。</summary>
<p>安全のため、しばらく操作がないときや、ログインから長い時間がたったときは、自動的にログアウトします。お手数ですが、もう一度<a href="/login">ログイン</a>してください。</p>
</details>
</section>
<h2>解決しないとき</h2>
<p>{{CALL_CENTRE}}（<a href="tel:{{TELEPHONE}}">{{TELEPHONE}}</a>、{{TELEPHONE_COST}}）へお問い合わせください。受付時間などは<a href="/contact">お問い合わせ先</a>をご覧ください。</p>
