# detente._core: the Python module, a binding of include/detente on top of the engine that is built anyway (its archives
# are position-independent). nanobind comes from the Python that is used: `pip install .` brings it, and for the tests
# `scripts/setup python` puts it into .venv.
set(DETENTE_PYTHON_DIR ${CMAKE_BINARY_DIR}/python)
if(NOT SKBUILD AND NOT Python_EXECUTABLE)
  set(Python_EXECUTABLE ${CMAKE_SOURCE_DIR}/.venv/bin/python)
endif()
set(components Interpreter Development.Module)
if(SKBUILD_SABI_VERSION)
  list(APPEND components Development.SABIModule)
endif()
find_package(Python 3.10 REQUIRED COMPONENTS ${components})
execute_process(COMMAND ${Python_EXECUTABLE} -m nanobind --cmake_dir OUTPUT_STRIP_TRAILING_WHITESPACE
                OUTPUT_VARIABLE nanobind_ROOT COMMAND_ERROR_IS_FATAL ANY)
find_package(nanobind CONFIG REQUIRED)

file(GLOB DETENTE_PYTHON_SOURCES CONFIGURE_DEPENDS python/bind/*.cpp)
# One module from the public functions (an archive of objects) and one engine. From Python 3.12 on the same binary serves
# every later version (its stable interface).
function(detente_add_python name api engine)
  nanobind_add_module(${name} STABLE_ABI NB_STATIC NB_DOMAIN detente NOMINSIZE ${DETENTE_PYTHON_SOURCES} $<TARGET_OBJECTS:${api}>)
  # Third-party headers stay outside the warnings.
  target_include_directories(${name} SYSTEM PRIVATE ${NB_DIR}/include ${Python_INCLUDE_DIRS})
  target_include_directories(${name} PRIVATE include ${DETENTE_GENERATED}/include)
  target_compile_definitions(${name} PRIVATE DETENTE_PYTHON_MODULE=${name})
  target_link_libraries(${name} PRIVATE ${engine} ${CMAKE_DL_LIBS})
  target_link_options(${name} PRIVATE -Wl,--exclude-libs,ALL)
  set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${DETENTE_PYTHON_DIR}/detente)
  add_dependencies(detente_python ${name})
endfunction()
add_custom_target(detente_python ALL)
detente_add_python(_core detente_api detente_engine)
if(TARGET detente_api_v3)
  detente_add_python(_core_v3 detente_api_v3 detente_engine_v3)
  target_compile_options(_core_v3 PRIVATE -march=x86-64-v3)
endif()
nanobind_add_stub(_core_stub MODULE _core OUTPUT ${DETENTE_PYTHON_DIR}/detente/_core.pyi
                  PYTHON_PATH ${DETENTE_PYTHON_DIR}/detente DEPENDS _core)
add_dependencies(detente_python _core_stub)

if(SKBUILD)
  # A wheel: the module, and the data where the library looks for them, beside it.
  install(TARGETS _core LIBRARY DESTINATION detente COMPONENT python)
  if(TARGET _core_v3)
    install(TARGETS _core_v3 LIBRARY DESTINATION detente COMPONENT python)
  endif()
  install(FILES ${DETENTE_PYTHON_DIR}/detente/_core.pyi DESTINATION detente COMPONENT python)
  # Of the shared libraries that a wheel brings along (packaging/wheel).
  if(DETENTE_LICENCES)
    install(DIRECTORY ${DETENTE_LICENCES}/ DESTINATION detente/licences COMPONENT python)
  endif()
  foreach(data "economies;*.nc" "elasticities;*.csv" "tariffs;*.csv")
    list(GET data 0 folder)
    list(GET data 1 pattern)
    install(DIRECTORY ${folder}/ DESTINATION detente/share/detente/${folder} COMPONENT python FILES_MATCHING PATTERN ${pattern})
  endforeach()
else()
  # What the tests import: the module beside the Python files, which stay where they are edited.
  file(GLOB DETENTE_PYTHON_FILES CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/python/detente python/detente/*)
  list(FILTER DETENTE_PYTHON_FILES EXCLUDE REGEX "__pycache__")
  file(MAKE_DIRECTORY ${DETENTE_PYTHON_DIR}/detente)
  foreach(file ${DETENTE_PYTHON_FILES})
    file(CREATE_LINK ${CMAKE_SOURCE_DIR}/python/detente/${file} ${DETENTE_PYTHON_DIR}/detente/${file} SYMBOLIC)
  endforeach()
endif()
