# Says what `cmake --install` puts where. The Debian package (debian/package.cmake) has the same files.
#
# All programs are in bin/; they find share/portal/sql and lib/portal beside it. Only what has been
# built is installed, so that nobody has to build the tests first.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS  # for every umask
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(programs portalctl portal-mailer portal-error-pages)
foreach(line IN LISTS PORTAL_STEPS)
  string(REGEX MATCH "^[a-z]+" step "${line}")
  list(APPEND programs portal-${step})
endforeach()
install(TARGETS ${programs} RUNTIME DESTINATION bin)
set(libraries portal_postgresql)
if(TARGET portal_core)
  list(APPEND libraries portal_core)
endif()
install(TARGETS ${libraries} LIBRARY DESTINATION lib/portal NAMELINK_SKIP)
# All that is installed, and no test: what conf/quickstart and the package build.
add_custom_target(portal DEPENDS ${programs} ${libraries} units)

# Files that the programs read.
install(DIRECTORY templates/ DESTINATION share/portal/templates)
install(DIRECTORY sql/ DESTINATION share/portal/sql)
install(FILES modules/steps.list DESTINATION share/portal)

# The generators of the web servers' site files, and examples. Files that only the source tree needs
# are left out.
install(DIRECTORY conf/ DESTINATION share/portal/conf
  PATTERN "*.md" EXCLUDE
  PATTERN "*.cmake" EXCLUDE
  REGEX "/(debian|systemd)$" EXCLUDE
  REGEX "/(finish-install|lib\\.sh|packages|peers\\.sh|quickstart)$" EXCLUDE)
file(GLOB documents CONFIGURE_DEPENDS conf/*.md)
install(FILES ${documents} tests/security/asvs.md DESTINATION share/doc/portal)

install(DIRECTORY ${CMAKE_BINARY_DIR}/share/man ${CMAKE_BINARY_DIR}/share/bash-completion DESTINATION share)
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/systemd/system DESTINATION lib/systemd)
install(FILES conf/systemd/sysusers.conf DESTINATION lib/sysusers.d RENAME portal.conf)
install(FILES conf/systemd/tmpfiles.conf DESTINATION lib/tmpfiles.d RENAME portal.conf)

install(CODE "execute_process(COMMAND \"${CMAKE_SOURCE_DIR}/conf/finish-install\" \"\${CMAKE_INSTALL_PREFIX}\"
  COMMAND_ERROR_IS_FATAL ANY)")
