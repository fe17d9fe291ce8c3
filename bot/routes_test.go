package bot

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

func TestDuplicateRoutes(t *testing.T) {
	defer func() {
		if p := recover(); p == nil {
			t.Error("a word with two routes was taken")
		}
	}()
	index([]route{
		{onCommand, "brief", nil, (*Bot).openBrief},
		{onCommand, "role", []string{"brief"}, (*Bot).roles},
	})
}

// TestSentencesNameCommandsThatAreUnderstood in both languages.
func TestSentencesNameCommandsThatAreUnderstood(t *testing.T) {
	for _, r := range commands() {
		if r.kind != onCommand || r.name == "" {
			continue
		}
		for _, locale := range []hiring.Locale{hiring.English, hiring.Norwegian} {
			write := templates.House{Command: "/hire"}.For(locale, time.UTC)
			said := string(write.Error(hiring.Errorf("%v", hiring.Command(r.name)), ""))
			word := strings.TrimPrefix(said, "/hire ")
			if word != r.name && !slices.Contains(r.also, word) || locale == hiring.Norwegian && word == r.name {
				t.Errorf("%s is called %q in %s", r.name, said, locale)
			}
		}
	}
}

// TestCalls compares the table of calls with the calls in the code: whatever
// has the name of a method of slack-go's client.
func TestCalls(t *testing.T) {
	known := map[string]bool{}
	client := reflect.TypeFor[*slack.Client]()
	for i := range client.NumMethod() {
		known[client.Method(i).Name] = true
	}
	made := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			// A method is called, or handed on as a value.
			f, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			log, _ := f.X.(*ast.SelectorExpr)
			if logs := log != nil && log.Sel.Name == "Log"; known[f.Sel.Name] && !logs { // a log has a Debug, too
				made[f.Sel.Name] = true
			}
			return true
		})
	}
	got, want := slices.Sorted(maps.Keys(calls)), slices.Sorted(maps.Keys(made))
	if !slices.Equal(got, want) {
		t.Errorf("scopes.go lists %v,\nthe code calls  %v", got, want)
	}
}

func TestManifest(t *testing.T) {
	n := Manifest()
	if !slices.Contains(n.Scopes, "commands") || !slices.IsSorted(n.Scopes) {
		t.Errorf("scopes %v", n.Scopes)
	}
	if !slices.Equal(n.Events, []string{"app_home_opened", "channel_unarchive", "group_unarchive", "member_joined_channel"}) {
		t.Errorf("events %v", n.Events)
	}
	if !slices.Equal(n.Shortcuts, []string{"new_role"}) {
		t.Errorf("shortcuts %v", n.Shortcuts)
	}
}
