{{%AUTOESCAPE context="HTML"}}<h1>掲載のお知らせ</h1>
{{#ERRORS}}
<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>入力内容をご確認ください</h2>
<ul>{{#ERROR}}<li><a href="#{{FIELD}}">{{MESSAGE}}</a></li>{{/ERROR}}</ul>
</div>
{{/ERRORS}}
<p class="lead">登録記号番号【{{NUMBER}}】の施術所が一覧に掲載され、ユーザー登録ができるようになりましたら、メールでお知らせします。</p>
<form method="post" action="/register/waiting" novalidate>
{{#JUDO}}<input type="hidden" name="institution" value="judo">
<input type="hidden" name="judo_agreement" value="{{AGREEMENT}}">
<input type="hidden" name="judo_number" value="{{DIGITS}}">
<input type="hidden" name="judo_suffix1" value="{{SUFFIX1}}">
<input type="hidden" name="judo_suffix2" value="{{SUFFIX2}}">{{/JUDO}}
{{#AHAKI}}<input type="hidden" name="institution" value="ahaki">
<input type="hidden" name="ahaki_number" value="{{DIGITS}}">
<input type="hidden" name="ahaki_suffix1" value="{{SUFFIX1}}">
<input type="hidden" name="ahaki_suffix2" value="{{SUFFIX2}}">{{/AHAKI}}
<div class="field">
<label for="email">メールアドレス <span class="req">※必須</span></label>
<input class="wide" id="email" name="email" type="email" value="{{EMAIL}}" autocomplete="email" required{{#EMAIL_INVALID}} aria-invalid="true" aria-describedby="email_error"{{/EMAIL_INVALID}}>
{{#EMAIL_INVALID}}<div class="error" id="email_error">{{#EMAIL_ERROR}}<p>{{MESSAGE}}</p>{{/EMAIL_ERROR}}</div>{{/EMAIL_INVALID}}
</div>
<button>掲載されたらメールで知らせる</button>
</form>
<p>番号に誤りがあるときは、<a href="/register">ユーザー登録の画面</a>で入力し直してください。</p>
