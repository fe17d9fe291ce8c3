//go:build !linux

package main

// Limits of another process can be set on Linux only.
const sigFull = 25

func fillDisk(int, int64) bool { return false }
func freeDisk(int)             {}
