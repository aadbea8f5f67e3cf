# How everything is compiled: warnings are errors, release is hardened, mold links.
add_library(baijin_flags INTERFACE)
target_compile_options(baijin_flags INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Werror -fno-omit-frame-pointer -fPIE)
target_link_options(baijin_flags INTERFACE -pie)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside its own standard library at -O2 (GCC bugs 105329, 105562, 105651).
  target_compile_options(baijin_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()

if(BAIJIN_FUZZ)
  target_compile_options(baijin_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(BAIJIN_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Asio's fences are not understood by this sanitizer, and g++ says so for each of them.
  target_compile_options(baijin_flags INTERFACE -Wno-tsan)
endif()
if(BAIJIN_SANITIZE)
  target_compile_options(baijin_flags INTERFACE
    -fsanitize=${BAIJIN_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(baijin_flags INTERFACE -fsanitize=${BAIJIN_SANITIZE})
elseif(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  target_compile_options(baijin_flags INTERFACE
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fcf-protection)
  target_link_options(baijin_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

find_program(MOLD mold)
if(MOLD)
  target_link_options(baijin_flags INTERFACE -fuse-ld=mold)
endif()

# Precompiled headers go through ccache only with these settings; paths below the source folder are
# made relative, so that clones share what they compile.
find_program(CCACHE ccache)
if(CCACHE)
  set(launcher env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(baijin_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
  endif()
endif()
