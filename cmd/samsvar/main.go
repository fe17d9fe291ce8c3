// Samsvar is a Slack bot that keeps hiring managers and recruiters in
// agreement. This is the front door: configuration, the commands of the
// binary, wiring and shutdown.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // so that zones are known in an image without files

	"github.com/spf13/cobra"
)

func main() { os.Exit(start(os.Args[1:], time.Now)) }

// start runs samsvar as a process and returns its exit code.
func start(args []string, clock func() time.Time) int {
	signal.Ignore(syscall.SIGPIPE) // what nobody reads is an error as any other: what was begun is cleaned up
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)         // a second signal ends the process at once
	if !signal.Ignored(syscall.SIGHUP) { // as it is under nohup
		var done context.CancelFunc
		ctx, done = signal.NotifyContext(ctx, syscall.SIGHUP) // a second one, too, is only heard: a shell and its terminal say so each
		defer done()
	}
	p := &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, clock: clock}
	return p.run(ctx, args)
}

// program is the whole of samsvar, so that it can run inside a test.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	clock          func() time.Time // the only clock there is
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2 // wrong words or wrong configuration
	exitRecord = 3 // serving needs somebody to see to the record first
	// exitUnread is what a shell says of a process that ends when nobody reads
	// its output any more, as in `samsvar export - … | head`.
	exitUnread = 128 + int(syscall.SIGPIPE)
)

// usageError is a mistake in the command line.
type usageError struct{ error }

// errFailed says that a command failed and has said so itself.
var errFailed = errors.New("failed")

// run runs the command that args name and returns the exit code. Errors go to
// stderr as one clear sentence.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.rootCommand()
	root.SetArgs(args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFailed):
		return exitFailed
	case isUnread(err):
		return exitUnread
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(p.stderr, "samsvar: told to stop before it was done")
		return exitFailed
	}
	fmt.Fprintln(p.stderr, "samsvar:", err)
	return codeOf(err)
}

// isUnread says whether nobody reads standard output any more.
func isUnread(err error) bool {
	failed, of := errors.AsType[*fs.PathError](err)
	return of && failed.Path == os.Stdout.Name() && errors.Is(failed, syscall.EPIPE)
}

// codeOf returns the exit code for an error.
func codeOf(err error) int {
	_, words := errors.AsType[usageError](err)
	_, environment := errors.AsType[problems](err)
	_, record := errors.AsType[recordError](err)
	switch {
	case words || environment:
		return exitUsage
	case record:
		return exitRecord
	}
	return exitFailed
}

func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "samsvar",
		Short: "A Slack bot that keeps hiring managers and recruiters in agreement",
		Long: "Samsvar keeps hiring managers and recruiters in agreement: role intake both\n" +
			"sides sign, feedback on time, a weekly digest of the funnel. It lives in Slack.\n\n" +
			"Without a command it serves. To see it work without Slack: samsvar sandbox --story",
		Args:          unknownCommand,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return p.serve(cmd.Context()) },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetHelpCommand(helpCommand())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w (see `%s --help`)", err, cmd.CommandPath())}
	})
	root.AddCommand(
		p.serveCommand(), p.sandboxCommand(), p.manifestCommand(), p.doctorCommand(), p.importCommand(), p.exportCommand(), p.backupCommand(), p.restoreCommand(), p.versionCommand(),
		&cobra.Command{Use: "config", Short: "The environment variables that configure Samsvar", Long: describeConfig()}, // a help topic
	)
	return root
}

// helpCommand answers `samsvar help`. Cobra's own answers a word that is no
// command with the help of samsvar, as if all were well.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use: "help [command]", Short: "Help about a command, or about config",
		RunE: func(cmd *cobra.Command, words []string) error {
			about, rest, err := cmd.Root().Find(words)
			if err != nil {
				return usageError{err}
			}
			if err := unknownCommand(about, rest); err != nil {
				return err
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// unknownCommand refuses a word that is no command and suggests one.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	hint := "See `samsvar --help`."
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = fmt.Sprintf("Did you mean `samsvar %s`?", near[0])
	}
	return usageError{fmt.Errorf("there is no command %q. %s", args[0], hint)}
}

// noArgs refuses arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("`%s` takes no argument, but got %q", cmd.CommandPath(), args[0])}
	}
	return nil
}

// logger returns the log that the configuration asks for.
func (p *program) logger(c Config) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(p.stderr, o))
	}
	return slog.New(slog.NewTextHandler(p.stderr, o))
}
