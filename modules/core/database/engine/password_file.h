// The password file that systemd hands to a unit, in a form that libpq accepts.
//
// The units have LoadCredential=pgpass and PGPASSFILE=%d/pgpass. systemd 257 (Debian 13) lets the
// unit's user read the file by an access control list. Its mode then shows 0440, and libpq ignores
// a password file that its group may read. systemd 252 gives the file to the user, with mode 0400.
#pragma once

#include <string>

namespace portal {

// The path to give libpq as `passfile`: of a copy in memory with mode 0600, which no other user can
// reach and which lives as long as the process. Empty if libpq can use $PGPASSFILE as it is, or if
// it is no credential ($CREDENTIALS_DIRECTORY): who may read another file is its owner's business.
std::string readable_password_file();

}  // namespace portal
