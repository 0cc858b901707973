{{%AUTOESCAPE context="HTML"}}<ol class="steps" aria-label="登録の流れ"><li aria-current="step">入力</li><li>確認</li><li>メール送信</li><li>登録完了</li></ol>
<form class="register" id="registration" method="post" action="/register" novalidate>
<div class="fields">
<h1>ユーザー登録</h1>
{{#ERRORS}}
<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>入力内容をご確認ください</h2>
<ul>{{#ERROR}}<li><a href="#{{FIELD}}">{{MESSAGE}}</a></li>{{/ERROR}}</ul>
</div>
{{/ERRORS}}
{{#WAITING}}
<div class="note">
<h2>新規に開設した施術所の場合</h2>
<p>掲載され次第お知らせします。ユーザー登録ができるようになりましたら、1回だけメールをお送りします。</p>
<div class="field">
<label for="waiting_email">お知らせ先のメールアドレス</label>
<input class="wide" form="waiting" id="waiting_email" name="email" type="email" value="{{EMAIL}}" autocomplete="email">
</div>
<button class="second" form="waiting">掲載されたらメールで知らせる</button>
</div>
{{/WAITING}}
{{#BUSY}}
<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>ただいま登録を受け付けられません</h2>
<p>一時的に混み合っています。入力内容はこの画面に残っています。30秒ほどたってから、パスワードをもう一度入力し、「登録」ボタンを押してください。</p>
</div>
{{/BUSY}}
{{#KEPT}}<p class="note">先ほどの入力内容を表示しています。パスワードは、もう一度ご入力ください。</p>{{/KEPT}}
<p>受領委任通知書をご用意ください。</p>
<div class="pair">
<div class="field">
<label for="family_name">姓 <span class="req">※必須</span></label>
<input id="family_name" name="family_name" value="{{FAMILY_NAME}}" autocomplete="family-name" required{{#FAMILY_NAME_INVALID}} aria-invalid="true" aria-describedby="family_name_error"{{/FAMILY_NAME_INVALID}}>
{{#FAMILY_NAME_INVALID}}<div class="error" id="family_name_error">{{#FAMILY_NAME_ERROR}}<p>{{MESSAGE}}</p>{{/FAMILY_NAME_ERROR}}</div>{{/FAMILY_NAME_INVALID}}
</div>
<div class="field">
<label for="given_name">名 <span class="req">※必須</span></label>
<input id="given_name" name="given_name" value="{{GIVEN_NAME}}" autocomplete="given-name" required{{#GIVEN_NAME_INVALID}} aria-invalid="true" aria-describedby="given_name_error"{{/GIVEN_NAME_INVALID}}>
{{#GIVEN_NAME_INVALID}}<div class="error" id="given_name_error">{{#GIVEN_NAME_ERROR}}<p>{{MESSAGE}}</p>{{/GIVEN_NAME_ERROR}}</div>{{/GIVEN_NAME_INVALID}}
</div>
</div>
<fieldset class="field" role="radiogroup" aria-required="true"{{#INSTITUTION_INVALID}} aria-invalid="true" aria-describedby="institution_error"{{/INSTITUTION_INVALID}}>
<legend>所属機関選択 <span class="req">※必須</span></legend>
<label class="choice"><input type="radio" id="institution" name="institution" value="judo"{{#INSTITUTION_JUDO}} checked{{/INSTITUTION_JUDO}}> 施術所（柔道整復）</label>
<label class="choice"><input type="radio" id="institution_ahaki" name="institution" value="ahaki"{{#INSTITUTION_AHAKI}} checked{{/INSTITUTION_AHAKI}}> 施術所（あん摩マッサージ指圧・はり・きゅう）</label>
{{#INSTITUTION_INVALID}}<div class="error" id="institution_error">{{#INSTITUTION_ERROR}}<p>{{MESSAGE}}</p>{{/INSTITUTION_ERROR}}</div>{{/INSTITUTION_INVALID}}
</fieldset>
<p class="unchosen help">選択すると、続きの入力項目が表示されます。</p>
<section class="kind judo" aria-labelledby="judo">
<h2 id="judo">施術所（柔道整復）の情報</h2>
<p>以下の例を参考に、下記の項目をご入力ください。</p>
<p class="help">例：受領委任承諾通知書の登録記号番号の欄に【契0123456-7-8】と記載されている場合</p>
<p class="paper" aria-hidden="true"><span>登録記号番号</span><b>契</b><b>0123456</b>-<b>7</b>-<b>8</b></p>
<div class="field">
<label for="judo_agreement">① 入力項目 <span class="req">※必須</span></label>
<p class="help" id="judo_agreement_help">上記例【契0123456-7-8】の「契」に該当する箇所から、協または契をお選びください。</p>
<p class="pic p1" aria-hidden="true"><b>契</b>0123456-7-8</p>
<select id="judo_agreement" name="judo_agreement" autocomplete="off" required aria-describedby="judo_agreement_help{{#JUDO_AGREEMENT_INVALID}} judo_agreement_error{{/JUDO_AGREEMENT_INVALID}}"{{#JUDO_AGREEMENT_INVALID}} aria-invalid="true"{{/JUDO_AGREEMENT_INVALID}}>
<option value="">～なし～</option><option{{#JUDO_AGREEMENT_KYO}} selected{{/JUDO_AGREEMENT_KYO}}>協</option><option{{#JUDO_AGREEMENT_KEI}} selected{{/JUDO_AGREEMENT_KEI}}>契</option>
</select>
{{#JUDO_AGREEMENT_INVALID}}<div class="error" id="judo_agreement_error">{{#JUDO_AGREEMENT_ERROR}}<p>{{MESSAGE}}</p>{{/JUDO_AGREEMENT_ERROR}}</div>{{/JUDO_AGREEMENT_INVALID}}
</div>
<div class="field">
<label for="judo_number">② 入力項目 (※柔整師番号) <span class="req">※必須</span></label>
<p class="help" id="judo_number_help">上記例【契0123456-7-8】の「0123456」部分に該当する数字7桁をご入力ください。</p>
<p class="pic p2" aria-hidden="true">契<b>0123456</b>-7-8</p>
<input class="digits" id="judo_number" name="judo_number" value="{{JUDO_NUMBER}}" inputmode="numeric" autocomplete="off" required aria-describedby="judo_number_help{{#JUDO_NUMBER_INVALID}} judo_number_error{{/JUDO_NUMBER_INVALID}}"{{#JUDO_NUMBER_INVALID}} aria-invalid="true"{{/JUDO_NUMBER_INVALID}}>
{{#JUDO_NUMBER_INVALID}}<div class="error" id="judo_number_error">{{#JUDO_NUMBER_ERROR}}<p>{{MESSAGE}}</p>{{/JUDO_NUMBER_ERROR}}</div>{{/JUDO_NUMBER_INVALID}}
</div>
<div class="field">
<label for="judo_suffix1">③ 入力項目 <span class="req">※必須</span></label>
<p class="help" id="judo_suffix1_help">上記例【契0123456-7-8】の「7」部分に該当する数字1桁をご入力ください。</p>
<p class="pic p3" aria-hidden="true">契0123456-<b>7</b>-8</p>
<input class="digit" id="judo_suffix1" name="judo_suffix1" value="{{JUDO_SUFFIX1}}" inputmode="numeric" autocomplete="off" required aria-describedby="judo_suffix1_help{{#JUDO_SUFFIX1_INVALID}} judo_suffix1_error{{/JUDO_SUFFIX1_INVALID}}"{{#JUDO_SUFFIX1_INVALID}} aria-invalid="true"{{/JUDO_SUFFIX1_INVALID}}>
{{#JUDO_SUFFIX1_INVALID}}<div class="error" id="judo_suffix1_error">{{#JUDO_SUFFIX1_ERROR}}<p>{{MESSAGE}}</p>{{/JUDO_SUFFIX1_ERROR}}</div>{{/JUDO_SUFFIX1_INVALID}}
</div>
<div class="field">
<label for="judo_suffix2">④ 入力項目 <span class="req">※必須</span></label>
<p class="help" id="judo_suffix2_help">上記例【契0123456-7-8】の「8」部分に該当する数字1桁をご入力ください。</p>
<p class="pic p4" aria-hidden="true">契0123456-7-<b>8</b></p>
<input class="digit" id="judo_suffix2" name="judo_suffix2" value="{{JUDO_SUFFIX2}}" inputmode="numeric" autocomplete="off" required aria-describedby="judo_suffix2_help{{#JUDO_SUFFIX2_INVALID}} judo_suffix2_error{{/JUDO_SUFFIX2_INVALID}}"{{#JUDO_SUFFIX2_INVALID}} aria-invalid="true"{{/JUDO_SUFFIX2_INVALID}}>
{{#JUDO_SUFFIX2_INVALID}}<div class="error" id="judo_suffix2_error">{{#JUDO_SUFFIX2_ERROR}}<p>{{MESSAGE}}</p>{{/JUDO_SUFFIX2_ERROR}}</div>{{/JUDO_SUFFIX2_INVALID}}
</div>
</section>
<section class="kind ahaki" aria-labelledby="ahaki">
<h2 id="ahaki">施術所（あん摩マッサージ指圧・はり・きゅう）の情報</h2>
<p>以下の例を参考に、下記の項目をご入力ください。</p>
<p class="help">例：受領委任承諾通知書の登録記号番号の欄に【01234567-8-9】と記載されている場合</p>
<p class="paper" aria-hidden="true"><span>登録記号番号</span><b>01234567</b>-<b>8</b>-<b>9</b></p>
<div class="field">
<label for="ahaki_number">① 入力項目(※施術管理者番号) <span class="req">※必須</span></label>
<p class="help" id="ahaki_number_help">上記例【01234567-8-9】の「01234567」部分に該当する数字8桁をご入力ください。</p>
<p class="pic p1" aria-hidden="true"><b>01234567</b>-8-9</p>
<input class="digits" id="ahaki_number" name="ahaki_number" value="{{AHAKI_NUMBER}}" inputmode="numeric" autocomplete="off" required aria-describedby="ahaki_number_help{{#AHAKI_NUMBER_INVALID}} ahaki_number_error{{/AHAKI_NUMBER_INVALID}}"{{#AHAKI_NUMBER_INVALID}} aria-invalid="true"{{/AHAKI_NUMBER_INVALID}}>
{{#AHAKI_NUMBER_INVALID}}<div class="error" id="ahaki_number_error">{{#AHAKI_NUMBER_ERROR}}<p>{{MESSAGE}}</p>{{/AHAKI_NUMBER_ERROR}}</div>{{/AHAKI_NUMBER_INVALID}}
</div>
<div class="field">
<label for="ahaki_suffix1">② 入力項目 <span class="req">※必須</span></label>
<p class="help" id="ahaki_suffix1_help">上記例【01234567-8-9】の「8」部分に該当する数字1桁をご入力ください。</p>
<p class="pic p2" aria-hidden="true">01234567-<b>8</b>-9</p>
<input class="digit" id="ahaki_suffix1" name="ahaki_suffix1" value="{{AHAKI_SUFFIX1}}" inputmode="numeric" autocomplete="off" required aria-describedby="ahaki_suffix1_help{{#AHAKI_SUFFIX1_INVALID}} ahaki_suffix1_error{{/AHAKI_SUFFIX1_INVALID}}"{{#AHAKI_SUFFIX1_INVALID}} aria-invalid="true"{{/AHAKI_SUFFIX1_INVALID}}>
{{#AHAKI_SUFFIX1_INVALID}}<div class="error" id="ahaki_suffix1_error">{{#AHAKI_SUFFIX1_ERROR}}<p>{{MESSAGE}}</p>{{/AHAKI_SUFFIX1_ERROR}}</div>{{/AHAKI_SUFFIX1_INVALID}}
</div>
<div class="field">
<label for="ahaki_suffix2">③ 入力項目 <span class="req">※必須</span></label>
<p class="help" id="ahaki_suffix2_help">上記例【01234567-8-9】の「9」部分に該当する数字1桁をご入力ください。</p>
<p class="pic p3" aria-hidden="true">01234567-8-<b>9</b></p>
<input class="digit" id="ahaki_suffix2" name="ahaki_suffix2" value="{{AHAKI_SUFFIX2}}" inputmode="numeric" autocomplete="off" required aria-describedby="ahaki_suffix2_help{{#AHAKI_SUFFIX2_INVALID}} ahaki_suffix2_error{{/AHAKI_SUFFIX2_INVALID}}"{{#AHAKI_SUFFIX2_INVALID}} aria-invalid="true"{{/AHAKI_SUFFIX2_INVALID}}>
{{#AHAKI_SUFFIX2_INVALID}}<div class="error" id="ahaki_suffix2_error">{{#AHAKI_SUFFIX2_ERROR}}<p>{{MESSAGE}}</p>{{/AHAKI_SUFFIX2_ERROR}}</div>{{/AHAKI_SUFFIX2_INVALID}}
</div>
</section>
<div class="kind judo ahaki clinic">
<dl>
<dt>登録記号番号</dt><dd><output id="clinic_number">{{#CLINIC}}{{NUMBER}}{{/CLINIC}}</output></dd>
<dt>施術所名</dt><dd><output id="clinic_name">{{#CLINIC}}{{NAME}}{{/CLINIC}}</output></dd>
</dl>
<p class="help">入力内容に応じて自動入力されます。<noscript>次の確認画面に表示されます。</noscript></p>
<p class="help">※新規に開設した施術所につきましては、ユーザー登録ができるまで1か月程度お時間を要する場合がございます。</p>
</div>
<div class="field">
<label for="phone">電話番号 <span class="req">※必須</span></label>
<p class="help" id="phone_help">半角数字をご入力ください(ハイフン無し)。例) 01201234567</p>
<input id="phone" name="phone" type="tel" value="{{PHONE}}" autocomplete="tel" required aria-describedby="phone_help{{#PHONE_INVALID}} phone_error{{/PHONE_INVALID}}"{{#PHONE_INVALID}} aria-invalid="true"{{/PHONE_INVALID}}>
{{#PHONE_INVALID}}<div class="error" id="phone_error">{{#PHONE_ERROR}}<p>{{MESSAGE}}</p>{{/PHONE_ERROR}}</div>{{/PHONE_INVALID}}
</div>
<div class="field">
<label for="email">メールアドレス <span class="req">※必須</span></label>
<p class="help" id="email_help">登録を完了するためのメールが届きます。</p>
<input class="wide" id="email" name="email" type="email" value="{{EMAIL}}" autocomplete="email" required aria-describedby="email_help{{#EMAIL_INVALID}} email_error{{/EMAIL_INVALID}}"{{#EMAIL_INVALID}} aria-invalid="true"{{/EMAIL_INVALID}}>
{{#EMAIL_INVALID}}<div class="error" id="email_error">{{#EMAIL_ERROR}}<p>{{MESSAGE}}</p>{{/EMAIL_ERROR}}</div>{{/EMAIL_INVALID}}
</div>
<div class="field">
<label for="password">パスワード <span class="req">※必須</span></label>
<div class="help" id="password_help"><p>以下パスワードポリシーに従ってご入力ください。</p>
<ul><li>大文字/小文字/数字をそれぞれ1文字以上ご入力ください。</li><li>パスワードの長さは、8文字以上100文字です。</li></ul></div>
<input class="wide" id="password" name="password" type="password" autocomplete="new-password" required aria-describedby="password_help{{#PASSWORD_INVALID}} password_error{{/PASSWORD_INVALID}}"{{#PASSWORD_INVALID}} aria-invalid="true"{{/PASSWORD_INVALID}}>
{{#PASSWORD_INVALID}}<div class="error" id="password_error">{{#PASSWORD_ERROR}}<p>{{MESSAGE}}</p>{{/PASSWORD_ERROR}}</div>{{/PASSWORD_INVALID}}
</div>
<div class="field">
<label for="password_confirmation">パスワード（確認用） <span class="req">※必須</span></label>
<input class="wide" id="password_confirmation" name="password_confirmation" type="password" autocomplete="new-password" required{{#PASSWORD_CONFIRMATION_INVALID}} aria-invalid="true" aria-describedby="password_confirmation_error"{{/PASSWORD_CONFIRMATION_INVALID}}>
{{#PASSWORD_CONFIRMATION_INVALID}}<div class="error" id="password_confirmation_error">{{#PASSWORD_CONFIRMATION_ERROR}}<p>{{MESSAGE}}</p>{{/PASSWORD_CONFIRMATION_ERROR}}</div>{{/PASSWORD_CONFIRMATION_INVALID}}
</div>
<div class="field">
<p class="policies"><a href="/terms" target="_blank">施術所等向け総合ポータルサイト利用規約<span class="tab">（新しいタブで開く）</span></a>
<a href="/privacy" target="_blank">プライバシーポリシー<span class="tab">（新しいタブで開く）</span></a></p>
<label class="choice"><input type="checkbox" id="terms" name="terms" value="agreed" required{{#TERMS}} checked{{/TERMS}}{{#TERMS_INVALID}} aria-invalid="true" aria-describedby="terms_error"{{/TERMS_INVALID}}> <span>上記の利用規約に同意します。 <span class="req">※必須</span></span></label>
{{#TERMS_INVALID}}<div class="error" id="terms_error">{{#TERMS_ERROR}}<p>{{MESSAGE}}</p>{{/TERMS_ERROR}}</div>{{/TERMS_INVALID}}
</div>
</div>
<div class="side">
<button>登録</button>
<nav class="todo" aria-labelledby="todo">
<h2 id="todo">必須情報</h2>
<ul>
<li><a href="#family_name">姓</a></li><li><a href="#given_name">名</a></li><li><a href="#institution">所属機関選択</a></li>
<li class="kind judo"><a href="#judo_agreement">① 入力項目</a></li><li class="kind judo"><a href="#judo_number">② 入力項目 (※柔整師番号)</a></li><li class="kind judo"><a href="#judo_suffix1">③ 入力項目</a></li><li class="kind judo"><a href="#judo_suffix2">④ 入力項目</a></li>
<li class="kind ahaki"><a href="#ahaki_number">① 入力項目(※施術管理者番号)</a></li><li class="kind ahaki"><a href="#ahaki_suffix1">② 入力項目</a></li><li class="kind ahaki"><a href="#ahaki_suffix2">③ 入力項目</a></li>
<li><a href="#phone">電話番号</a></li><li><a href="#email">メールアドレス</a></li><li><a href="#password">パスワード</a></li><li><a href="#password_confirmation">パスワード（確認用）</a></li><li><a href="#terms">利用規約への同意</a></li>
</ul>
</nav>
</div>
</form>
{{#WAITING}}<form id="waiting" method="post" action="/register/waiting" novalidate>
{{#INSTITUTION_JUDO}}<input type="hidden" name="institution" value="judo">
<input type="hidden" name="judo_agreement" value="{{#JUDO_AGREEMENT_KYO}}協{{/JUDO_AGREEMENT_KYO}}{{#JUDO_AGREEMENT_KEI}}契{{/JUDO_AGREEMENT_KEI}}">
<input type="hidden" name="judo_number" value="{{JUDO_NUMBER}}">
<input type="hidden" name="judo_suffix1" value="{{JUDO_SUFFIX1}}">
<input type="hidden" name="judo_suffix2" value="{{JUDO_SUFFIX2}}">{{/INSTITUTION_JUDO}}
{{#INSTITUTION_AHAKI}}<input type="hidden" name="institution" value="ahaki">
<input type="hidden" name="ahaki_number" value="{{AHAKI_NUMBER}}">
<input type="hidden" name="ahaki_suffix1" value="{{AHAKI_SUFFIX1}}">
<input type="hidden" name="ahaki_suffix2" value="{{AHAKI_SUFFIX2}}">{{/INSTITUTION_AHAKI}}
</form>{{/WAITING}}
