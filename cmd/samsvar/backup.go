package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/fatih/color"
	"github.com/spf13/cobra"

	"github.com/samsvar/samsvar/store"
)

// backupCommand returns `samsvar backup`.
func (p *program) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the record to a new file, also while Samsvar serves",
		Long: "Copy the record (SAMSVAR_DB) to a new file as it is at this moment, also while\n" +
			"Samsvar serves. Every page of the copy is checked before FILE appears; a file that\n" +
			"is there is never overwritten. `samsvar restore` puts it back.",
		Example: "  samsvar backup samsvar-2026-11-23.db",
		Args:    oneFile,
		RunE:    func(cmd *cobra.Command, args []string) error { return p.backup(cmd.Context(), args[0]) },
	}
}

// restoreCommand returns `samsvar restore`.
func (p *program) restoreCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the record",
		Long: "Put a backup in the place of the record (SAMSVAR_DB). FILE is checked first and\n" +
			"stays as it is. A record that is there is replaced only with --force, and is kept\n" +
			"beside the new one with .before-restore in its name. Stop Samsvar first.",
		Example: "  samsvar restore samsvar-2026-11-23.db --force",
		Args:    oneFile,
		RunE:    func(cmd *cobra.Command, args []string) error { return p.restore(cmd.Context(), args[0], force) },
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the record that is there")
	return cmd
}

// oneFile refuses anything but one argument.
func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) != 1 || args[0] == "" {
		return usageError{fmt.Errorf("name one file: `%s`", cmd.UseLine())}
	}
	return nil
}

// backup copies the record, by the hands of the process that serves if there
// is one. Nothing of the configuration matters but where the record is.
func (p *program) backup(ctx context.Context, to string) error {
	c, err := readConfig()
	if err != nil {
		return err
	}
	if err := isThere(c.DB); err != nil {
		return err
	}
	held, err := copyRecord(ctx, c.DB, to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already, and a backup never overwrites a file. Choose another name", to)
	case err != nil:
		return err
	}
	fmt.Fprintf(p.stdout, "%s %s holds %s, checked.\n", color.GreenString("✓"), to, holds(held))
	return nil
}

// restore puts a backup in the record's place.
func (p *program) restore(ctx context.Context, from string, force bool) error {
	c, err := readConfig()
	if err != nil {
		return err
	}
	if isServed(c.DB) {
		return fmt.Errorf("samsvar serves the record %s. Stop it first, then restore", c.DB)
	}
	r, err := store.Restore(ctx, from, c.DB, force, p.clock())
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("there is a record at %s. To replace it: samsvar restore %s --force (the old file is kept beside it)", c.DB, from)
	case err != nil:
		return err
	}
	fmt.Fprintf(p.stdout, "%s %s is %s again and holds %s, checked.\n", color.GreenString("✓"), c.DB, from, holds(r.Contents))
	if r.Replaced != "" {
		fmt.Fprintf(p.stdout, "  The file it replaced is kept: %s\n", r.Replaced)
	}
	fmt.Fprintln(p.stdout, "  "+next(r, c.DB))
	return nil
}

// next says what to do once a backup is restored.
func next(r store.Restored, db string) string {
	if r.Owner == "" {
		return "You can start Samsvar now."
	}
	of := "its folder"
	if r.Replaced != "" {
		of = "the file before"
	}
	return fmt.Sprintf("It belongs to you, but %s to %s. Start Samsvar as you, or first, as root: chown %s %s", of, r.Owner, r.Owner, db)
}

// holds says what a file holds.
func holds(c store.Contents) string {
	return fmt.Sprintf("%s and %s (%.1f MB)", count(c.Roles, "role"), count(c.Candidates, "candidate"), float64(c.Bytes)/1e6)
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
