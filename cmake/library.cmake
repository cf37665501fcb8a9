# The shared library (include/detente), and the command.
#
# A developer's build links the command with the engine itself: one program that can be copied. A portable build
# (DETENTE_PORTABLE, what `make package` makes) has the library twice, once for any x86-64 and once for x86-64-v3 under
# glibc-hwcaps, where the loader looks first on CPUs that have it; the command is then a few lines on top of the library,
# which brings the command's code along, so that both are chosen together and no object crosses from one to the other.
file(GLOB DETENTE_LIBRARY_SOURCES CONFIGURE_DEPENDS src/library/*.cpp)
file(GLOB DETENTE_CLI_SOURCES CONFIGURE_DEPENDS apps/cli/*.cpp)
list(FILTER DETENTE_CLI_SOURCES EXCLUDE REGEX "/start.cpp$")

# An archive of the command's code.
function(detente_add_command name engine)
  add_library(${name} STATIC ${DETENTE_CLI_SOURCES})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden)
  target_link_libraries(${name} PRIVATE ${engine} CLI11::CLI11)
  detente_precompile(${name} <fmt/format.h>)
endfunction()

# libdetente.so from the public functions (src/library, an archive of their own: the tests link it) and one engine.
function(detente_add_library name api engine)
  add_library(${api} STATIC ${DETENTE_LIBRARY_SOURCES})
  set_target_properties(${api} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden)
  # Inside, the public names stand beside the engine's own (include/detente/export.h).
  target_compile_definitions(${api} PRIVATE DETENTE_BUILDING_LIBRARY)
  target_link_libraries(${api} PUBLIC ${engine} PRIVATE ${CMAKE_DL_LIBS})
  detente_precompile(${api} <fmt/format.h>)

  add_library(${name} SHARED $<TARGET_OBJECTS:${api}>)
  set_target_properties(${name} PROPERTIES OUTPUT_NAME detente LINKER_LANGUAGE CXX
      VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
      LINK_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/exported.map)
  target_link_libraries(${name} PRIVATE ${engine} ${CMAKE_DL_LIBS})
  target_link_options(${name} PRIVATE -Wl,--version-script=${CMAKE_SOURCE_DIR}/cmake/exported.map)
endfunction()

detente_add_command(detente_command detente_engine)
detente_add_library(detente_library detente_api detente_engine)
add_executable(detente apps/cli/start.cpp)
# Up to the check of the CPU, and in it, nothing may need more than every CPU of the family has.
set_source_files_properties(apps/cli/start.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
if(DETENTE_MARCH STREQUAL "x86-64-v3")
  set_source_files_properties(apps/cli/start.cpp PROPERTIES COMPILE_OPTIONS "-march=x86-64" COMPILE_DEFINITIONS DETENTE_NEEDS_V3)
  # A program of someone else's that loads the library on an older CPU is told so by the loader.
  include(CheckLinkerFlag)
  check_linker_flag(CXX -Wl,-z,x86-64-v3 DETENTE_LINKER_MARKS_V3)
  if(DETENTE_LINKER_MARKS_V3)
    target_link_options(detente_library PRIVATE -Wl,-z,x86-64-v3)
  endif()
endif()

if(DETENTE_PORTABLE)
  target_sources(detente_library PRIVATE $<TARGET_OBJECTS:detente_command>)
  target_link_libraries(detente PRIVATE detente_library)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    detente_add_engine(detente_engine_v3)
    detente_add_command(detente_command_v3 detente_engine_v3)
    detente_add_library(detente_library_v3 detente_api_v3 detente_engine_v3)
    foreach(target detente_engine_v3 detente_command_v3 detente_api_v3)
      target_compile_options(${target} PRIVATE -march=x86-64-v3)
    endforeach()
    target_sources(detente_library_v3 PRIVATE $<TARGET_OBJECTS:detente_command_v3>)
    set_target_properties(detente_library_v3 PROPERTIES
        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/glibc-hwcaps/x86-64-v3)
    add_dependencies(detente detente_library_v3)
  endif()
else()
  target_link_libraries(detente PRIVATE detente_command detente_engine)
endif()
