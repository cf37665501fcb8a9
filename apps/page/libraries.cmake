# The libraries of the engine in WebAssembly: the headers of the system's, and NLopt compiled from its source.

# Headers alone, without the system's C library that lies beside them.
set(DETENTE_PAGE_HEADERS ${CMAKE_BINARY_DIR}/headers)
file(MAKE_DIRECTORY ${DETENTE_PAGE_HEADERS})
foreach(found eigen3/Eigen eigen3/unsupported fmt nlohmann boost toml++ nlopt.h nlopt.hpp)
  if(NOT EXISTS /usr/include/${found})
    message(FATAL_ERROR "/usr/include/${found} is missing: scripts/setup build")
  endif()
  cmake_path(GET found FILENAME name)
  file(CREATE_LINK /usr/include/${found} ${DETENTE_PAGE_HEADERS}/${name} SYMBOLIC)
endforeach()

# What the engine's own build links, in C: without Luksan's algorithms, whose licence (LGPL) asks for more than a page of
# static files gives, and which nothing here asks for.
set(DETENTE_NLOPT ${CMAKE_SOURCE_DIR}/build/sources/nlopt-2.7.1)
if(NOT EXISTS ${DETENTE_NLOPT}/nlopt_config.h.in)
  message(FATAL_ERROR "${DETENTE_NLOPT} is missing: scripts/setup page")
endif()
enable_language(C)
foreach(have COPYSIGN FPCLASSIFY GETTIMEOFDAY ISINF ISNAN STDINT_H SYS_TIME_H TIME TIME_H UINT32_T UNISTD_H)
  set(HAVE_${have} 1)
endforeach()
set(NLOPT_MAJOR_VERSION 2)
set(NLOPT_MINOR_VERSION 7)
set(NLOPT_BUGFIX_VERSION 1)
set(TIME_WITH_SYS_TIME 1)
set(SIZEOF_UNSIGNED_INT 4)
set(SIZEOF_UNSIGNED_LONG 4)
set(THREADLOCAL __thread)
configure_file(${DETENTE_NLOPT}/nlopt_config.h.in ${CMAKE_CURRENT_BINARY_DIR}/nlopt/nlopt_config.h)
file(GLOB DETENTE_NLOPT_SOURCES ${DETENTE_NLOPT}/src/algs/*/*.c ${DETENTE_NLOPT}/src/util/*.c)
list(FILTER DETENTE_NLOPT_SOURCES EXCLUDE REGEX "/luksan/|/cquad/|/subplex/|DIRparallel|nlopt-getopt|_test\\.c$|/tstc\\.c$")
foreach(file general options optimize deprecated)
  list(APPEND DETENTE_NLOPT_SOURCES ${DETENTE_NLOPT}/src/api/${file}.c)
endforeach()
file(GLOB DETENTE_NLOPT_FOLDERS ${DETENTE_NLOPT}/src/algs/*)
add_library(detente_page_nlopt STATIC nlopt_luksan.c ${DETENTE_NLOPT_SOURCES})
target_include_directories(detente_page_nlopt SYSTEM PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/nlopt ${DETENTE_NLOPT}/src/api
                           ${DETENTE_NLOPT}/src/util ${DETENTE_NLOPT_FOLDERS})
# As it comes: its own warnings are none of ours.
target_compile_options(detente_page_nlopt PRIVATE -w $<$<BOOL:${DETENTE_PAGE_THREADS}>:-pthread>)
