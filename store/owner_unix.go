//go:build unix

package store

import (
	"io/fs"
	"syscall"
)

// ownerOf says whom a file belongs to.
func ownerOf(info fs.FileInfo) (uid, gid int, known bool) {
	s, known := info.Sys().(*syscall.Stat_t)
	if !known {
		return 0, 0, false
	}
	return int(s.Uid), int(s.Gid), true
}

// hasNoName says whether a file that is open has no name any more: it goes when
// it is closed.
func hasNoName(info fs.FileInfo) bool {
	s, known := info.Sys().(*syscall.Stat_t)
	return known && s.Nlink == 0
}
