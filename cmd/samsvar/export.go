package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/samsvar/samsvar/cmd/samsvar/tables"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// exportFlags are the words of `samsvar export`, as typed.
type exportFlags struct{ format, table string }

// exportCommand returns `samsvar export`.
func (p *program) exportCommand() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export FOLDER",
		Short: "Write everything as CSV and JSON Lines, also while Samsvar serves",
		Long: "Write the record (SAMSVAR_DB) as tables into a new folder, each as CSV and as JSON\n" +
			"Lines, also while Samsvar serves. With - for the folder, one table goes to\n" +
			"standard output. docs/export.md names every column; times are UTC, and the same\n" +
			"record gives the same files. `samsvar import FOLDER` reads them into an empty record.\n\n" +
			"It holds personal data: names, links, reasons and feedback. Erasing somebody in\n" +
			"Samsvar does not reach it: delete it when it has done its work.",
		Example: "  samsvar export samsvar-2026-11-23\n" +
			"  samsvar export samsvar-2026-11-23 --format jsonl\n" +
			"  samsvar export - --table events --format jsonl",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return usageError{fmt.Errorf("name one folder, or - for standard output: `%s`", cmd.UseLine())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return p.export(cmd.Context(), args[0], f) },
	}
	cmd.Flags().StringVar(&f.format, "format", "", "csv or jsonl; both by default, csv on standard output")
	cmd.Flags().StringVar(&f.table, "table", "", "only this table, such as candidates; required on standard output")
	return cmd
}

// exportOrder is an export as the command line asks for it.
type exportOrder struct {
	to      string // empty for standard output
	formats []tables.Format
	table   string // empty for all
}

// order reads the flags; a mistake is a usageError.
func (f exportFlags) order(to string) (exportOrder, error) {
	o := exportOrder{to: to, formats: tables.Formats(), table: f.table}
	var names []string
	for _, t := range tables.All() {
		names = append(names, t.Name)
	}
	switch {
	case f.format != "" && !slices.Contains(tables.Formats(), tables.Format(f.format)):
		return o, usageError{fmt.Errorf("--format must be csv or jsonl, not %q", f.format)}
	case f.table != "" && !slices.Contains(names, f.table):
		return o, usageError{fmt.Errorf("there is no table %q. The tables are %s", f.table, strings.Join(names, ", "))}
	case to == "-" && f.table == "":
		return o, usageError{fmt.Errorf("standard output holds one table: say which, such as --table candidates. The tables are %s", strings.Join(names, ", "))}
	}
	if to == "-" {
		o.to, o.formats = "", []tables.Format{tables.CSV}
	}
	if f.format != "" {
		o.formats = []tables.Format{tables.Format(f.format)}
	}
	return o, nil
}

