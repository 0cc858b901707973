# For cpack: all files are as old as the newest entry of the changelog, so that two builds make one
# package.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  set(ENV{SOURCE_DATE_EPOCH} "${CPACK_PORTAL_EPOCH}")
endif()
