package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/samsvar/samsvar/"

// mayImport is the import rule (docs/architecture.md): what each package may
// import beside the standard library.
var mayImport = map[string][]string{
	"hiring":       nil,
	"store":        {module + "hiring", "go.etcd.io/bbolt", "github.com/go-json-experiment/json"},
	"scheduler":    {module + "hiring", "github.com/robfig/cron/v3"},
	"templates":    {module + "hiring", "github.com/slack-go/slack", "golang.org/x/text", "go.yaml.in/yaml/v3"},
	"bot":          {module + "hiring", module + "templates", "github.com/slack-go/slack", "golang.org/x/time"},
	"bot/slacksim": {"github.com/gorilla/websocket"},
}

func TestImportRule(t *testing.T) {
	seen := map[string]bool{}
	eachFile(t, func(folder, path string, file *ast.File) {
		if isCmd(folder) {
			return
		}
		allowed, ruled := mayImport[folder]
		if !ruled {
			t.Errorf("%s has no rule of what it may import", folder)
			return
		}
		seen[folder] = true
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			if !strings.Contains(strings.Split(name, "/")[0], ".") {
				continue // the standard library
			}
			if !under(name, allowed) {
				t.Errorf("%s imports %s; %s may import %v only (docs/architecture.md)", path, name, folder, allowed)
			}
			if folder == "store" && strings.HasPrefix(name, "go.etcd.io/bbolt") && filepath.Base(path) != "engine.go" {
				t.Errorf("%s imports bbolt; only engine.go may", path)
			}
		}
	})
	for folder := range mayImport {
		if !seen[folder] {
			t.Errorf("no file found in %s", folder)
		}
	}
}

// readsClock are the functions of package time that ask for the time.
var readsClock = map[string]bool{"Now": true, "Since": true, "Until": true}

// TestNobodyBelowCmdReadsTheClock looks for calls of time.Now, also hidden in
// others: now is an argument.
func TestNobodyBelowCmdReadsTheClock(t *testing.T) {
	eachFile(t, func(folder, path string, file *ast.File) {
		if isCmd(folder) {
			return
		}
		clock := nameOf(file, "time")
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if f, ok := call.Fun.(*ast.SelectorExpr); ok && readsClock[f.Sel.Name] {
					if x, ok := f.X.(*ast.Ident); ok && x.Name == clock {
						t.Errorf("%s calls time.%s", path, f.Sel.Name)
					}
				}
			}
			return true
		})
	})
}

// nameOf returns the name by which a file knows a package of the standard
// library, empty when it does not import it.
func nameOf(file *ast.File, name string) string {
	for _, spec := range file.Imports {
		if spec.Path.Value != strconv.Quote(name) {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return name
	}
	return ""
}

// isCmd says whether a folder is of the front door, which may import all.
func isCmd(folder string) bool { return strings.HasPrefix(folder+"/", "cmd/") }

// eachFile parses every file of the module that is not a test.
func eachFile(t *testing.T, fn func(folder, path string, file *ast.File)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		fn(filepath.ToSlash(folder), path, file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func under(name string, allowed []string) bool {
	for _, a := range allowed {
		if name == a || strings.HasPrefix(name, a+"/") && !strings.HasPrefix(a, module) {
			return true
		}
	}
	return false
}