// export is the whole command. It reads a copy, so that the record is never
// touched and nobody who serves is held up.
func (p *program) export(ctx context.Context, to string, f exportFlags) (err error) {
	o, err := f.order(to)
	if err != nil {
		return err
	}
	c, err := loadOffline()
	if err != nil {
		return err
	}
	if err := isThere(c.DB); err != nil {
		return err
	}
	removeCopies(c.DB, p.clock())
	from, remove, err := copyBeside(ctx, c.DB, exportMark)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	s, err := store.Open(from, store.Options{Settings: c.settings, KeepCounts: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if o.to == "" {
		out := bufio.NewWriter(until{ctx, p.stdout})
		return cmp.Or(exportTable(ctx, s, o.table, o.formats[0], out), out.Flush()) // which says the same again
	}
	return p.exportFolder(ctx, s, o)
}

// until writes until ctx ends: an export may take minutes.
type until struct {
	ctx context.Context
	io.Writer
}

func (u until) Write(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Writer.Write(b)
}

func exportTable(ctx context.Context, s *store.Store, table string, f tables.Format, out io.Writer) error {
	w, err := tables.NewWriter(f, func(name string) io.Writer {
		if name == table {
			return out
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.Archive(ctx, func(a store.Archive) error { return writeAll(w, a) })
}

// exportFolder writes a folder.
func (p *program) exportFolder(ctx context.Context, s *store.Store, o exportOrder) error {
	if _, err := os.Lstat(o.to); err == nil {
		return fmt.Errorf("%s is there already, and an export never overwrites anything. Choose another name", o.to)
	}
	to := filepath.Clean(o.to)
	removeLeft(filepath.Dir(to), p.clock(), func(name string) bool { return strings.HasPrefix(name, exportDraft) })
	if err := exportTo(ctx, s, to, o); err != nil {
		return fmt.Errorf("write the export: %w", store.Explain(to, err))
	}
	fmt.Fprintf(p.stdout, "✓ %s holds everything as tables; docs/export.md names every column.\n", o.to)
	fmt.Fprintln(p.stdout, "  It holds personal data: names, links, reasons and feedback. Only you can read it now.")
	fmt.Fprintln(p.stdout, "  Delete it when it has done its work: erasing somebody in Samsvar does not reach it.")
	return nil
}

// exportTo writes a folder, which appears once all of it is written.
func exportTo(ctx context.Context, s *store.Store, to string, o exportOrder) error {
	draft, err := os.MkdirTemp(filepath.Dir(to), exportDraft)
	if err != nil {
		return err
	}
	defer os.RemoveAll(draft)
	for _, f := range o.formats {
		if err := exportFiles(ctx, s, draft, f, o.table); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(draft, "README.txt"), []byte(exportNote), 0o600); err != nil {
		return err
	}
	return os.Rename(draft, to)
}

// exportNote is what whoever finds the folder reads.
const exportNote = `This folder was written by samsvar export. It holds personal data of candidates
and colleagues: names, links, reasons, decisions and feedback, word by word.

Show it only to those who may see all of that, and delete it when it has done
its work. Erasing somebody in Samsvar does not reach this folder: erase them
here, too.

Times are UTC. In the CSV files, a text that a spreadsheet would take for a
formula begins with an apostrophe. docs/export.md of Samsvar names every
column. ` + "`samsvar import FOLDER`" + ` reads the folder into an empty record.
`

// exportFiles writes a file a table.
func exportFiles(ctx context.Context, s *store.Store, folder string, f tables.Format, table string) error {
	var files []*os.File
	var buffers []*bufio.Writer
	var failed error
	w, err := tables.NewWriter(f, func(name string) io.Writer {
		if table != "" && name != table {
			return nil
		}
		file, err := os.OpenFile(filepath.Join(folder, name+"."+string(f)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			failed = cmp.Or(failed, err)
			return nil
		}
		files, buffers = append(files, file), append(buffers, bufio.NewWriter(until{ctx, file}))
		return buffers[len(buffers)-1]
	})
	err = cmp.Or(failed, err)
	if err == nil {
		err = s.Archive(ctx, func(a store.Archive) error { return writeAll(w, a) })
	}
	for i, file := range files {
		err = errors.Join(cmp.Or(err, buffers[i].Flush()), file.Close())
	}
	return err
}

// writeAll writes everything in a fixed order: roles by key, candidates by
// role and key, people by id, events as they were written, subscriptions by
// role and channel.
func writeAll(w *tables.Writer, a store.Archive) error {
	roles, err := a.AllRoles()
	if err != nil {
		return err
	}
	for _, r := range roles {
		if err := w.Write(r); err != nil {
			return err
		}
	}
	for _, r := range roles {
		if err := writeCandidates(w, a, r.ID); err != nil {
			return err
		}
	}
	if err := writePeople(w, a); err != nil {
		return err
	}
	if err := a.Events(func(n uint64, e hiring.Event) error { return w.Write(tables.Fact{No: n, Event: e}) }); err != nil {
		return err
	}
	subscriptions, err := a.AllSubscriptions()
	for _, s := range subscriptions {
		err = cmp.Or(err, w.Write(s))
	}
	if err != nil {
		return err
	}
	rules, err := a.Rules()
	if err != nil || !rules.Set() {
		return err
	}
	return w.Write(rules)
}

// writeCandidates writes a role's candidates, the feedback on them, and what is
// owed for the role.
func writeCandidates(w *tables.Writer, a store.Archive, id hiring.RoleID) error {
	all, err := a.CandidatesOf(id)
	if err != nil {
		return err
	}
	for _, c := range all {
		on, err := a.FeedbackOn(c.ID)
		if err != nil {
			return err
		}
		if err := w.Write(c); err != nil {
			return err
		}
		for _, f := range on {
			if err := w.Write(f); err != nil {
				return err
			}
		}
	}
	owed, err := a.OwedIn(id)
	for _, o := range owed {
		err = cmp.Or(err, w.Write(o))
	}
	return err
}

// writePeople writes everybody, and the intake forms that were begun.
func writePeople(w *tables.Writer, a store.Archive) error {
	if err := a.People(func(p hiring.Person) error { return w.Write(p) }); err != nil {
		return err
	}
	return a.Unfinished(func(u hiring.Unfinished) error { return w.Write(u) })
}
