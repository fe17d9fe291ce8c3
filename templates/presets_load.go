package templates

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed presets/*.yaml
var presetFiles embed.FS

// presetProblem is something wrong at a key such as must_haves.2.skill.
type presetProblem struct{ at, say string }

// LoadPresets returns the presets of the program, and those of a folder, where
// one with the same file name takes the place of the program's. An empty dir
// is none. The error names the file and the line of everything that is wrong.
func LoadPresets(dir string) ([]Preset, error) {
	own, err := fs.Sub(presetFiles, "presets")
	if err != nil {
		return nil, err
	}
	found, err := readPresets(own)
	if dir != "" {
		more, failed := readPresets(os.DirFS(dir))
		err = errors.Join(err, failed)
		for _, p := range more {
			found = slices.DeleteFunc(found, func(o Preset) bool { return o.ID == p.ID })
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b Preset) int {
		// The general one stands last.
		return cmp.Or(cmp.Compare(strconv.FormatBool(a.ID == "general"), strconv.FormatBool(b.ID == "general")), cmp.Compare(a.ID, b.ID))
	})
	return found, err
}

// errNoFolder says that there is no such folder.
var errNoFolder = errors.New("there is no such folder, or it cannot be read")

func readPresets(files fs.FS) ([]Preset, error) {
	names, err := fs.Glob(files, "*.yaml")
	if _, missing := fs.Stat(files, "."); err != nil || missing != nil {
		return nil, errNoFolder
	}
	var list []Preset
	var wrong []error
	for _, file := range names {
		text, err := fs.ReadFile(files, file)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s cannot be read", file))
			continue
		}
		p, errs := parsePreset(text)
		p.ID = strings.TrimSuffix(file, ".yaml")
		for _, e := range errs {
			wrong = append(wrong, fmt.Errorf("%s:%w", file, e))
		}
		list = append(list, p)
	}
	return list, errors.Join(wrong...)
}

// parsePreset reads a preset; every error begins with its line.
func parsePreset(text []byte) (p Preset, wrong []error) {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return p, []error{lineOf(err)}
	}
	strict := yaml.NewDecoder(bytes.NewReader(text))
	strict.KnownFields(true)
	if err := strict.Decode(&p); err != nil {
		if all, ok := errors.AsType[*yaml.TypeError](err); ok {
			for _, e := range all.Errors {
				wrong = append(wrong, lineOf(errors.New(e)))
			}
			return p, wrong
		}
		return p, []error{lineOf(err)}
	}
	for _, problem := range p.check() {
		wrong = append(wrong, fmt.Errorf("%d: %s %s", lineAt(&root, problem.at), problem.at, problem.say))
	}
	return p, wrong
}

// lineOf puts the line of an error of the YAML library first, as in 12: text.
func lineOf(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		return errors.New(rest)
	}
	return errors.New("1: " + text)
}

// lineAt returns the line of a key, or of the nearest thing around it.
func lineAt(node *yaml.Node, at string) int {
	line := 1
	for _, key := range append([]string{""}, strings.Split(at, ".")...) {
		switch {
		case node.Kind == yaml.DocumentNode && len(node.Content) > 0:
			node = node.Content[0]
		case node.Kind == yaml.SequenceNode:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(node.Content) {
				return line
			}
			node = node.Content[i]
		case node.Kind == yaml.MappingNode:
			i := slices.IndexFunc(node.Content, func(n *yaml.Node) bool { return n.Value == key })
			if i < 0 || i+1 >= len(node.Content) {
				return line
			}
			line = node.Content[i].Line
			node = node.Content[i+1]
			continue
		default:
			return line
		}
		line = max(node.Line, 1)
	}
	return line
}
