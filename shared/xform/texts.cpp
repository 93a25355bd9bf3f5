#include "shared/xform/texts.h"

#include <algorithm>

#include "shared/form/json_nodes.h"
#include "shared/xform/paths.h"
#include "shared/xlsform/languages.h"
#include "shared/xpath/evaluate.h"

namespace landfall {
namespace {

// Empty for a word that is no language's; "default" and nothing name none.
std::string locale_of(std::string_view language, const std::string& otherwise) {
  language = without_outer_space(language);
  if (language == "default" || language.empty()) return otherwise;
  LanguageTag tag = tag_of_language(language);
  return tag.is_known ? std::move(tag.locale) : std::string();
}

// The marks of ICU MessageFormat mean themselves.
void append_quoted(std::string_view text, std::string& to) {
  for (const char c : text) {
    if (c == '\'') {
      to += "''";
    } else if (c == '{' || c == '}') {
      to += std::string("'") + c + "'";
    } else {
      to += c;
    }
  }
}

}  // namespace

FormTexts::FormTexts(const XmlElement* itext, std::string default_locale, XFormProblems& problems)
    : default_locale_(default_locale),
      given_default_(std::move(default_locale)),
      problems_(problems) {
  if (itext != nullptr) {
    itext_place_ = place_of(*itext);
    for (const XmlElement* translation : child_elements(*itext)) read_translation(*translation);
  }
  if (locales_.empty()) locales_.push_back(given_default_);
  const bool is_known =
      std::find(locales_.begin(), locales_.end(), default_locale_) != locales_.end();
  if (!is_known) default_locale_ = locales_.front();
}

std::string FormTexts::argument_of(std::string_view expression, TextOutputs& outputs) {
  auto known = std::find(quoted_.begin(), quoted_.end(), expression);
  if (known == quoted_.end()) known = quoted_.emplace(known, expression);
  std::string argument = "o" + std::to_string(known - quoted_.begin() + 1);
  outputs.emplace(argument, *known);
  return argument;
}

// Labels may hold markup; only its text is kept. The document's depth is bounded.
void FormTexts::append_message(const XmlElement& element, TextOutputs& outputs, std::string& to) {
  for (const XmlElement& child : element.children) {
    if (child.is_text()) {
      append_quoted(child.text, to);
    } else if (local_name(child.name) == "output") {
      const std::string* value = find_attribute(child, "value");
      if (value == nullptr) value = find_attribute(child, "ref");
      if (value == nullptr) continue;
      to += "{" + argument_of(without_outer_space(*value), outputs) + "}";
    } else {
      append_message(child, outputs, to);
    }
  }
}

std::string FormTexts::message_of(const XmlElement& element, TextOutputs& outputs) {
  std::string message;
  append_message(element, outputs, message);
  return std::string(without_outer_space(message));
}

void FormTexts::read_translation(const XmlElement& translation) {
  const std::string_view language = attribute_or_empty(translation, "lang");
  std::string locale = locale_of(language, given_default_);
  if (locale.empty()) {
    // A language without a tag gets one of the kind that is reserved for private use.
    locale = "x-" + std::to_string(locales_.size() + 1);
    problems_.note("unknown_language", place_of(translation), language, locale);
  }
  if (itext_.count(locale) == 0) locales_.push_back(locale);
  if (find_attribute(translation, "default") != nullptr) default_locale_ = locale;
  auto& texts = itext_[locale];
  for (const XmlElement* text : child_elements(translation)) {
    Variants& variants = texts[std::string(attribute_or_empty(*text, "id"))];
    for (const XmlElement* value : child_elements(*text)) {
      const std::string_view form = attribute_or_empty(*value, "form");
      if (form == "short") continue;
      variants.emplace(form.empty() || form == "long" ? "long" : std::string(form), value);
      if (!form.empty() && form != "long" && form != "guidance") {
        problems_.note("media_text", place_of(*value), attribute_or_empty(*text, "id"), form);
      }
    }
  }
}

const XmlElement* FormTexts::find(const std::string& locale, std::string_view id,
                                  std::string_view form) const {
  const auto texts = itext_.find(locale);
  if (texts == itext_.end()) return nullptr;
  const auto variants = texts->second.find(id);
  if (variants == texts->second.end()) return nullptr;
  const auto found = variants->second.find(form);
  return found == variants->second.end() ? nullptr : found->second;
}

std::optional<std::string> FormTexts::constant_id(std::string_view expression) {
  Result<Expression> parsed = parse_expression(expression);
  if (!parsed.ok()) return std::nullopt;
  for (const SyntaxNode& node : parsed.value().nodes) {
    const bool looks_at_answers =
        node.operation == Operation::path || node.operation == Operation::reference;
    if (looks_at_answers) return std::nullopt;
  }
  const Result<JsonNodes> nothing = JsonNodes::of(Json::object());
  if (!nothing.ok()) return std::nullopt;
  const EvaluationContext context{nothing.value(), nothing.value().context_node()};
  const Result<Value> value = evaluate(parsed.value(), context);
  if (!value.ok()) return std::nullopt;
  return text_of_value(value.value(), context);
}

bool FormTexts::put_element(const std::string& key, const XmlElement& element,
                            TextOutputs& outputs) {
  if (const std::string* ref = find_attribute(element, "ref")) {
    return put_attribute(key, *ref, outputs);
  }
  const std::string message = message_of(element, outputs);
  if (message.empty()) return false;
  for (const std::string& locale : locales_) bundles_[locale][key] = message;
  return true;
}

bool FormTexts::put_attribute(const std::string& key, std::string_view value,
                              TextOutputs& outputs) {
  if (const auto argument = itext_argument(value)) {
    const std::optional<std::string> id = constant_id(*argument);
    if (!id) {
      problems_.note("missing_text", itext_place_, key, value);
      return false;
    }
    return put_itext(key, *id, "long", outputs);
  }
  if (without_outer_space(value).empty()) return false;
  put_plain(key, without_outer_space(value));
  return true;
}

bool FormTexts::put_itext(const std::string& key, std::string_view id, std::string_view form,
                          TextOutputs& outputs) {
  const XmlElement* otherwise = find(default_locale_, id, form);
  for (const std::string& locale : locales_) {
    if (otherwise == nullptr) otherwise = find(locale, id, form);
  }
  if (otherwise == nullptr) {
    if (form == "long") problems_.note("missing_text", itext_place_, key, id);
    return false;
  }
  for (const std::string& locale : locales_) {
    const XmlElement* value = find(locale, id, form);
    if (value == nullptr) problems_.note("missing_text", itext_place_, locale, id);
    std::string message = message_of(value == nullptr ? *otherwise : *value, outputs);
    // Every text that a package names must say something.
    if (message.empty()) message = "–";
    bundles_[locale][key] = std::move(message);
  }
  return true;
}

void FormTexts::put_plain(const std::string& key, std::string_view text) {
  std::string message;
  append_quoted(text, message);
  for (const std::string& locale : locales_) bundles_[locale][key] = message;
}

Json FormTexts::bundle(const std::string& locale) const {
  Json texts = Json::object();
  const auto found = bundles_.find(locale);
  if (found == bundles_.end()) return texts;
  for (const auto& [key, message] : found->second) texts[key] = message;
  return texts;
}

}  // namespace landfall
