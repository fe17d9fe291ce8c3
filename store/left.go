package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Marks in the names of files that hold what a record held. The time follows.
const (
	// RescuedMark is in the name of what was saved of a record that was moved
	// away.
	RescuedMark = ".rescued-"
	// replacedMark is in the name of what a backup took the place of.
	replacedMark = ".before-restore-"
)

// ErrGone says that there is no file, but something that one has left.
var ErrGone = errors.New("it is gone")

// nothingLeft refuses to begin a record where one has left something: whoever
// got an empty one would think that everything is lost, and back it up.
func nothingLeft(path string) error {
	left := newestLeft(path)
	if file, err := Follow(path); left == "" && err == nil {
		left = newestLeft(file) // a link to the record has another folder
	}
	if left == "" {
		return nil
	}
	return fmt.Errorf("%w, but %s is still there. Put that in its place, or a backup: samsvar restore %s. "+
		"To begin with an empty record, first move away everything with %s or %s in its name", ErrGone, left, left, RescuedMark, replacedMark)
}

// newestLeft returns the newest file beside a record's place that holds what it
// held, empty when there is none.
func newestLeft(path string) (file string) {
	there, _ := os.ReadDir(filepath.Dir(path)) // where it cannot be read, no record can be made either
	newest := ""
	for _, e := range there {
		rest, its := strings.CutPrefix(e.Name(), filepath.Base(path))
		if !its || e.IsDir() || strings.Contains(rest, draftMark) {
			continue
		}
		for _, mark := range []string{RescuedMark, replacedMark} {
			if at, left := strings.CutPrefix(rest, mark); left && at > newest {
				newest, file = at, filepath.Join(filepath.Dir(path), e.Name())
			}
		}
	}
	return file
}

// Made says whether there was no record, so that Open made an empty one.
func (s *Store) Made() bool { return s.engine.made }
