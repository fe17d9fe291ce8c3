package main

import (
	"context"
	"errors"
	"net"

	"github.com/spf13/cobra"

	"github.com/samsvar/samsvar/store"
)

func (p *program) serveCommand() *cobra.Command {
	return &cobra.Command{
		Use: "serve", Short: "Answer in Slack until stopped (the default)", Args: noArgs,
		Long: "Answer in Slack until stopped by SIGTERM or Ctrl-C.\n\n`samsvar help config` lists the environment variables it needs.",
		RunE: func(cmd *cobra.Command, _ []string) error { return p.serve(cmd.Context()) },
	}
}

// serve runs Samsvar until ctx ends.
func (p *program) serve(ctx context.Context) error {
	c, err := loadConfig()
	if err != nil {
		return err
	}
	removeCopies(c.DB, p.clock())
	var outside net.Listener
	if c.HTTPAddr != "" {
		if outside, err = listenOutside(c.HTTPAddr); err != nil {
			return err
		}
		defer outside.Close()
	}
	if err := notServed(c.DB); err != nil {
		return err
	}
	a, err := newApp(c, p.clock, p.logger(c))
	if err != nil {
		return unopened(err)
	}
	return errors.Join(a.serve(ctx, c, outside), a.close())
}

// serve runs what is put together until ctx ends, seen from outside where there
// is a listener.
func (a *app) serve(ctx context.Context, c Config, outside net.Listener) error {
	stopLending, err := lendCopies(a.record, c.DB, a.log)
	if errors.Is(err, store.ErrInUse) {
		return err
	} else if err != nil { // such as a path too long for a socket
		a.log.Warn("`samsvar backup` will need Samsvar stopped: there can be no socket beside the record", "error", err)
	} else {
		defer stopLending()
	}
	if outside != nil {
		defer showOutside(outside, a, a.log)()
		a.log.Info("seen from outside", "address", outside.Addr().String())
	}
	a.log.Info("samsvar starts", "version", versionLine(), "db", c.DB, "command", c.Command)
	if a.record.Made() {
		a.log.Warn("there was no record, and a new, empty one was made. If there should have been one, look at SAMSVAR_DB", "db", c.DB)
	}
	err = a.run(ctx)
	if !errors.Is(err, store.ErrMoved) { // watch looks now and then, and whoever moves the record stops Samsvar at once as a rule
		err = errors.Join(err, a.record.InPlace())
	}
	switch {
	case err == nil:
		a.log.Info("samsvar has stopped")
	case errors.Is(err, store.ErrMoved):
		err = recordError{a.rescue(ctx, c.DB, err)}
	}
	return err
}

// recordError is an end of serving that starting again does not heal: somebody
// has to see to the record first.
type recordError struct{ error }

// unopened says of the error of a start whether it is such an end. Damage that
// shows while Samsvar serves is not: the next start reads all of the file.
func unopened(err error) error {
	for _, lasting := range []error{store.ErrGone, store.ErrDamaged, store.ErrForeign, store.ErrNewer} {
		if errors.Is(err, lasting) {
			return recordError{err}
		}
	}
	return err
}
