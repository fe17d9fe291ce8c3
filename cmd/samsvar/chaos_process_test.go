package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// skewed returns a clock that is off by what stands in a file. It has no
// monotonic part: a jump shows in every difference.
func skewed(path string) func() time.Time {
	signal.Ignore(syscall.Signal(sigFull)) // a disk that is full is an error, no signal
	return func() time.Time {
		off, err := os.ReadFile(path)
		if err != nil || len(off) != 8 {
			panic(fmt.Sprintf("the clock: %v, %d bytes", err, len(off)))
		}
		return time.Now().Round(0).Add(time.Duration(binary.BigEndian.Uint64(off)))
	}
}

// chaosClock is Slack's clock, which moves on by leaps, and samsvar's, which
// is off by something else at times.
type chaosClock struct {
	leaps atomic.Int64 // of both
	skew  atomic.Int64 // of samsvar's alone
	file  *os.File
}

func newChaosClock(t *testing.T, start time.Time) *chaosClock {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "skew")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	c := &chaosClock{file: file}
	c.leap(start.Sub(c.now()))
	return c
}

// now returns Slack's time.
func (c *chaosClock) now() time.Time {
	return time.Now().Round(0).Add(time.Duration(c.leaps.Load()))
}

// leap moves both clocks on.
func (c *chaosClock) leap(by time.Duration) {
	c.leaps.Add(int64(by))
	c.write()
}

// set makes samsvar's clock be off.
func (c *chaosClock) set(skew time.Duration) {
	c.skew.Store(int64(skew))
	c.write()
}

func (c *chaosClock) write() {
	off := binary.BigEndian.AppendUint64(nil, uint64(c.leaps.Load()+c.skew.Load()))
	if _, err := c.file.WriteAt(off, 0); err != nil {
		panic(err)
	}
}

// chaosLog reads what samsvar says, life after life.
type chaosLog struct {
	mu      sync.Mutex
	part    []byte // of a line
	lines   []string
	kinds   map[uint64]hiring.NoticeKind // of notices that were to be sent
	settled map[uint64]bool              // that were ended
	said    map[uint64]bool              // that others say, or that are over
	address string                       // where this life is seen from outside
	wrote   chan struct{}
}

var (
	logSending = regexp.MustCompile(`msg="a notice is to be sent" notice=(\d+) kind="?([^"]+?)"?$`)
	logSettled = regexp.MustCompile(`msg="a notice is settled" notice=(\d+) `)
	logSaid    = regexp.MustCompile(`msg="(?:notices that were held up are (?:to be )?said in one, or by later ones|reminders that were not sent give way to a later one)" notices="?\[([\d ]+)\]`)
	logOutside = regexp.MustCompile(`msg="seen from outside" address=(\S+)`)
)

// keepLines is how much of the log is shown after a failure.
const keepLines = 400

// Write implements [io.Writer].
func (l *chaosLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.part = append(l.part, p...)
	for {
		i := bytes.IndexByte(l.part, '\n')
		if i < 0 {
			break
		}
		l.line(string(l.part[:i]))
		l.part = l.part[i+1:]
	}
	select {
	case l.wrote <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (l *chaosLog) line(line string) {
	if l.lines = append(l.lines, line); len(l.lines) > keepLines {
		l.lines = l.lines[1:]
	}
	if m := logSending.FindStringSubmatch(line); m != nil {
		id, _ := strconv.ParseUint(m[1], 10, 64)
		l.kinds[id] = hiring.NoticeKind(m[2])
	}
	if m := logSettled.FindStringSubmatch(line); m != nil {
		id, _ := strconv.ParseUint(m[1], 10, 64)
		l.settled[id] = true
	}
	if m := logSaid.FindStringSubmatch(line); m != nil {
		for text := range strings.FieldsSeq(m[1]) {
			id, _ := strconv.ParseUint(text, 10, 64)
			l.said[id] = true
		}
	}
	if m := logOutside.FindStringSubmatch(line); m != nil {
		l.address = m[1]
	}
}

// begin begins a new life; what the last one did not finish saying is dropped.
func (l *chaosLog) begin(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.part, l.address = nil, ""
	l.lines = append(l.lines, fmt.Sprintf("--- life %d ---", n))
}

// outside waits until this life says where it is seen from outside.
func (l *chaosLog) outside(ctx context.Context) (string, error) {
	for {
		l.mu.Lock()
		address := l.address
		l.mu.Unlock()
		if address != "" {
			return address, nil
		}
		select {
		case <-l.wrote:
		case <-ctx.Done():
			return "", errors.New("it does not say where it is seen from outside")
		}
	}
}

// String returns the last lines.
func (l *chaosLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}

// process is a samsvar that runs.
type process struct {
	cmd  *exec.Cmd
	over chan struct{} // closed once it has ended
	code int           // valid then; -1 after a signal
}

// launch starts a samsvar.
func (c *chaos) launch() *process {
	c.t.Helper()
	c.lives++
	c.log.begin(c.lives)
	cmd := exec.Command(os.Args[0], "serve")
	cmd.Env = append(os.Environ(), chaosSkew+"="+c.clock.file.Name())
	cmd.Stderr = c.log
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	p := &process{cmd: cmd, over: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // the code says it
		p.code = cmd.ProcessState.ExitCode()
		close(p.over)
	}()
	c.pid.Store(int64(cmd.Process.Pid))
	return p
}

// end signals the process and waits for its end.
func (c *chaos) end(p *process, s syscall.Signal) {
	c.t.Helper()
	_ = p.cmd.Process.Signal(s) // it may have ended already
	select {
	case <-p.over:
	case <-time.After(longest):
		_ = p.cmd.Process.Kill()
		c.fail("samsvar did not end after %v", s)
	}
	c.pid.Store(0)
}
