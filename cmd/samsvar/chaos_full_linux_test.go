package main

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// sigFull is what a process gets that writes beyond its limit.
const sigFull = syscall.SIGXFSZ

// fillDisk lets a process write no file beyond a size, as a full disk or a
// quota does; it needs no privilege. It is false where that cannot be done.
func fillDisk(pid int, size int64) bool {
	return unix.Prlimit(pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: uint64(size), Max: unix.RLIM_INFINITY}, nil) == nil
}

// freeDisk takes the limit away.
func freeDisk(pid int) { fillDisk(pid, -1) }
