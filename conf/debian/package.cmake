# The Debian package, quickly: `cpack -G DEB` in the build folder packs what was built there, in seconds.
# dpkg-buildpackage (rules) makes the same package from nothing, with debug symbols. Both take the
# package's words from control.in, its version from changelog, and its scripts and files from here.
#
# postinst, prerm and postrm say what happens when it is installed, upgraded and removed.
set(debian ${CMAKE_SOURCE_DIR}/conf/debian)
execute_process(COMMAND ${debian}/for-this-release ${debian}/changelog OUTPUT_VARIABLE changelog
  COMMAND_ERROR_IS_FATAL ANY)
if(NOT changelog MATCHES "^portal \\(${PROJECT_VERSION}-([^)]+)\\) ")
  message(FATAL_ERROR "conf/debian/changelog does not begin with version ${PROJECT_VERSION}")
endif()
set(CPACK_DEBIAN_PACKAGE_RELEASE ${CMAKE_MATCH_1})
string(REGEX MATCH "\n -- [^\n]*>  ([^\n]*)" date "${changelog}")
execute_process(COMMAND date -d "${CMAKE_MATCH_1}" +%s OUTPUT_VARIABLE CPACK_PORTAL_EPOCH
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(CPACK_PROJECT_CONFIG_FILE ${debian}/epoch.cmake)

# A field of the binary package in control.in, with all its lines; debhelper's variables are left out.
file(READ ${debian}/control.in control)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${debian}/control.in ${debian}/changelog)
function(control_field name variable)
  string(REGEX MATCH "\n${name}: ([^\n]*(\n [^\n]*)*)" found "${control}")
  string(REGEX REPLACE "\\\${[^}]*}, " "" value "${CMAKE_MATCH_1}")
  string(REPLACE "\n " "\n" value "${value}")
  set(${variable} "${value}" PARENT_SCOPE)
endfunction()
control_field(Maintainer CPACK_PACKAGE_CONTACT)
control_field(Section CPACK_DEBIAN_PACKAGE_SECTION)
control_field(Priority CPACK_DEBIAN_PACKAGE_PRIORITY)
control_field(Depends CPACK_DEBIAN_PACKAGE_DEPENDS)
control_field(Recommends CPACK_DEBIAN_PACKAGE_RECOMMENDS)
control_field(Suggests CPACK_DEBIAN_PACKAGE_SUGGESTS)
control_field(Description CPACK_DEBIAN_PACKAGE_DESCRIPTION)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME portal)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)  # /etc is not below the prefix
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${debian}/conffiles ${debian}/templates ${debian}/config ${debian}/postinst ${debian}/prerm ${debian}/postrm)

install(FILES ${debian}/copyright ${debian}/README.Debian DESTINATION share/doc/portal)
install(FILES ${debian}/lintian-overrides DESTINATION share/lintian/overrides RENAME portal)
foreach(file changelog NEWS)
  install(CODE "execute_process(COMMAND \"${debian}/for-this-release\" \"${debian}/${file}\" COMMAND gzip -9n
    OUTPUT_FILE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/doc/portal/${file}.Debian.gz\"
    COMMAND_ERROR_IS_FATAL ANY)")
endforeach()

# What the programs are made of, read off them (sbom). It needs dpkg's record of the libraries.
find_program(DPKG_QUERY dpkg-query)
if(DPKG_QUERY)
  set(linked "")
  foreach(target IN LISTS programs libraries)
    string(APPEND linked " \"$<TARGET_FILE:${target}>\"")
  endforeach()
  install(CODE "if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
    set(ENV{SOURCE_DATE_EPOCH} ${CPACK_PORTAL_EPOCH})
  endif()
  execute_process(COMMAND \"${debian}/sbom\" ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}${linked}
    OUTPUT_FILE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/doc/portal/portal.spdx.json\"
    COMMAND_ERROR_IS_FATAL ANY)")
endif()

include(CPack)
