package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/samsvar/samsvar/store"
)

// Only one process can have the record open. So the one that serves lends
// copies of it to `samsvar backup`, over HTTP on a socket beside the record.
// Whoever can open the socket can read the record, as with the file itself.

const (
	sumHeader = "Samsvar-Sum"
	// copyTime bounds how long a copy may take, because the record's file
	// grows meanwhile: 10 GB at 20 MB a second.
	copyTime = 10 * time.Minute
	// answerTime is how long the serving process may take to begin.
	answerTime = 30 * time.Second
	// copiesAtOnce bounds the memory that copies take whose takers stall.
	copiesAtOnce = 4
)

// socketOf returns the name of the socket beside a record. It is that of the
// file itself: a link to it leads to the same socket, also when the file was
// moved away.
func socketOf(db string) string {
	if file, err := store.Follow(db); err == nil {
		db = file
	}
	return db + ".sock"
}

// isServed says whether a process lends copies of the record.
func isServed(db string) bool {
	conn, err := net.DialTimeout("unix", socketOf(db), answerTime)
	if err != nil {
		return false
	}
	_ = conn.Close() // nothing was asked
	return true
}

// notServed refuses a record that is not there because it was moved away under
// the process that serves it: a new one would be in its way.
func notServed(db string) error {
	if _, err := os.Stat(db); errors.Is(err, fs.ErrNotExist) && isServed(db) {
		return servedElsewhere(db)
	}
	return nil
}

// servedElsewhere says that a process serves what had this name.
func servedElsewhere(db string) error {
	return fmt.Errorf("%w: another Samsvar serves the record %s, whose file was moved or replaced. Stop that one first", store.ErrInUse, db)
}

// lendCopies lends copies of the record until stop is called. Whoever calls it
// has the record open: a socket that is there is left over from a crash. If
// somebody answers, the file was moved away under them; the error is then
// [store.ErrInUse].
func lendCopies(record *store.Store, db string, log *slog.Logger) (stop func(), err error) {
	name := socketOf(db)
	if isServed(db) {
		return nil, servedElsewhere(db)
	}
	if info, err := os.Lstat(name); err == nil && info.Mode()&fs.ModeSocket != 0 {
		_ = os.Remove(name) // if it stays, listening says why
	}
	listener, err := net.Listen("unix", name) // closing removes it
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(name, 0o600); err != nil {
		_ = listener.Close() // the first error says what is wrong
		return nil, err
	}
	routes := http.NewServeMux()
	routes.Handle("GET /copy", lender{record, log, make(chan struct{}, copiesAtOnce)})
	server := &http.Server{Handler: routes, ReadHeaderTimeout: answerTime, WriteTimeout: copyTime, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	done := make(chan struct{})
	go func() {
		_ = server.Serve(listener) // ends when it is closed
		close(done)
	}()
	return func() {
		_ = server.Close() // a copy under way fails at the other end, which removes it
		<-done
	}, nil
}

// lender lends copies, a few at once.
type lender struct {
	record *store.Store
	log    *slog.Logger
	slots  chan struct{}
}

// ServeHTTP writes a copy of the record as it is now.
func (l lender) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	default:
		l.log.Warn("no copy of the record was lent: others are still under way", "copies", copiesAtOnce)
		http.Error(w, fmt.Sprintf("%d copies are under way already. Try again when one is done; one that stalls is given up after %.0f minutes", copiesAtOnce, copyTime.Minutes()), http.StatusServiceUnavailable)
		return
	}
	begun := false
	err := l.record.Snapshot(r.Context(), func(s store.Snapshot) error {
		begun = true
		w.Header().Set("Content-Length", strconv.FormatInt(s.Size, 10))
		w.Header().Set(sumHeader, strconv.FormatUint(s.Sum, 16))
		_, err := s.WriteTo(w)
		return err
	})
	if err == nil {
		l.log.Info("lent a copy of the record")
		return
	}
	l.log.Warn("lending a copy of the record failed", "error", err)
	if !begun {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// borrowCopy asks the process that has the record open for a copy.
func borrowCopy(ctx context.Context, db, to string) (held store.Contents, err error) {
	if _, err := os.Lstat(to); err == nil { // nobody needs to be asked
		return held, fmt.Errorf("%s: %w", to, fs.ErrExist)
	}
	name := socketOf(db)
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", name)
		},
		ResponseHeaderTimeout: answerTime,
	}
	defer transport.CloseIdleConnections()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://samsvar/copy", nil)
	if err != nil {
		return held, err
	}
	answer, err := transport.RoundTrip(r)
	if err != nil {
		return held, fmt.Errorf("%s is open in a process that lends no copy of it. Stop that one, or try again when it is done (%w)", db, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(io.LimitReader(answer.Body, 1000))
		return held, fmt.Errorf("samsvar, which serves, cannot copy the record: %s", why)
	}
	sum, err := strconv.ParseUint(answer.Header.Get(sumHeader), 16, 64)
	if err != nil {
		return held, fmt.Errorf("samsvar, which serves, is of another version: %w", err)
	}
	held, err = store.Save(ctx, to, sum, func(w io.Writer) (int64, error) { return io.Copy(w, answer.Body) })
	if errors.Is(err, store.ErrDamaged) {
		err = fmt.Errorf("%w. No backup was made; stop Samsvar and run `samsvar doctor` to see whether the record is whole", err)
	}
	return held, err
}

