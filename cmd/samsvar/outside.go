package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// What is seen of Samsvar from outside: that it is alive, that it is ready,
// and its metrics. Nothing of anybody is in it, so nobody has to sign in; the
// address says who can see it.

const (
	// lateSweep is how late a sweep may be before Samsvar is not ready.
	lateSweep = 5 * time.Minute
	// trialTime is how long a trial write is waited for.
	trialTime = 2 * time.Second
	// trialPause is for how long the result of a trial write holds, so that
	// asking often does not wear the disk.
	trialPause = 5 * time.Second
	// showTime is how long an answer may take in all.
	showTime = 15 * time.Second
)

// listenOutside opens the address at which Samsvar is seen from outside.
func listenOutside(addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("SAMSVAR_HTTP_ADDR: something else listens on %s already; choose another port, or stop it", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("SAMSVAR_HTTP_ADDR: this user may not listen on %s; choose a port above 1023", addr)
	case err != nil:
		return nil, fmt.Errorf("SAMSVAR_HTTP_ADDR: cannot listen on %s: %w", addr, err)
	}
	return listener, nil
}

// showOutside answers on the listener until stop is called.
func showOutside(listener net.Listener, a *app, log *slog.Logger) (stop func()) {
	quiet := slog.NewLogLogger(log.Handler(), slog.LevelDebug)
	server := &http.Server{Handler: a.outside(quiet), ReadHeaderTimeout: trialTime, WriteTimeout: showTime, IdleTimeout: time.Minute, ErrorLog: quiet}
	done := make(chan struct{})
	go func() {
		_ = server.Serve(listener) // ends when it is closed
		close(done)
	}()
	return func() {
		_ = server.Close()
		<-done
	}
}

// outside answers what is asked from outside.
func (a *app) outside(log promhttp.Logger) http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "alive\n") })
	routes.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if missing := a.notReady(); len(missing) > 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "not ready\n"+strings.Join(missing, "\n")+"\n")
			return
		}
		_, _ = io.WriteString(w, "ready\n")
	})
	routes.Handle("GET /metrics", promhttp.HandlerFor(a.metrics.registry, promhttp.HandlerOpts{ErrorLog: log, ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: 4}))
	return routes
}

// notReady says in words what keeps Samsvar from being ready; nothing when it
// is.
func (a *app) notReady() (missing []string) {
	if a.metrics.connections() == 0 {
		missing = append(missing, "There is no connection to Slack.")
	}
	if err := a.trial.write(a); err != nil {
		missing = append(missing, "The record takes no changes: "+err.Error()+".")
	}
	if late := a.metrics.sweepOverdue(); late > lateSweep {
		missing = append(missing, fmt.Sprintf("The sweep for what is overdue is %v late.", late.Round(time.Second)))
	}
	return missing
}

// trial writes to the record to see whether it can be written. One write at a
// time: a disk that hangs is not asked for more.
type trial struct {
	mu      sync.Mutex
	running chan struct{} // closed when the last write has ended; nil before the first
	at      time.Time     // when it began
	err     error
}

// trialJob is the name under which the record keeps the last trial write.
const trialJob = "trial-write"

var errHangs = errors.New("a write does not come to an end")

// write returns the error of a write that is not older than [trialPause].
func (t *trial) write(a *app) error {
	t.mu.Lock()
	running := t.begin(a)
	t.mu.Unlock()
	timer := time.NewTimer(trialTime)
	defer timer.Stop()
	select {
	case <-running:
		t.mu.Lock()
		defer t.mu.Unlock()
		return t.err
	case <-timer.C:
		return errHangs
	}
}

// begin begins a write unless one runs or ended just now.
func (t *trial) begin(a *app) chan struct{} {
	now := a.clock()
	if t.running != nil {
		select {
		case <-t.running:
		default:
			return t.running // it still runs
		}
		if since := now.Sub(t.at); since >= 0 && since < trialPause {
			return t.running
		}
	}
	done := make(chan struct{})
	t.running, t.at = done, now
	go func() {
		err := a.record.Ran(context.Background(), trialJob, now)
		t.mu.Lock()
		t.err = err
		t.mu.Unlock()
		close(done)
	}()
	return done
}
