package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/samsvar/samsvar/cmd/samsvar/tables"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// importFolder reads an export into an empty record: all of it, or nothing.
// Nobody is written to, and what was queued to be said is not in an export.
func (p *program) importFolder(ctx context.Context, folder string, f importFlags) error {
	if f.role != "" || f.dates != "" || f.by != "" || len(f.columns) > 0 {
		return usageError{errors.New("--role, --dates, --by and --map are for files of other systems; a folder that `samsvar export` wrote knows them")}
	}
	c, err := loadOffline()
	if err != nil {
		return err
	}
	e, err := readFolder(folder)
	if err == nil {
		err = consistent(e)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", folder, err)
	}
	if f.dryRun {
		if err := mayTakeFolder(ctx, c, e); err != nil {
			return err
		}
		fmt.Fprintf(p.stdout, "%s holds %s and %s. Nothing was written. Run it without --dry-run to import.\n", folder, count(len(e.Roles), "role"), count(len(e.Candidates), "candidate"))
		return nil
	}
	if err := notServed(c.DB); err != nil {
		return err
	}
	s, err := openToImport(c)
	if err != nil {
		return err
	}
	err = s.Change(ctx, "", p.clock().UTC(), func(r hiring.Record) (hiring.Change, error) { return everythingOf(r, e) })
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "✓ %s holds %s and %s now, as they were exported. Nobody was written to.\n", c.DB, count(len(e.Roles), "role"), count(len(e.Candidates), "candidate"))
	return nil
}

// mayTakeFolder returns why the record would refuse an export. One that is not
// there is empty, and is not made to find that out.
func mayTakeFolder(ctx context.Context, c Config, e tables.Everything) error {
	if _, err := os.Stat(c.DB); errors.Is(err, fs.ErrNotExist) {
		return cmp.Or(notServed(c.DB), store.CanMake(c.DB))
	}
	s, err := openToImport(c)
	if err != nil {
		return err
	}
	err = s.View(ctx, func(r hiring.Record) error {
		_, err := everythingOf(r, e)
		return err
	})
	return errors.Join(err, s.Close())
}

// readFolder reads the tables of an export, in the first format that it is
// there in.
func readFolder(folder string) (tables.Everything, error) {
	for _, f := range tables.Formats() {
		if _, err := os.Stat(filepath.Join(folder, tables.All()[0].Name+"."+string(f))); err == nil {
			return readFiles(folder, f)
		}
	}
	return tables.Everything{}, errors.New("it is not a folder that `samsvar export` wrote with all its tables")
}

func readFiles(folder string, f tables.Format) (tables.Everything, error) {
	var files []*os.File
	defer func() {
		for _, file := range files {
			_ = file.Close() // only read
		}
	}()
	return tables.Read(f, func(table string) (io.Reader, error) {
		file, err := os.Open(filepath.Join(folder, table+"."+string(f)))
		if err != nil {
			return nil, err
		}
		files = append(files, file)
		return bufio.NewReader(file), nil
	})
}

// consistent complains about things that name what is not there.
func consistent(e tables.Everything) error {
	roles, candidates := make(map[hiring.RoleID]bool), make(map[hiring.CandidateID]hiring.RoleID)
	for _, r := range e.Roles {
		switch {
		case r.ID < 1 || roles[r.ID]:
			return fmt.Errorf("the role %v stands there twice, or has no key", r.ID)
		case len(r.Briefs) == 0:
			return fmt.Errorf("the role %v has no brief", r.ID)
		}
		roles[r.ID] = true
	}
	for _, c := range e.Candidates {
		switch {
		case c.ID < 1 || candidates[c.ID] != 0:
			return fmt.Errorf("the candidate %v stands there twice, or has no key", c.ID)
		case !roles[c.Role]:
			return fmt.Errorf("the candidate %v is one of %v, which is not there", c.ID, c.Role)
		case len(c.Journey) == 0:
			return fmt.Errorf("the candidate %v has no journey, not even an addition", c.ID)
		case !slices.Contains(hiring.Sources(), c.Source):
			return fmt.Errorf("the candidate %v has the source %q, which is none", c.ID, string(c.Source))
		case !slices.Contains([]hiring.Outcome{hiring.Active, hiring.Hired, hiring.Rejected, hiring.Withdrawn}, c.Outcome):
			return fmt.Errorf("the candidate %v has the outcome %q, which is none", c.ID, string(c.Outcome))
		}
		candidates[c.ID] = c.Role
	}
	for _, f := range e.Feedback {
		if candidates[f.Candidate] == 0 {
			return fmt.Errorf("there is feedback on %v, who is not there", f.Candidate)
		}
	}
	for _, o := range e.Owed {
		if !roles[o.Subject.Role] {
			return fmt.Errorf("something is owed for %v, which is not there", o.Subject.Role)
		}
	}
	for _, s := range e.Subscriptions {
		if s.Role != 0 && !roles[s.Role] {
			return fmt.Errorf("the channel %s hears of %v, which is not there", string(s.Channel), s.Role)
		}
	}
	if len(e.Rules) > 1 {
		return errors.New("there are several rows of rules")
	}
	return nil
}

// everythingOf puts an export into a record that nothing stands in yet.
func everythingOf(r hiring.Record, e tables.Everything) (hiring.Change, error) {
	if r.NextRole() != 1 || r.NextCandidate() != 1 {
		return hiring.Change{}, errors.New("the record is not empty, and an export is read into an empty one only. SAMSVAR_DB says where it is; to go back to an earlier state, use a backup")
	}
	c := hiring.Change{
		Roles: e.Roles, Candidates: e.Candidates, Feedback: e.Feedback, People: e.People, Unfinished: e.Unfinished, Owe: e.Owed, Subscriptions: e.Subscriptions,
	}
	for _, f := range e.Events {
		c.Events = append(c.Events, f.Event)
	}
	for _, rules := range e.Rules {
		c.Rules = rules
	}
	return c, nil
}
