# server/migrations/*.sql become db::migrations().
#   embed_migrations(TARGET DIRECTORY)
# Run as a script (cmake -P) this same file writes the .cpp, whenever a migration has changed.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB files ${DIRECTORY}/*.sql)
  list(SORT files)
  set(text "// Made from server/migrations by cmake/migrations.cmake.\n")
  string(APPEND text "#include \"db/migrate.h\"\n\n#include <array>\n\nnamespace baijin::db {\n\n")
  set(lines "")
  set(number 0)
  set(count 0)
  foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
      message(FATAL_ERROR "${file}: a migration is named NNNN_some_words.sql")
    endif()
    string(REGEX REPLACE "^0+" "" written "${CMAKE_MATCH_1}")
    # That no number is left out is a test's business: a branch may wait for another's migration.
    if(NOT written GREATER number)
      message(FATAL_ERROR "${file}: the number ${written} is used twice")
    endif()
    set(number ${written})
    math(EXPR count "${count} + 1")
    file(READ ${file} content)
    if(content MATCHES "\\)migration\"")
      message(FATAL_ERROR "${file}: contains the mark that ends its text in C++")
    endif()
    string(APPEND lines "    {${number}, \"${name}\", R\"migration(${content})migration\"},\n")
  endforeach()
  string(APPEND text "std::span<const Migration> migrations() {\n")
  string(APPEND text "  static const std::array<Migration, ${count}> all{{\n${lines}  }};\n")
  string(APPEND text "  return all;\n}\n\n}  // namespace baijin::db\n")
  file(WRITE ${OUTPUT} "${text}")
  return()
endif()

function(embed_migrations target directory)
  file(GLOB files CONFIGURE_DEPENDS ${directory}/*.sql)
  set(script ${PROJECT_SOURCE_DIR}/cmake/migrations.cmake)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/migrations.cpp)
  # The list of names stands in a file, so that a migration taken away is noticed too.
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/migrations.txt CONTENT "${files}\n")
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DDIRECTORY=${directory} -DOUTPUT=${output} -P ${script}
    DEPENDS ${files} ${script} ${CMAKE_CURRENT_BINARY_DIR}/migrations.txt
    COMMENT "Embedding the migrations" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
