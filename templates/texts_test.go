package templates

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every sentence that people read has a Norwegian one, and no Norwegian one is
// left over.
func TestEverySentenceIsTranslated(t *testing.T) {
	used := keysOf(t)
	for _, key := range slices.Sorted(maps.Keys(used)) {
		_, sentence := norwegian[key]
		c, number := nbCounted[key]
		switch {
		case !sentence && !number:
			t.Errorf("%s: no Norwegian for %q", used[key], key)
		case sentence && number:
			t.Errorf("%q stands in two places", key)
		case number && enCounted[key].arg != c.arg:
			t.Errorf("%q counts different arguments in the two languages", key)
		}
	}
	for _, entries := range []map[string]counted{enCounted, nbCounted} {
		for key := range entries {
			if used[key] == "" {
				t.Errorf("nothing says %q", key)
			}
		}
	}
	for key := range norwegian {
		if used[key] == "" {
			t.Errorf("nothing says %q", key)
		}
	}
}

// A translation takes the same arguments as its key.
func TestTranslationsTakeTheSameArguments(t *testing.T) {
	check := func(key, text string) {
		if !slices.Equal(verbs(key), verbs(text)) {
			t.Errorf("%q and %q take different arguments", key, text)
		}
		if strings.ContainsAny(key+text, "<>&") {
			t.Errorf("%q or %q would need escaping", key, text)
		}
	}
	for key, text := range norwegian {
		check(key, text)
	}
	for _, entries := range []map[string]counted{enCounted, nbCounted} {
		for key, c := range entries {
			check(key, c.one)
			check(key, c.other)
		}
	}
}

// verbs returns the arguments a format takes, such as 1d 2s, sorted.
func verbs(format string) []string {
	var list []string
	next := 1
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		i++
		if format[i] == '%' {
			continue
		}
		if format[i] == '[' {
			end := strings.IndexByte(format[i:], ']')
			next, _ = strconv.Atoi(format[i+1 : i+end])
			i += end + 1
		}
		list = append(list, strconv.Itoa(next)+string(format[i]))
		next++
	}
	slices.Sort(list)
	return list
}

// keysOf returns every English sentence and where it stands: what t and m say
// here, and the errors of the packages whose errors people read.
func keysOf(t *testing.T) map[string]string {
	keys := make(map[string]string)
	for _, dir := range []string{".", "../hiring", "../store", "../bot", "../cmd"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "slacksim":
				return fs.SkipDir
			case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			return addKeys(t, keys, path)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

func addKeys(t *testing.T, keys map[string]string, path string) error {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !says(path, call.Fun) || len(call.Args) == 0 {
			return true
		}
		literal, ok := call.Args[0].(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			t.Errorf("%s: a sentence must stand where it is said", set.Position(call.Pos()))
			return true
		}
		key, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		keys[key] = set.Position(call.Pos()).String()
		return true
	})
	return nil
}

// says reports whether a call says a sentence: w.t, w.m or hiring.Errorf.
func says(path string, fun ast.Expr) bool {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name == "Errorf" && strings.HasPrefix(path, "../hiring")
	case *ast.SelectorExpr:
		x, ok := fun.X.(*ast.Ident)
		if !ok {
			return false
		}
		if fun.Sel.Name == "t" || fun.Sel.Name == "m" {
			return !strings.HasPrefix(path, "..")
		}
		return fun.Sel.Name == "Errorf" && x.Name == "hiring"
	default:
		return false
	}
}
