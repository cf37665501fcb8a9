# What `cmake --install` leaves: the command, the library with its headers, a CMake package and a pkg-config file, the
# economies, and studies to begin with. Everything is found relative to where it stands, so that the folder can be moved.
include(CMakePackageConfigHelpers)

file(RELATIVE_PATH DETENTE_BIN_TO_LIB ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
set_target_properties(detente PROPERTIES INSTALL_RPATH "\$ORIGIN/${DETENTE_BIN_TO_LIB}")
install(TARGETS detente RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

install(TARGETS detente_library LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET detente_library_v3)
  install(FILES $<TARGET_FILE:detente_library_v3> DESTINATION ${CMAKE_INSTALL_LIBDIR}/glibc-hwcaps/x86-64-v3
          RENAME $<TARGET_SONAME_FILE_NAME:detente_library_v3>)
endif()
install(DIRECTORY include/detente ${DETENTE_GENERATED}/include/detente DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")

set(DETENTE_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/detente)
configure_package_config_file(cmake/detenteConfig.cmake.in ${DETENTE_GENERATED}/detenteConfig.cmake
                              INSTALL_DESTINATION ${DETENTE_CMAKE_DIR}
                              PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
# Below 1.0 a minor version may change the interface.
write_basic_package_version_file(${DETENTE_GENERATED}/detenteConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${DETENTE_GENERATED}/detenteConfig.cmake ${DETENTE_GENERATED}/detenteConfigVersion.cmake
        DESTINATION ${DETENTE_CMAKE_DIR})

# pkg-config finds the prefix from where the file stands.
file(RELATIVE_PATH DETENTE_PC_TO_PREFIX ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" DETENTE_PC_TO_PREFIX "${DETENTE_PC_TO_PREFIX}")
configure_file(cmake/detente.pc.in ${DETENTE_GENERATED}/detente.pc @ONLY)
install(FILES ${DETENTE_GENERATED}/detente.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(DETENTE_SHARE ${CMAKE_INSTALL_DATAROOTDIR}/detente)
install(DIRECTORY economies/ DESTINATION ${DETENTE_SHARE}/economies FILES_MATCHING PATTERN "*.nc")
install(DIRECTORY elasticities/ DESTINATION ${DETENTE_SHARE}/elasticities FILES_MATCHING PATTERN "*.csv")
install(DIRECTORY studies ledgers DESTINATION ${DETENTE_SHARE} PATTERN "replication" EXCLUDE)
install(DIRECTORY tariffs/ DESTINATION ${DETENTE_SHARE}/tariffs FILES_MATCHING PATTERN "*.csv")
install(DIRECTORY episodes DESTINATION ${DETENTE_SHARE} FILES_MATCHING PATTERN "*.toml" PATTERN "*.csv")
install(FILES README.md CHANGELOG.md LICENSE CITATION.cff packaging/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
