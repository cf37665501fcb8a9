# Several sources in one unit (CMAKE_UNITY_BUILD), where everything is compiled at once from nothing: the presets release,
# fuzz, wasm and package, and what pip builds. The headers are parsed once a unit and no more. The presets debug and
# asan-ubsan compile each file by itself: a change to one file compiles one, and each has to include what it uses.
#
# In one unit two files may not give one name to two things, unless they stand here: files that say the same by the same
# names on purpose (the row of a model, the readers of a kind of file).
if(CMAKE_UNITY_BUILD)
  file(GLOB DETENTE_APART CONFIGURE_DEPENDS
       ${CMAKE_SOURCE_DIR}/src/equilibrium/models/*.cpp
       ${CMAKE_SOURCE_DIR}/src/economy/import_*.cpp ${CMAKE_SOURCE_DIR}/src/base/spreadsheet_*.cpp)
  set_source_files_properties(${DETENTE_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endif()
