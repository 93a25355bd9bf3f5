# Writes OUTPUT, a C++ file that holds every NNNN_what.sql of FOLDER as a string literal.
file(GLOB scripts ${FOLDER}/*.sql)
list(SORT scripts)
set(entries "")
set(count 0)
foreach(script IN LISTS scripts)
  get_filename_component(name ${script} NAME_WE)
  string(REGEX MATCH "^[0-9]+" version ${name})
  math(EXPR number "1${version} - 10000")
  file(READ ${script} text)
  string(APPEND entries "    {${number}, \"${name}\", R\"sql(${text})sql\"},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUTPUT} "#include <array>\n\n#include \"server/store/migrations.h\"\n
namespace landfall {\nnamespace {\n
constexpr std::array<Migration, ${count}> kMigrations = {{\n${entries}}};\n
}  // namespace\n
std::span<const Migration> migrations() { return kMigrations; }\n
}  // namespace landfall\n")
