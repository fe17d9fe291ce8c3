package main

import (
	"strings"
	"testing"
)

func TestCommandLine(t *testing.T) {
	tests := []struct {
		it   string
		args string
		code int
		want string
	}{
		{"help lists the commands", "help", exitOK, "  doctor "},
		{"--help does, too", "--help", exitOK, "  doctor "},
		{"help names the topic config", "help", exitOK, "samsvar config"},
		{"help about a command", "help serve", exitOK, "SIGTERM"},
		{"help about a command by its flag", "serve --help", exitOK, "SIGTERM"},
		{"help about help", "help help", exitOK, "samsvar help [command]"},
		{"help about a word that is nearly a command", "help docter", exitUsage, "Did you mean `samsvar doctor`?"},
		{"help about a word that is no command", "help xyzzy", exitUsage, "there is no command \"xyzzy\""},
		{"help about a word too many", "help serve now", exitUsage, "there is no command \"now\""},
		{"a word that is nearly a command", "docter", exitUsage, "Did you mean `samsvar doctor`?"},
		{"a word that is no command", "xyzzy", exitUsage, "there is no command \"xyzzy\". See `samsvar --help`."},
		{"an argument too many", "serve now", exitUsage, "takes no argument"},
		{"a flag that is none", "manifest --xml", exitUsage, "unknown flag: --xml (see `samsvar manifest --help`)"},
		{"a sandbox beside a real workspace", "sandbox", exitUsage, "unset SLACK_BOT_TOKEN"},
		{"a sandbox at no address", "sandbox --addr nowhere", exitUsage, "--addr \"nowhere\""},
		{"a story without people", "sandbox --story --empty", exitUsage, "leave --empty"},
		{"the version", "version", exitOK, "samsvar "},
	}
	environment(t, nil)
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			r := launch(t, strings.Fields(tt.args)...)
			if code := r.exit(t); code != tt.code || !strings.Contains(r.out.String(), tt.want) {
				t.Errorf("exit %d, want %d and %q:\n%s", code, tt.code, tt.want, r.out)
			}
		})
	}
}

func TestVersionLine(t *testing.T) {
	before := version
	defer func() { version = before }()
	version = "1.2.3"
	if got := versionLine(); !strings.HasPrefix(got, "samsvar 1.2.3") || !strings.Contains(got, " go1.") {
		t.Errorf("got %q", got)
	}
}
