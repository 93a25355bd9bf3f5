// FormTexts: an XForm's texts in all its languages, as a package's text bundles hold them.

#ifndef LANDFALL_SHARED_XFORM_TEXTS_H_
#define LANDFALL_SHARED_XFORM_TEXTS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/json.h"
#include "shared/xform/problem.h"
#include "shared/xform/xml_tree.h"

namespace landfall {

// The expressions that texts quote, by the argument of the messages: <output value="/data/name"/>
// becomes "{o1}" and {"o1", "/data/name"}. An argument means one expression in the whole form.
using TextOutputs = std::map<std::string, std::string>;

class FormTexts {
 public:
  // `itext` may be null. `default_locale` is the language of texts that have none.
  FormTexts(const XmlElement* itext, std::string default_locale, XFormProblems& problems);

  // Locales in the order of the document; at least one.
  [[nodiscard]] const std::vector<std::string>& locales() const { return locales_; }
  [[nodiscard]] const std::string& default_locale() const { return default_locale_; }

  // Gives `key` the text of `element`, a label, hint or value: its ref="jr:itext(…)", or what
  // stands in it. False, and no text, when it has none.
  bool put_element(const std::string& key, const XmlElement& element, TextOutputs& outputs);
  // The same for an attribute, plain or jr:itext(…).
  bool put_attribute(const std::string& key, std::string_view value, TextOutputs& outputs);
  // The same for an itext id, in the form "long" (the plain text) or "guidance".
  bool put_itext(const std::string& key, std::string_view id, std::string_view form,
                 TextOutputs& outputs);
  // The same text in every language.
  void put_plain(const std::string& key, std::string_view text);

  // The itext id that `expression`, the argument of jr:itext(), gives without any form; nothing
  // when it depends on answers.
  [[nodiscard]] static std::optional<std::string> constant_id(std::string_view expression);

  // {key: ICU message} of one locale.
  [[nodiscard]] Json bundle(const std::string& locale) const;

 private:
  using Variants = std::map<std::string, const XmlElement*, std::less<>>;  // by form

  void read_translation(const XmlElement& translation);
  [[nodiscard]] const XmlElement* find(const std::string& locale, std::string_view id,
                                       std::string_view form) const;
  std::string argument_of(std::string_view expression, TextOutputs& outputs);
  void append_message(const XmlElement& element, TextOutputs& outputs, std::string& to);
  [[nodiscard]] std::string message_of(const XmlElement& element, TextOutputs& outputs);

  std::vector<std::string> quoted_;  // expressions, the one of "o1" first
  std::vector<std::string> locales_;
  std::string default_locale_;
  std::string given_default_;
  XFormProblems& problems_;
  XFormPlace itext_place_{"itext", 0};
  // By locale, id and form.
  std::map<std::string, std::map<std::string, Variants, std::less<>>> itext_;
  std::map<std::string, std::map<std::string, std::string>> bundles_;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_XFORM_TEXTS_H_
