# For cpack: gives all files the time of the newest entry of the changelog, so that two builds make
# the same package.
if(NOT DEFINED ENV{SOURCE_DATE_EPOCH})
  set(ENV{SOURCE_DATE_EPOCH} "${CPACK_PORTAL_EPOCH}")
endif()
