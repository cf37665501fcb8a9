# Builds the report's files into the library. Its modules (web/report) and the part of Apache ECharts that they draw with
# become one script, by esbuild; both come from npm at the versions and checksums that web/package-lock.json pins, and
# `make setup` (npm ci) fetches them before the build.
set(DETENTE_REPORT_DIR ${CMAKE_SOURCE_DIR}/web/report)
set(DETENTE_ESBUILD ${CMAKE_SOURCE_DIR}/web/node_modules/esbuild/bin/esbuild)
if(NOT EXISTS ${DETENTE_ESBUILD} OR NOT EXISTS ${CMAKE_SOURCE_DIR}/web/node_modules/echarts/core.js)
  message(FATAL_ERROR "What bundles the report is missing (web/node_modules): run `make setup`, or `npm ci --prefix web`")
endif()
find_program(DETENTE_NODE node)
if(NOT DETENTE_NODE)
  message(FATAL_ERROR "Node.js, which bundles the report, is missing: run `make setup`")
endif()

file(GLOB DETENTE_REPORT_MODULES CONFIGURE_DEPENDS ${DETENTE_REPORT_DIR}/*.js)
set(DETENTE_REPORT_SCRIPT ${CMAKE_BINARY_DIR}/generated/report.js)
add_custom_command(
  OUTPUT ${DETENTE_REPORT_SCRIPT}
  COMMAND ${DETENTE_ESBUILD} ${DETENTE_REPORT_DIR}/main.js --bundle --format=iife --target=es2020 --minify --charset=utf8
          --log-level=warning --outfile=${DETENTE_REPORT_SCRIPT}
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/web
  DEPENDS ${DETENTE_REPORT_MODULES} ${CMAKE_SOURCE_DIR}/web/package-lock.json
  COMMENT "Bundling the report's script"
  VERBATIM)

set(DETENTE_ASSETS page:${DETENTE_REPORT_DIR}/report.html style:${DETENTE_REPORT_DIR}/report.css script:${DETENTE_REPORT_SCRIPT})
set(assembly "")
set(source "#include \"report/report_assets.h\"\n")
set(files "")
foreach(asset IN LISTS DETENTE_ASSETS)
  string(REGEX MATCH "^([a-z]+):(.*)$" _ ${asset})
  set(name ${CMAKE_MATCH_1})
  set(file ${CMAKE_MATCH_2})
  list(APPEND files ${file})
  string(APPEND assembly ".global detente_asset_${name}\n.global detente_asset_${name}_end\n"
                         ".hidden detente_asset_${name}\n.hidden detente_asset_${name}_end\n"
                         "detente_asset_${name}:\n.incbin \"${file}\"\ndetente_asset_${name}_end:\n.byte 0\n")
  string(APPEND source "extern \"C\" const char detente_asset_${name}[], detente_asset_${name}_end[];\n"
                       "std::string_view detente::report_assets::${name}() {\n"
                       "    return {detente_asset_${name}, static_cast<std::size_t>(detente_asset_${name}_end - detente_asset_${name})};\n}\n")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/report_assets.S
     CONTENT ".section .rodata\n${assembly}.section .note.GNU-stack,\"\",@progbits\n")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/report_assets.cpp CONTENT "${source}")
# An assembler's .incbin is no include the build sees: name the files it depends on.
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/report_assets.S PROPERTIES OBJECT_DEPENDS "${files}")
set(DETENTE_REPORT_SOURCES ${CMAKE_BINARY_DIR}/generated/report_assets.S ${CMAKE_BINARY_DIR}/generated/report_assets.cpp)
