# Puts a folder of web pages into the program: each file as it is, as brotli and as gzip.
function(embed_pages target folder)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  file(GLOB_RECURSE pages CONFIGURE_DEPENDS ${folder}/*)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target})
  add_custom_command(
    OUTPUT ${out}/pages.S ${out}/pages.cpp
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tools/embed_pages ${folder} ${out}
    DEPENDS ${pages} ${PROJECT_SOURCE_DIR}/tools/embed_pages
    VERBATIM)
  add_library(${target} STATIC ${out}/pages.S ${out}/pages.cpp)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/server)
  target_link_libraries(${target} PRIVATE baijin_flags)
endfunction()
