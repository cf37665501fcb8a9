# A Debian package of the whole: `make package`.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME detente)
set(CPACK_PACKAGE_VENDOR "The Détente maintainers")
set(CPACK_PACKAGE_CONTACT "The Détente maintainers <maintainers@detente.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "what partnership and rivalry between powers cost, with numbers")
set(CPACK_PACKAGE_DESCRIPTION
"A calibrated world economy (quantitative trade models in exact hat algebra), the
game between governments (optimal tariffs, trade wars, talks) and their relation
over time. The command detente answers studies; the C++ library answers programs.
Every result carries a certificate of how exactly its equations hold.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
# Programs built against the headers need a compiler and nothing else.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS g++)
include(CPack)
