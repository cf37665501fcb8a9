# Builds the report's files into the library. Apache ECharts comes from its npm package, at the version and the
# checksum that web/package-lock.json pins; `make setup` (npm ci) fetches it before the build.
set(DETENTE_REPORT_DIR ${CMAKE_SOURCE_DIR}/web/report)
set(DETENTE_ECHARTS ${CMAKE_SOURCE_DIR}/web/node_modules/echarts/dist/echarts.min.js)
if(NOT EXISTS ${DETENTE_ECHARTS})
  message(FATAL_ERROR "Apache ECharts is missing (web/node_modules/echarts): run `make setup`, or `npm ci --prefix web`")
endif()

set(DETENTE_ASSETS page:${DETENTE_REPORT_DIR}/report.html style:${DETENTE_REPORT_DIR}/report.css
                   parts:${DETENTE_REPORT_DIR}/parts.js scenarios:${DETENTE_REPORT_DIR}/scenarios.js
                   games:${DETENTE_REPORT_DIR}/games.js relation:${DETENTE_REPORT_DIR}/relation.js
                   closing:${DETENTE_REPORT_DIR}/main.js echarts:${DETENTE_ECHARTS})
set(assembly "")
set(source "#include \"report/report_assets.h\"\n")
set(files "")
foreach(asset IN LISTS DETENTE_ASSETS)
  string(REGEX MATCH "^([a-z]+):(.*)$" _ ${asset})
  set(name ${CMAKE_MATCH_1})
  set(file ${CMAKE_MATCH_2})
  list(APPEND files ${file})
  string(APPEND assembly ".global detente_asset_${name}\n.global detente_asset_${name}_end\n"
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
target_sources(detente_engine PRIVATE ${CMAKE_BINARY_DIR}/generated/report_assets.S ${CMAKE_BINARY_DIR}/generated/report_assets.cpp)
