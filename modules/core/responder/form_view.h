// A form as its page shows it: every field is drawn by templates/field.tpl, and what is wrong is
// said beside the field and once more at the top, by templates/summary.tpl, which links to the
// fields.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/form/form.h"
#include "core/registration/application.h"
#include "core/registration/fields.h"
#include "core/view/view.h"

namespace portal {

// {{>PLACE}} of the template becomes the field, once more for each call: with `value` in it unless
// it is a secret, and with those of the errors that are its own.
void show_field(Data& data, std::string_view place, const Field& field, std::string_view value,
                const std::vector<FieldError>& errors = {});

// Fields as show_field() draws them, for a page that is asked for often: what no request changes of
// a field is kept as a mould. Any number of threads may draw. Make another one for another edition
// of the view (page_moulds.h).
class FieldMoulds {
 public:
  Result<Html> draw(const View& view, const Field& field, std::string_view value,
                    const std::vector<FieldError>& errors);

 private:
  // Everything in which the moulds of fields differ. A page asks for a field in few ways.
  using Key = std::tuple<std::string_view, bool, bool, const char*, const Choice*, std::size_t>;
  Result<const Mould*> mould_of(const View& view, const Field& field, const Choice* chosen,
                                std::size_t errors);

  std::mutex mutex_;
  std::map<Key, Mould> moulds_;
};

// The box at the top of a page whose form could not be taken.
struct Summary {
  std::string_view heading = "入力内容をご確認ください";
  std::vector<FieldError> errors = {};
  std::string text = "";  // below them
};
// {{>SUMMARY}}. With neither errors nor text: nothing is shown.
void show_summary(Data& data, const Summary& summary);
Result<Html> draw_summary(const View& view, const Summary& summary);

// {{>POSSIBLE_ERRORS}}: what a browser can find by itself in the registration form, as the summary
// that has all of it; templates/assets/check.js shows what applies.
void show_possible_errors(Data& data);

// {{#HIDDEN}}{{NAME}} {{VALUE}} for each of the registration form's fields that `form` has.
void show_hidden(Data& data, const Form& form);

}  // namespace portal
