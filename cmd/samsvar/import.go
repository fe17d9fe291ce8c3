package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/samsvar/samsvar/cmd/samsvar/ats"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// importFlags are the words of `samsvar import`, as typed.
type importFlags struct {
	role, dates, by string
	columns         []string
	dryRun          bool
}

// importCommand returns `samsvar import`.
func (p *program) importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE.csv --role R-12",
		Short: "Import another system's CSV file, or a folder that `samsvar export` wrote",
		Long: "Import candidates and their moves from a CSV file that an applicant tracking\n" +
			"system exported: all rows, or none if one of them is refused. Candidates already\n" +
			"imported are left as they are, so importing a file again changes nothing.\n\n" +
			"Separator, encoding and columns are found out. Stop `samsvar serve` first.\n\n" +
			"A folder that `samsvar export` wrote is read into an empty record, all of it or\n" +
			"nothing: `samsvar import FOLDER`.",
		Example: "  samsvar import candidates.csv --role R-12 --dry-run\n" +
			"  samsvar import kandidater.csv --role R-12 --map name=Kandidat --map added=\"Søkt dato\"\n" +
			"  samsvar import - --role R-12 --dates us < export.csv\n" +
			"  samsvar import samsvar-2026-11-23",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{fmt.Errorf("name one file, or - for standard input: `%s`", cmd.UseLine())}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
				return p.importFolder(cmd.Context(), args[0], f)
			}
			return p.importFile(cmd.Context(), args[0], f)
		},
	}
	cmd.Flags().StringVar(&f.role, "role", "", "the role the candidates are for, such as R-12 (required)")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "show what the import would do and write nothing")
	cmd.Flags().StringArrayVar(&f.columns, "map", nil, "read a field from a column, as name=Kandidat; name= leaves it out; may be repeated")
	cmd.Flags().StringVar(&f.dates, "dates", "", "how dates are written: iso (2026-11-23), eu (23/11/2026) or us (11/23/2026); found out by default")
	cmd.Flags().StringVar(&f.by, "by", "", "Slack user id of who imports; the role's recruiter by default")
	return cmd
}

// importOrder is an import as the command line asks for it.
type importOrder struct {
	role    hiring.RoleID
	by      hiring.UserID // empty for the recruiter
	dates   ats.Order
	command string // the slash command, for hints
	columns map[string]string
	dryRun  bool
}

// order reads the flags; a mistake is a usageError.
func (f importFlags) order() (importOrder, error) {
	o := importOrder{by: hiring.UserID(f.by), dates: ats.Order(f.dates), columns: map[string]string{}, dryRun: f.dryRun}
	if f.role == "" {
		return o, usageError{errors.New("say which role the candidates are for, such as --role R-12")}
	}
	var err error
	if o.role, err = hiring.ParseRoleID(f.role); err != nil {
		return o, usageError{fmt.Errorf("--role: %w", err)}
	}
	if f.by != "" && !userForm.MatchString(f.by) {
		return o, usageError{errors.New("--by must be a Slack user id, such as U024BE7LH")}
	}
	if !slices.Contains([]ats.Order{ats.OrderAuto, ats.OrderISO, ats.OrderEuropean, ats.OrderAmerican}, o.dates) {
		return o, usageError{fmt.Errorf("--dates must be iso, eu or us, not %q", f.dates)}
	}
	for _, pair := range f.columns {
		field, column, ok := strings.Cut(pair, "=")
		if field = strings.TrimSpace(field); !ok || field == "" {
			return o, usageError{fmt.Errorf("--map %s: write field=Column, such as --map name=Kandidat", pair)}
		}
		o.columns[field] = strings.TrimSpace(column)
	}
	return o, nil
}

