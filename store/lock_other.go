//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package store

import "errors"

// lock says whether nobody has the file open. bbolt locks files here in ways
// of the system's own; on Windows, a file that is open cannot be replaced.
func lock(path string) (unlock func(), err error) {
	e, err := openBolt(path, false)
	switch {
	case err == nil:
		_ = e.db.Close() // nothing was written
	case errors.Is(err, ErrInUse):
		return nil, err
	}
	return func() {}, nil
}
