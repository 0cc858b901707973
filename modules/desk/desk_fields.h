// The fields of the desk's forms.
#pragma once

#include "core/registration/fields.h"

namespace portal::desk_fields {

inline constexpr Field search = {
    .name = "q",
    .label = "検索",
    .prompt = "メールアドレス・登録記号番号・電話番号・お問い合わせ番号・施術所名の一部",
    .type = "search",
    .autocomplete = "off",
    .css_class = "wide",
    .required = false,
    .focus = true};

inline constexpr Field reason = {
    .name = "reason",
    .label = "理由",
    .autocomplete = "off",
    .css_class = "wide",
    .help =
        "あとから見てわかるように、短くご入力ください。例）ご本人から電話。お名前などの個人情報"
        "は書かないでください。"};

inline constexpr Field email = {
    .name = "email",
    .label = "正しいメールアドレス",
    .type = "email",
    .autocomplete = "off",
    .css_class = "wide",
    .help = "1文字ずつ読み上げて、確かめながらご入力ください。次の画面で、もう一度確認できます。",
    .focus = true};

// Who may register the clinic that is freed.
inline constexpr Field tell = {
    .name = "email",
    .label = "登録できることを知らせるメールアドレス（任意）",
    .type = "email",
    .autocomplete = "off",
    .css_class = "wide",
    .help = "新しく登録する方に、登録画面へのリンクをメールで送ります。空欄なら送りません。",
    .required = false};

inline constexpr Field number = {.name = "number",
                                 .label = "登録記号番号",
                                 .autocomplete = "off",
                                 .help = "例）契0123456-7-8、01234567-8-9"};

inline constexpr Field clinic_name = {
    .name = "name", .label = "施術所名", .autocomplete = "off", .css_class = "wide"};

}  // namespace portal::desk_fields
