#include "shared/xform/import_xform.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/form/state_json.h"
#include "tests/shared/xform/documents.h"

namespace landfall {
namespace {

XmlElement bind(std::string nodeset, Attributes more = {}) {
  more.insert(more.begin(), {"nodeset", std::move(nodeset)});
  return element("bind", std::move(more));
}

XmlElement label(std::string_view words) { return element("label", {}, {text(words)}); }

std::string codes_of(const XFormImport& import) {
  std::string codes;
  for (const XFormProblem& problem : import.problems) {
    if (!codes.empty()) codes += ' ';
    codes += (problem.refuses ? "!" : "") + problem.code;
  }
  return codes;
}

// A filled-in copy of an imported form.
struct Filled {
  Package package;
  std::unique_ptr<Engine> engine;

  std::string value(const std::string& path) const {
    const Result<NodeState> state = engine->state(path);
    if (!state.ok()) return "missing";
    const Answer& answer = state.value().answer;
    if (answer.kind == AnswerKind::number) return std::to_string(static_cast<int>(answer.number));
    return answer.kind == AnswerKind::empty ? "empty" : answer.text;
  }
};

std::unique_ptr<Filled> open(const XmlElement& document) {
  const XFormImport import = import_xform(document);
  INFO(codes_of(import));
  REQUIRE(import.is_usable());
  Result<Package> package = package_of_sources(import.sources);
  REQUIRE(package.ok());
  auto filled = std::make_unique<Filled>();
  filled->package = std::move(package).value();
  EngineOptions options;
  options.as_of = "2026-11-21";
  Result<std::unique_ptr<Engine>> engine = Engine::open(filled->package, options);
  REQUIRE(engine.ok());
  filled->engine = std::move(engine).value();
  return filled;
}

TEST_CASE("questions, defaults and calculations come over with their paths as they are") {
  const auto form = open(
      document_of(element("stats", {{"id", "s"}},
                          {element("a", {}, {text("it's 2")}), element("n", {}, {text("2")}),
                           element("g", {}, {element("twice")})}),
                  {bind("/stats/a", {{"type", "string"}}), bind("/stats/n", {{"type", "int"}}),
                   bind("/stats/g/twice", {{"type", "int"}, {"calculate", "/stats/n * 2.75"}})},
                  {element("input", {{"ref", "/stats/a"}}, {label("A")}),
                   element("input", {{"ref", "/stats/n"}}, {label("N")})}));

  CHECK(form->value("a") == "it's 2");
  CHECK(form->value("g/twice") == "5");
  REQUIRE(form->engine->set("n", Answer::of_text("4")).ok());
  CHECK(form->value("g/twice") == "11");
}

TEST_CASE("a repeat begins with the instances that the form has, and grows by its template") {
  const auto form = open(document_of(
      element("data", {{"id", "f"}},
              {element("r", {{"jr:template", ""}}, {element("a", {}, {text("new")})}),
               element("r", {}, {element("a", {}, {text("first")})}),
               element("r", {}, {element("a")})}),
      {bind("/data/r/a", {{"type", "string"}})},
      {element("group", {{"ref", "/data/r"}},
               {label("R"), element("repeat", {{"nodeset", "/data/r"}},
                                    {element("input", {{"ref", "a"}}, {label("A")})})})}));

  CHECK(form->value("r[1]/a") == "first");
  CHECK(form->value("r[2]/a") == "empty");
  REQUIRE(form->engine->add_instance("r").ok());
  CHECK(form->value("r[3]/a") == "new");
}

TEST_CASE("choices of an instance are filtered by what its rows hold") {
  const auto item = [](const char* name, const char* country) {
    return element("item", {},
                   {element("name", {}, {text(name)}), element("country", {}, {text(country)}),
                    element("label", {}, {text(name)})});
  };
  const auto form = open(document_of(
      element("data", {{"id", "f"}}, {element("country"), element("city")}),
      {element("instance", {{"id", "cities"}},
               {element("root", {}, {item("taipei", "tw"), item("paris", "fr")})})},
      {element("input", {{"ref", "/data/country"}}, {label("C")}),
       element(
           "select1", {{"ref", "/data/city"}},
           {label("T"),
            element(
                "itemset", {{"nodeset", "instance('cities')/root/item[country = /data/country]"}},
                {element("value", {{"ref", "name"}}), element("label", {{"ref", "label"}})})})}));

  REQUIRE(form->engine->set("country", Answer::of_text("fr")).ok());
  CHECK(form->engine->state("city").value().choices == std::vector<std::string>{"paris"});
}

// Two towns whose labels are texts in two languages, and the controls and binds of a form on them.
XmlElement towns(std::vector<XmlElement> binds, std::vector<XmlElement> body) {
  const auto itext = [](std::string_view language, std::string_view first,
                        std::string_view second) {
    const auto entry = [](std::string id, std::string_view words) {
      return element("text", {{"id", std::move(id)}}, {element("value", {}, {text(words)})});
    };
    return element("translation", {{"lang", std::string(language)}},
                   {entry("town-0", first), entry("town-1", second)});
  };
  const auto item = [](std::string_view id, std::string_view name) {
    return element("item", {},
                   {element("itextId", {}, {text(id)}), element("name", {}, {text(name)})});
  };
  std::vector<XmlElement> model = {
      element("itext", {}, {itext("en", "Astra", "Borgo"), itext("fr", "Astre", "Bourg")}),
      element("instance", {{"id", "town"}},
              {element("root", {}, {item("town-0", "a"), item("town-1", "b")})})};
  model.insert(model.end(), binds.begin(), binds.end());
  return document_of(element("data", {{"id", "f"}}, {element("town"), element("words")}),
                     std::move(model), std::move(body));
}

XmlElement town_select(std::string nodeset, std::string label_ref) {
  return element("select1", {{"ref", "/data/town"}},
                 {label("T"), element("itemset", {{"nodeset", std::move(nodeset)}},
                                      {element("value", {{"ref", "name"}}),
                                       element("label", {{"ref", std::move(label_ref)}})})});
}

std::string choice_texts(const XFormImport& import, std::size_t locale) {
  const Result<Json> texts = parse_json(import.sources.locales[locale].form_texts);
  REQUIRE(texts.ok());
  return std::string(member_text_or(texts.value(), "choice.town.1", "?")) + " " +
         std::string(member_text_or(texts.value(), "choice.town.2", "?"));
}

TEST_CASE("choices of an instance are labelled by their translations, however they are named") {
  int ran = 0;
  for (const char* label_ref : {"jr:itext(itextId)", "jr:itext(./itextId)", "itextId"}) {
    const XFormImport import =
        import_xform(towns({}, {town_select("instance('town')/root/item", label_ref)}));

    CHECK(codes_of(import) == "");
    CHECK(choice_texts(import, 0) == "Astra Borgo");
    CHECK(choice_texts(import, 1) == "Astre Bourg");
    ++ran;
  }
  CHECK(ran == 3);
}

TEST_CASE("an input that is calculated as the words of a choice is that choice") {
  const std::string words = "jr:itext(instance('town')/root/item[name = /data/town ]/itextId)";
  const auto input = element("input", {{"ref", "/data/words"}}, {label("W")});
  const auto select = town_select("instance('town')/root/item", "jr:itext(itextId)");
  const auto calculated = [&](std::string calculate) {
    return std::vector<XmlElement>{
        bind("/data/words", {{"type", "string"}, {"calculate", std::move(calculate)}})};
  };

  CHECK(codes_of(import_xform(towns(calculated(words), {select, input}))) == "text_by_key");
  const auto form = open(towns(calculated(words), {select, input}));
  REQUIRE(form->engine->set("town", Answer::of_text("b")).ok());
  CHECK(form->value("words") == "b");
  // Within an expression, or of a node that no page shows, it is words that nothing can give.
  CHECK(codes_of(import_xform(towns(calculated("concat(" + words + ", '!')"), {select, input}))) ==
        "!xpath_unknown_function");
  CHECK(codes_of(import_xform(towns(calculated(words), {select}))) == "!xpath_unknown_function");
}

TEST_CASE("choices in random order come in their own, and choices made from answers are refused") {
  const auto with = [](std::string nodeset) {
    return import_xform(towns({}, {town_select(std::move(nodeset), "jr:itext(itextId)")}));
  };

  const XFormImport mixed = with("randomize(instance('town')/root/item[name != ','], 42)");
  CHECK(codes_of(mixed) == "choices_in_order");
  CHECK(choice_texts(mixed, 0) == "Astra Borgo");
  CHECK(codes_of(with("/data/words")) == "!unsupported_choices");
  CHECK(codes_of(with("instance('elsewhere')/root/item")) == "!unsupported_file");
}

TEST_CASE(
    "what an XForm leaves open is told: no label, no rows, binds that contradict each other") {
  const auto input = element("input", {{"ref", "/data/words"}}, {label("W")});
  const auto bare = element("input", {{"ref", "/data/words"}});
  const auto rows = [](std::string nodeset) {
    return towns({}, {town_select(std::move(nodeset), "jr:itext(itextId)")});
  };
  const auto twice = [](std::string_view type) {
    return std::vector<XmlElement>{bind("/data/words", {{"type", "string"}}),
                                   bind("/data/words", {{"type", std::string(type)}})};
  };

  CHECK(codes_of(import_xform(towns({}, {bare}))) == "missing_label");
  CHECK(codes_of(import_xform(rows("instance('town')/rooot/item"))) == "!empty_itemset");
  CHECK(codes_of(import_xform(towns(twice("string"), {input}))) == "");
  CHECK(codes_of(import_xform(towns(twice("date"), {input}))) == "second_bind");
}

TEST_CASE("setvalue runs at its events") {
  const auto form = open(document_of(
      element("data", {{"id", "f"}}, {element("a"), element("b"), element("c")}), {},
      {element("input", {{"ref", "/data/a"}},
               {label("A"), element("setvalue", {{"event", "xforms-value-changed"},
                                                 {"ref", "/data/b"},
                                                 {"value", "concat(/data/a, '!')"}})}),
       element("input", {{"ref", "/data/c"}},
               {label("C"),
                element("setvalue", {{"event", "odk-instance-first-load"}, {"ref", "/data/c"}},
                        {text("hello")})})}));

  CHECK(form->value("c") == "hello");
  REQUIRE(form->engine->set("a", Answer::of_text("x")).ok());
  CHECK(form->value("b") == "x!");
}

TEST_CASE("texts come over in every language, and their marks stay themselves") {
  const auto translation = [](const char* language, const char* words) {
    return element("translation", {{"lang", language}},
                   {element("text", {{"id", "a:label"}},
                            {element("value", {}, {text(words)}),
                             element("value", {{"form", "image"}}, {text("jr://images/a.png")})})});
  };
  const XFormImport import = import_xform(document_of(
      element("data", {{"id", "f"}}, {element("a")}),
      {element("itext", {}, {translation("English (en)", "It's {a}"), translation("fr", "C'est")})},
      {element("input", {{"ref", "/data/a"}},
               {element("label", {{"ref", "jr:itext('a:label')"}})})}));

  CHECK(codes_of(import) == "media_text media_text");
  REQUIRE(import.sources.locales.size() == 2);
  CHECK(import.sources.locales[0].form_texts.find("It''s '{'a'}'") != std::string::npos);
  CHECK(import.sources.locales[1].locale == "fr");
}

TEST_CASE("a language is known by its tag or its name, and any other gets a private tag") {
  const auto locale_of = [](const char* language) {
    const auto translation =
        element("translation", {{"lang", language}},
                {element("text", {{"id", "a:label"}}, {element("value", {}, {text("A")})})});
    const XFormImport import = import_xform(document_of(
        element("data", {{"id", "f"}}, {element("a")}), {element("itext", {}, {translation})},
        {element("input", {{"ref", "/data/a"}},
                 {element("label", {{"ref", "jr:itext('a:label')"}})})}));
    return (import.sources.locales.empty() ? "none" : import.sources.locales[0].locale) + " " +
           codes_of(import);
  };

  CHECK(locale_of("English (en)") == "en ");
  CHECK(locale_of("English") == "en ");
  CHECK(locale_of("Français") == "fr ");
  CHECK(locale_of("zh-TW") == "zh-TW ");
  CHECK(locale_of("default") == "en ");
  CHECK(locale_of("Klingon") == "x-1 unknown_language");
}

TEST_CASE("what labels, messages and choices quote is computed beside their questions") {
  const auto output = [](const char* value) { return element("output", {{"value", value}}); };
  const XFormImport import = import_xform(document_of(
      element("data", {{"id", "f"}}, {element("a"), element("b"), element("c")}),
      {element(
           "itext", {},
           {element("translation", {{"lang", "en"}},
                    {element("text", {{"id", "b:msg"}},
                             {element("value", {}, {text("more than "), output("/data/a")})})})}),
       bind("/data/b", {{"type", "int"},
                        {"constraint", ". > /data/a"},
                        {"constraintMsg", "jr:itext('b:msg')"}})},
      {element("input", {{"ref", "/data/a"}}, {label("A")}),
       element("input", {{"ref", "/data/b"}},
               {element("label", {}, {text("Twice "), output(" ../a * 2 "), text("?")}),
                element("hint", {}, {output("/data/a")})}),
       element("select1", {{"ref", "/data/c"}},
               {label("C"), element("item", {},
                                    {element("label", {}, {text("as "), output("/data/b")}),
                                     element("value", {}, {text("x")})})})}));

  CHECK(codes_of(import) == "");
  const std::string& texts = import.sources.locales[0].form_texts;
  CHECK(texts.find("\"b.label\":\"Twice {o1}?\"") != std::string::npos);
  CHECK(texts.find("\"b.hint\":\"{o2}\"") != std::string::npos);
  CHECK(texts.find("\"b.constraint_message\":\"more than {o2}\"") != std::string::npos);
  CHECK(texts.find(":\"as {o3}\"") != std::string::npos);
  const Result<Package> package = package_of_sources(import.sources);
  REQUIRE(package.ok());
  EngineOptions options;
  options.as_of = "2026-11-21";
  const Result<std::unique_ptr<Engine>> engine = Engine::open(package.value(), options);
  REQUIRE(engine.value()->set("a", Answer::of_text("3")).ok());
  REQUIRE(engine.value()->set("b", Answer::of_number(9)).ok());
  CHECK(engine.value()->state("b").value().outputs == TextPairs{{"o1", "6"}, {"o2", "3"}});
  CHECK(engine.value()->state("c").value().outputs == TextPairs{{"o3", "9"}});
}

TEST_CASE("what the form does not know or the package cannot hold is reported, with its place") {
  const XFormImport import = import_xform(
      document_of(element("data", {{"id", "f"}}, {element("a", {{"x", "1"}})}),
                  {bind("/data/a", {{"type", "hologram"}}),
                   element("instance", {{"id", "e"}, {"src", "jr://file-csv/e.csv"}})},
                  {element("input", {{"ref", "/data/a"}}, {label("A")}), element("odk:magic")}));

  CHECK(codes_of(import) ==
        "unsupported_element external_data unsupported_attribute unsupported_type");
  CHECK(import.problems[3].where == "/data/a");
}

TEST_CASE("a bind, a control or a group of a node that is not there refuses the form") {
  const auto with = [](XmlElement model, XmlElement control) {
    return import_xform(
        document_of(element("data", {{"id", "f"}}, {element("a")}), {std::move(model)},
                    {element("input", {{"ref", "/data/a"}}, {label("A")}), std::move(control)}));
  };
  const XmlElement good = bind("/data/a", {{"required", "true()"}});
  const XmlElement note = element("group", {}, {});

  CHECK(codes_of(with(good, note)) == "");
  const XFormImport rule = with(bind("/data/nobody", {{"relevant", "false()"}}), note);
  CHECK(codes_of(rule) == "!unknown_node");
  CHECK(rule.problems[0].where == "/data/nobody");
  CHECK(codes_of(with(bind("/data/nobody", {{"type", "int"}}), note)) == "unbound_type");
  CHECK(codes_of(with(bind("/data/a/@x", {{"calculate", "1"}}), note)) == "unsupported_attribute");
  CHECK(codes_of(with(good, element("input", {{"ref", "/data/gone"}}, {label("G")}))) ==
        "!unknown_node");
  CHECK(codes_of(with(good, element("group", {{"ref", "/data/gone"}}, {label("G")}))) ==
        "!unknown_node");
  const XFormImport repeat =
      with(good, element("group", {}, {element("repeat", {{"nodeset", "/data/r"}}, {label("G")})}));
  CHECK(codes_of(repeat) == "!unknown_node");
  CHECK(repeat.problems[0].where == "/data/r");
}

TEST_CASE("a problem has the line of its element: the bind of a rule, the control of the rest") {
  const auto at = [](std::uint32_t line, XmlElement element) {
    element.line = line;
    return element;
  };
  const XFormImport import = import_xform(document_of(
      element("data", {{"id", "f"}}, {at(3, element("a", {{"x", "1"}})), at(4, element("b"))}),
      {at(5, bind("/data/a", {{"calculate", "/data/b"}})),
       at(6, bind("/data/b", {{"calculate", "/data/a"}}))},
      {at(9, element("select1", {{"ref", "/data/a"}}, {label("A")}))}));

  std::string lines;
  for (const XFormProblem& problem : import.problems) {
    lines += problem.code + "@" + std::to_string(problem.line) + " ";
  }
  CHECK(lines == "unsupported_attribute@3 no_choices@9 cycle@5 ");
}

TEST_CASE("a range whose ends are no numbers or whose step leads nowhere is refused at its line") {
  struct Case {
    Attributes range;
    const char* detail;
  };
  const Case cases[] = {
      {{{"start", "1"}, {"end", "5"}, {"step", "0.5"}}, ""},
      {{{"start", "5"}, {"end", "1"}, {"step", "-1"}}, ""},
      {{{"start", "a"}, {"end", "5"}, {"step", "1"}}, "start=a"},
      {{{"start", "1"}, {"end", "2026-01-01"}, {"step", "1"}}, "end=2026-01-01"},
      {{{"start", "1"}, {"end", "5"}, {"step", "0"}}, "step=0"},
      {{{"start", "1"}, {"end", "5"}, {"step", "-1"}}, "step=-1"},
  };
  int refused = 0;

  for (const Case& one : cases) {
    Attributes attributes = one.range;
    attributes.insert(attributes.begin(), {"ref", "/data/n"});
    XmlElement range = element("range", attributes, {label("N")});
    range.line = 7;
    const XFormImport import =
        import_xform(document_of(element("data", {{"id", "f"}}, {element("n")}),
                                 {bind("/data/n", {{"type", "decimal"}})}, {range}));
    INFO(one.detail << ": " << codes_of(import));
    CHECK(import.is_usable() == std::string(one.detail).empty());
    if (import.is_usable()) continue;
    CHECK(import.problems[0].code == "bad_range");
    CHECK(import.problems[0].line == 7);
    CHECK(import.problems[0].detail == one.detail);
    ++refused;
  }

  CHECK(refused == 4);
}

TEST_CASE("a form that would be another one without what cannot be had is refused") {
  const auto with = [](std::vector<XmlElement> model) {
    return codes_of(import_xform(
        document_of(element("data", {{"id", "f"}}, {element("a"), element("b")}), std::move(model),
                    {element("input", {{"ref", "/data/a"}}, {label("A")})})));
  };

  CHECK(with({bind("/data/a", {{"relevant", "1 +"}})}) == "!xpath_syntax");
  CHECK(with({bind("/data/a", {{"relevant", "no-such(1)"}})}) == "!xpath_unknown_function");
  CHECK(with({bind("/data/a", {{"calculate", "/data/b"}}),
              bind("/data/b", {{"calculate", "/data/a"}})}) == "!cycle");
  CHECK(with({element("setvalue", {{"event", "my-event"}, {"ref", "/data/a"}})}) == "!bad_event");
  CHECK(with({element("setvalue", {{"event", "odk-new-repeat"}, {"ref", "/data/a"}})}) ==
        "!bad_event");
  CHECK(with({element("submission", {{"method", "carrier-pigeon"}})}) == "!bad_submission");
  CHECK(with({bind("/data/b", {{"calculate", "jr:choice-name('x', '/data/a')"}})}) ==
        "!unknown_choice_question");
}

TEST_CASE("a document that is no form, or too much of one, is refused by name") {
  CHECK(codes_of(import_xform(element("h:html"))) == "!no_model");
  CHECK(codes_of(import_xform(text("x"))) == "!no_model");
  CHECK(codes_of(import_xform(element(
            "h:html", {}, {element("h:head", {}, {element("model")}), element("h:body")}))) ==
        "!no_instance");
  XmlElement deep = element("a");
  for (std::size_t i = 0; i <= kMaxXmlDepth; ++i) {
    XmlElement outer = element("a");
    outer.children.push_back(std::move(deep));
    deep = std::move(outer);
  }
  CHECK(codes_of(import_xform(document_of(std::move(deep), {}, {}))) == "!too_large");
  XmlElement wide = element("data", {{"id", "f"}});
  for (int i = 0; i < 7000; ++i) wide.children.push_back(element("n" + std::to_string(i)));
  CHECK(codes_of(import_xform(document_of(std::move(wide), {}, {}))).find("!too_large") == 0);
  CHECK(codes_of(import_xform(document_of(element("data", {}, {element("a"), element("a")}), {},
                                          {}))) == "!duplicate_node");
}

}  // namespace
}  // namespace landfall
