package store

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestInPlace(t *testing.T) {
	for _, c := range []struct {
		it   string
		do   func(path string) error
		want error
		gone bool
	}{
		{"it stays", func(string) error { return nil }, nil, false},
		{"it is moved away", func(path string) error { return os.Rename(path, path+".old") }, ErrMoved, false},
		{"it is removed", os.Remove, ErrMoved, true},
		{"another file takes its name", func(path string) error {
			if err := os.WriteFile(path+".new", []byte("x"), 0o600); err != nil {
				return err
			}
			return os.Rename(path+".new", path)
		}, ErrMoved, true},
		{"it is moved away and comes back", func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.Rename(path+".old", path))
		}, nil, false},
	} {
		t.Run(c.it, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "samsvar.db")
			s := openAt(t, path, Options{})
			ok(t, c.do(path))
			if err := s.InPlace(); !errors.Is(err, c.want) {
				t.Errorf("it says %v, want %v", err, c.want)
			}
			if gone := s.Removed(); gone != c.gone && runtime.GOOS != "windows" {
				t.Errorf("it was removed: %v, want %v", gone, c.gone)
			}
		})
	}
}
