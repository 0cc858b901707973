// How SQLite writes its write-ahead log (FILE-wal): the frames of a transaction together.
//
// SQLite writes a page into the log with two system calls, one for the 24 bytes of the frame's
// header and one for the page, so a registration took 70 of them. This is a file system for SQLite
// (a VFS) on top of the usual one. It keeps the frames of a transaction back until the last one, or
// until there are eight, writes them with one call, and passes on all else.
//
// It is as durable as before, because no frame of a committed transaction is kept back:
// - The header of a transaction's last frame says so. When SQLite writes the page after it, all is
//   written, and that call returns the error. Only after it does SQLite wait for the disk and tell
//   other sessions of the transaction in the log's index (-shm).
// - Before this session does anything else with the log, if only to read it, all is written. What
//   cannot be written stays and is tried again, and no commit succeeds without it.
// - When the session gives the writers' lock back, what is left was rolled back, and is forgotten.
//   Later another session may write there.
// A session writes only while it has that lock, and one thread at a time uses a session, so this
// needs no lock of its own. Its memory is there only while something is kept back.
//
// https://www.sqlite.org/vfs.html, https://www.sqlite.org/fileformat2.html#walformat
#pragma once

namespace portal {

// The name of this file system, for `vfs=` of a URI.
const char* joined_log_writes();

}  // namespace portal
