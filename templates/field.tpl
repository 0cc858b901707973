{{%AUTOESCAPE context="HTML"}}{{! Every field of every form, filled from its row in the table of fields by core/responder/form_view.h. }}
{{#RADIO}}<fieldset class="field" role="radiogroup" aria-required="true"{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED_BY}} aria-describedby="{{DESCRIBED_BY}}"{{/DESCRIBED_BY}}>
<legend>{{PROMPT}} <span class="req">※必須</span></legend>{{/RADIO}}
{{#BLOCK}}<div class="field">{{/BLOCK}}
{{#LABEL}}<label for="{{ID}}">{{PROMPT}}{{#REQUIRED}} <span class="req">※必須</span>{{/REQUIRED}}</label>{{/LABEL}}
{{#HELP}}<p class="help" id="{{ID}}_help">{{HELP}}</p>{{/HELP}}
{{#HELP_LIST}}<div class="help" id="{{ID}}_help"><p>{{HELP}}</p>
<ul>{{#ITEM}}<li>{{ITEM}}</li>{{/ITEM}}</ul></div>{{/HELP_LIST}}
{{#INPUT}}<input{{#CLASS}} class="{{CLASS}}"{{/CLASS}}{{#FORM}} form="{{FORM}}"{{/FORM}} id="{{ID}}" name="{{NAME}}"{{#TYPE}} type="{{TYPE}}"{{/TYPE}}{{#VALUE}} value="{{VALUE}}"{{/VALUE}}{{#INPUTMODE}} inputmode="{{INPUTMODE}}"{{/INPUTMODE}} autocomplete="{{AUTOCOMPLETE}}"{{#REQUIRED}} required{{/REQUIRED}}{{#FOCUS}} autofocus{{/FOCUS}}{{#DESCRIBED_BY}} aria-describedby="{{DESCRIBED_BY}}"{{/DESCRIBED_BY}}{{#INVALID}} aria-invalid="true"{{/INVALID}}>{{/INPUT}}
{{#SELECT}}<select id="{{ID}}" name="{{NAME}}" autocomplete="{{AUTOCOMPLETE}}" required{{#DESCRIBED_BY}} aria-describedby="{{DESCRIBED_BY}}"{{/DESCRIBED_BY}}{{#INVALID}} aria-invalid="true"{{/INVALID}}>
<option value="">～なし～</option>{{#CHOICE}}<option{{#CHOSEN}} selected{{/CHOSEN}}>{{CHOICE}}</option>{{/CHOICE}}
</select>{{/SELECT}}
{{#RADIO}}{{#CHOICE}}<label class="choice"><input type="radio" id="{{CHOICE_ID}}" name="{{NAME}}" value="{{CHOICE_VALUE}}"{{#CHOSEN}} checked{{/CHOSEN}}> {{CHOICE}}</label>
{{/CHOICE}}{{/RADIO}}
{{#CONSENT}}<p class="policies"><a href="/terms" target="_blank">{{PORTAL_NAME}}利用規約<span class="tab">（新しいタブで開く）</span></a>
<a href="/privacy" target="_blank">プライバシーポリシー<span class="tab">（新しいタブで開く）</span></a></p>
{{#CHOICE}}<label class="choice"><input type="checkbox" id="{{CHOICE_ID}}" name="{{NAME}}" value="{{CHOICE_VALUE}}" required{{#CHOSEN}} checked{{/CHOSEN}}{{#INVALID}} aria-invalid="true"{{/INVALID}}{{#DESCRIBED_BY}} aria-describedby="{{DESCRIBED_BY}}"{{/DESCRIBED_BY}}> <span>{{CHOICE}} <span class="req">※必須</span></span></label>{{/CHOICE}}{{/CONSENT}}
{{#HELP_BELOW}}<p class="help" id="{{ID}}_help">{{HELP}}{{#EXAMPLE}}<br>例) {{EXAMPLE}}{{/EXAMPLE}}</p>{{/HELP_BELOW}}
{{#INVALID}}<div class="error" id="{{ID}}_error">{{#ERROR}}<p>{{MESSAGE}}</p>{{/ERROR}}</div>{{/INVALID}}
{{#BLOCK}}</div>{{/BLOCK}}
{{#RADIO}}</fieldset>{{/RADIO}}
{{#USERNAME}}<input class="{{CLASS}}" type="text" name="{{NAME}}" value="{{VALUE}}" autocomplete="{{AUTOCOMPLETE}}" aria-label="{{PROMPT}}" tabindex="-1" readonly>{{/USERNAME}}
