package main

import (
	"os"
	"runtime/pprof"
	"time"
)

// Environment variables that make the test binary a program of its own. The
// product knows none of them.
const (
	realProcess = "SAMSVAR_TEST_REAL"    // samsvar itself
	chaosSkew   = "SAMSVAR_TEST_SKEW"    // samsvar with a clock that is off; names the file that says by how much, in nanoseconds
	bareAnswers = "SAMSVAR_TEST_BARE"    // the bare program; names the file with what it says
	profileTo   = "SAMSVAR_TEST_PROFILE" // where samsvar's CPU profile goes
)

// asProcess runs the program that the environment asks for; false when it asks
// for none.
func asProcess() (code int, yes bool) {
	if path := os.Getenv(profileTo); path != "" && os.Getenv(realProcess) != "" {
		if file, err := os.Create(path); err == nil && pprof.StartCPUProfile(file) == nil {
			defer pprof.StopCPUProfile()
		}
	}
	switch {
	case os.Getenv(realProcess) != "":
		return start(os.Args[1:], time.Now), true
	case os.Getenv(chaosSkew) != "":
		return start(os.Args[1:], skewed(os.Getenv(chaosSkew))), true
	case os.Getenv(bareAnswers) != "":
		return runBare(os.Getenv(bareAnswers)), true
	}
	return 0, false
}
