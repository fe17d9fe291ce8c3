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
func (p *program) serve(ctx context.Context) (err error) {
	c, err := loadConfig()
	if err != nil {
		return err
	}
	log := p.logger(c)
	removeCopies(c.DB, p.clock())
	var outside net.Listener
	if c.HTTPAddr != "" {
		if outside, err = listenOutside(c.HTTPAddr); err != nil {
			return err
		}
		defer outside.Close()
	}
	a, err := newApp(c, p.clock, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	stopLending, err := lendCopies(a.record, c.DB, log)
	if errors.Is(err, store.ErrInUse) {
		return err
	} else if err != nil { // such as a path too long for a socket
		log.Warn("`samsvar backup` will need Samsvar stopped: there can be no socket beside the record", "error", err)
	} else {
		defer stopLending() // before the record is closed
	}
	if outside != nil {
		defer showOutside(outside, a, log)() // before the record is closed
		log.Info("seen from outside", "address", outside.Addr().String())
	}
	log.Info("samsvar starts", "version", versionLine(), "db", c.DB, "command", c.Command)
	err = a.run(ctx)
	switch {
	case err == nil:
		log.Info("samsvar has stopped")
	case errors.Is(err, store.ErrMoved):
		err = a.rescue(c.DB, err)
	}
	return err
}
