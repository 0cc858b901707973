# The Debian package: `cpack -G DEB` in the build folder makes portal_VERSION_ARCHITECTURE.deb.
#
# postinst, prerm and postrm say what happens when it is installed, upgraded and removed.
set(PORTAL_MAINTAINER "Portal maintainers <portal@packages.portal.invalid>" CACHE STRING
  "The maintainer that the package names")

set(debian ${CMAKE_SOURCE_DIR}/conf/debian)
file(STRINGS ${debian}/changelog newest REGEX "^portal \\(" LIMIT_COUNT 1)
if(NOT newest MATCHES "^portal \\(${PROJECT_VERSION}\\) ")
  message(FATAL_ERROR "conf/debian/changelog does not begin with version ${PROJECT_VERSION}")
endif()
file(STRINGS ${debian}/changelog date REGEX "^ -- " LIMIT_COUNT 1)
string(REGEX REPLACE ".*>  " "" date "${date}")
execute_process(COMMAND date -d "${date}" +%s OUTPUT_VARIABLE CPACK_PORTAL_EPOCH
  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(CPACK_PROJECT_CONFIG_FILE ${debian}/epoch.cmake)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME portal)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT ${PORTAL_MAINTAINER})
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)  # /etc is not below the prefix
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"self-service registration of clinics for their portal
Clinics (judo therapy, acupuncture, massage) register here as users of their
portal: a form, a confirmation, a mail with a link, then login and an account
page.
.
A small FastCGI responder for each step runs behind nginx or Apache. A mailer,
an operators' command and systemd units belong to it. The database is SQLite or
PostgreSQL.")
# dpkg-shlibdeps finds the libraries. The package also needs programs that make users and folders
# (systemd's own, or Debian's for machines without systemd) and that enable units.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
  "systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles, init-system-helpers (>= 1.54~)")
# A web server, and the authorities for relays' certificates.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "nginx | apache2, ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql, default-mta | mail-transport-agent")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${debian}/conffiles ${debian}/postinst ${debian}/prerm ${debian}/postrm)

install(FILES ${debian}/copyright DESTINATION share/doc/portal)
install(FILES ${debian}/lintian-overrides DESTINATION share/lintian/overrides RENAME portal)
install(CODE "execute_process(COMMAND gzip -9nc \"${debian}/changelog\"
  OUTPUT_FILE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/doc/portal/changelog.gz\"
  COMMAND_ERROR_IS_FATAL ANY)")

include(CPack)
