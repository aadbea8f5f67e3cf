# Builds the web pages and puts them into the program: each file as it is, as brotli and as gzip.
function(embed_pages target web)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS
    ${web}/src/* ${web}/public/* ${web}/scripts/* ${web}/tokens/* ${web}/*.html ${web}/*.ts
    ${web}/*.json)
  list(FILTER sources EXCLUDE REGEX "/node_modules/|/schema\\.d\\.ts$")
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target})
  set(tools ${PROJECT_SOURCE_DIR}/tools)
  add_custom_command(
    OUTPUT ${out}/pages.S ${out}/pages.cpp
    COMMAND ${tools}/web build ${out}/pages
    COMMAND ${Python3_EXECUTABLE} ${tools}/embed_pages ${out}/pages ${out}
    DEPENDS ${sources} ${PROJECT_SOURCE_DIR}/api/openapi.json ${tools}/web ${tools}/embed_pages
    COMMENT "Building the web pages" VERBATIM)
  add_library(${target} STATIC ${out}/pages.S ${out}/pages.cpp)
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/server)
  target_link_libraries(${target} PRIVATE baijin_flags)
endfunction()
