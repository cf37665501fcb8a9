# include/detente/version.h, from the project's version.
set(DETENTE_GENERATED ${CMAKE_BINARY_DIR}/generated)
configure_file(${CMAKE_SOURCE_DIR}/cmake/version.h.in ${DETENTE_GENERATED}/include/detente/version.h @ONLY)