// importFile is the whole command.
func (p *program) importFile(ctx context.Context, path string, f importFlags) error {
	o, err := f.order()
	if err != nil {
		return err
	}
	c, err := loadOffline()
	if err != nil {
		return err
	}
	o.command = c.Command
	data, err := p.readImport(path)
	if err != nil {
		return err
	}
	s, err := openForImport(c)
	if err != nil {
		return err
	}
	rules, err := rulesOn(ctx, s)
	if err == nil {
		err = p.importInto(ctx, s, c.settings.With(rules), o, fileOf(path, data), p.clock().UTC())
	}
	return errors.Join(err, s.Close())
}

// importSource is the file to import.
type importSource struct {
	name string // without its folder
	data []byte
}

func fileOf(path string, data []byte) importSource {
	if path == "-" {
		return importSource{"standard input", data}
	}
	return importSource{filepath.Base(path), data}
}

// maxImport is the largest file read, in bytes. A hundred thousand candidates
// take about 20 MB.
const maxImport = 64 << 20

func (p *program) readImport(path string) ([]byte, error) {
	in := p.stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("read the file to import: %w", err)
		}
		defer file.Close() //nolint:errcheck // only read
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, maxImport+1))
	if err != nil {
		return nil, fmt.Errorf("read the file to import: %w", err)
	}
	if len(data) > maxImport {
		return nil, fmt.Errorf("the file is larger than %d MB: split it into several", maxImport>>20)
	}
	return data, nil
}

// openForImport opens the record that is there; an import makes none, since
// without a role there is nothing to import into.
func openForImport(c Config) (*store.Store, error) {
	if _, err := os.Stat(c.DB); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no record at %s yet. SAMSVAR_DB says where it is; a role is made in Slack with %s intake", c.DB, c.Command)
	}
	return openToImport(c)
}

// openToImport opens the record, and makes it when there is none.
func openToImport(c Config) (*store.Store, error) {
	s, err := store.Open(c.DB, store.Options{Settings: c.settings})
	if errors.Is(err, store.ErrInUse) {
		return nil, fmt.Errorf("%w. Stop `samsvar serve` first, import, and start it again", err)
	}
	return s, err
}

// importInto reads the file for the role, says what would happen, and does it
// unless a row is refused or it was only asked.
func (p *program) importInto(ctx context.Context, s *store.Store, settings hiring.Settings, o importOrder, src importSource, now time.Time) error {
	rep := importReport{name: src.name, command: o.command, dryRun: o.dryRun}
	decide := func(rec hiring.Record) (change hiring.Change, err error) {
		a := hiring.Act{Settings: settings, Record: rec, By: hiring.Person{ID: cmp.Or(o.by, rep.role.Recruiter)}, Now: now}
		rep.result, change, err = a.Import(o.role, rep.file.Rows)
		return change, err
	}
	err := s.View(ctx, func(rec hiring.Record) (err error) {
		if err = rep.read(rec, settings, o, src, now, reading(p.stderr)); err != nil {
			return err
		}
		_, err = decide(rec)
		return err
	})
	if err != nil {
		return err
	}
	out := newPage(p.stdout)
	rep.print(out)
	if len(rep.refusals()) > 0 {
		return errFailed
	}
	if o.dryRun || len(rep.result.Added) == 0 {
		return nil
	}
	written := writing(p.stderr, len(rep.result.Added))
	err = s.Change(ctx, "", now, decide)
	written()
	if err != nil {
		return fmt.Errorf("write the candidates: %w", err)
	}
	rep.printDone(out)
	return nil
}

// read reads the file in the words of the role.
func (r *importReport) read(rec hiring.Record, settings hiring.Settings, o importOrder, src importSource, now time.Time, progress func(done, total int)) (err error) {
	if r.role, err = rec.Role(o.role); err != nil {
		return err
	}
	r.file, err = ats.Read(src.data, ats.Options{
		Plan: r.role.Plan(), Zone: settings.Zone, Now: now, Columns: o.columns, Dates: o.dates, Progress: progress,
	})
	if err != nil {
		return fmt.Errorf("%s: %w", src.name, err)
	}
	return nil
}