const (
	// doctorMark and exportMark are in the names of folders with the copy that
	// one of them reads. Nobody would call an export so: they are removed.
	doctorMark = ".doctor-"
	exportMark = ".exporting-"
	// exportDraft begins the names of folders that are to become an export.
	exportDraft = ".samsvar-export-"
	// copyAge is how old a copy is that nobody works with any more: counting
	// takes half a minute per million moves.
	copyAge = 24 * time.Hour
)

// isCopy says whether a folder of that name is one with a copy of the record.
func isCopy(name, db string) bool {
	rest, beside := strings.CutPrefix(name, filepath.Base(db))
	return beside && (strings.HasPrefix(rest, doctorMark) || strings.HasPrefix(rest, exportMark))
}

// removeCopies removes what a doctor or an export that was killed has left beside
// the record.
func removeCopies(db string, now time.Time) {
	removeLeft(filepath.Dir(db), now, func(name string) bool { return isCopy(name, db) })
}

// removeLeft removes folders in which nobody works any more: they hold all that
// the record holds, names and feedback included.
func removeLeft(in string, now time.Time, left func(name string) bool) {
	there, _ := os.ReadDir(in) // if it cannot be read, other checks say so
	for _, e := range there {
		info, err := e.Info()
		if err == nil && e.IsDir() && left(e.Name()) && now.Sub(info.ModTime()) > copyAge {
			_ = os.RemoveAll(filepath.Join(in, e.Name())) // the next one tries again
		}
	}
}

// copyBeside copies the record to a file in a folder of its own beside it, where
// there is room, and nobody else reads. An image such as ours has no folder for
// temporary files.
func copyBeside(ctx context.Context, db, mark string) (file string, remove func() error, err error) {
	folder, err := os.MkdirTemp(filepath.Dir(db), filepath.Base(db)+mark+"*") // mode 0700
	if err != nil {
		return "", nil, notBeside(db, err)
	}
	remove = func() error { return os.RemoveAll(folder) }
	file = filepath.Join(folder, "samsvar.db")
	_, err = copyRecord(ctx, db, file)
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		err = notBeside(db, err)
	}
	if err != nil {
		return "", nil, errors.Join(err, remove())
	}
	return file, remove, nil
}

// notBeside says why no copy can be made beside the record, and the way around.
func notBeside(db string, err error) error {
	return fmt.Errorf("make a copy of the record beside it: %w. `samsvar backup FILE` copies it elsewhere, and SAMSVAR_DB=FILE has this command read that", store.Explain(db, err))
}

// copyRecord copies the record, by the hands of the process that serves if
// there is one: what that one holds need no longer have the name.
func copyRecord(ctx context.Context, db, to string) (store.Contents, error) {
	if isServed(db) {
		return borrowCopy(ctx, db, to)
	}
	held, err := store.Backup(ctx, db, to)
	if errors.Is(err, store.ErrInUse) {
		return borrowCopy(ctx, db, to)
	}
	return held, err
}

// isThere refuses a record that is not there. One that was removed under the
// process that serves it still is: that one lends it.
func isThere(db string) error {
	if _, err := os.Stat(db); errors.Is(err, fs.ErrNotExist) && !isServed(db) {
		return fmt.Errorf("there is no record at %s. SAMSVAR_DB says where it is", db)
	}
	return nil
}
