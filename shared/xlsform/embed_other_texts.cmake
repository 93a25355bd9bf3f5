# Writes OUTPUT, a C++ file that holds every I18N/<locale>/xlsform.json.
file(GLOB files ${I18N}/*/xlsform.json)
list(SORT files)
set(entries "")
set(count 0)
foreach(file IN LISTS files)
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(locale ${folder} NAME)
  file(READ ${file} text)
  string(JSON members LENGTH ${text})
  math(EXPR last "${members} - 1")
  foreach(number RANGE ${last})
    string(JSON key MEMBER ${text} ${number})
    string(JSON message GET ${text} ${key})
    string(APPEND entries "    {\"${locale}\", \"${key}\", R\"text(${message})text\"},\n")
    math(EXPR count "${count} + 1")
  endforeach()
endforeach()
file(WRITE ${OUTPUT} "#include <array>\n\n#include \"shared/xlsform/other_texts.h\"\n
namespace landfall {\nnamespace {\n
constexpr std::array<OtherText, ${count}> kTexts = {{\n${entries}}};\n
}  // namespace\n
std::span<const OtherText> other_texts() { return kTexts; }\n
}  // namespace landfall\n")
