package slacksim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A kitRow is one rule: JSON that Slack takes, and nearly the same JSON that it
// refuses with exactly these complaints. Pointers are without the base.
type kitRow struct {
	rule string
	on   surface
	good string
	bad  string
	want []string
}

// chars is n code points of more than one byte each.
func chars(n int) string { return strings.Repeat("å", n) }

// listJSON is n copies of an item in a JSON array; %d in it is its position.
func listJSON(n int, item string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = strings.ReplaceAll(item, "%d", fmt.Sprint(i))
	}
	return "[" + strings.Join(items, ",") + "]"
}

func plainJSON(text string) string  { return fmt.Sprintf(`{"type":"plain_text","text":%q}`, text) }
func mrkdwnJSON(text string) string { return fmt.Sprintf(`{"type":"mrkdwn","text":%q}`, text) }

// typed puts fields into the object of a type.
func typed(kind, fields string) string {
	if fields != "" {
		fields = "," + fields
	}
	return fmt.Sprintf(`{"type":%q%s}`, kind, fields)
}

// oneBlock is the array of a single block.
func oneBlock(kind, fields string) string { return "[" + typed(kind, fields) + "]" }

// buttonJSON is a whole button with more fields.
func buttonJSON(more string) string { return typed("button", `"text":`+plainJSON("Go")+more) }

// acting puts an element into an actions block, asking into an input block.
func acting(element string) string { return oneBlock("actions", `"elements":[`+element+`]`) }
func asking(element string) string {
	return oneBlock("input", `"label":`+plainJSON("Label")+`,"element":`+element)
}

// writing puts running text into a rich_text block.
func writing(inline string) string {
	return oneBlock("rich_text", `"elements":[{"type":"rich_text_section","elements":[`+inline+`]}]`)
}

func (r kitRow) test(t *testing.T) {
	t.Helper()
	if r.on == "" {
		r.on = surfaceMessage
	}
	if got := checkBlocks(json.RawMessage(r.good), r.on, ""); len(got) > 0 {
		t.Errorf("valid blocks are refused: %q\n%s", got, r.good)
	}
	got := checkBlocks(json.RawMessage(r.bad), r.on, "")
	if !slices.Equal(got, r.want) {
		t.Errorf("broken blocks: got %q, want %q", got, r.want)
	}
}

func TestBlockKitRules(t *testing.T) {
	for _, r := range kitRows() {
		t.Run(r.rule, r.test)
	}
}

func kitRows() []kitRow {
	return slices.Concat(arrayRows, blockRows, newBlockRows, dataRows, richRows, objectRows, elementRows, menuRows)
}

// TestBlockKitTypesHaveRows holds the tables against the rows: every type stands
// in a valid row, so that each spec has been read at least once.
func TestBlockKitTypesHaveRows(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range kitRows() {
		var v any
		if err := json.Unmarshal([]byte(r.good), &v); err != nil {
			t.Fatalf("%s: %v", r.rule, err)
		}
		noteTypes(v, seen)
	}
	delete(seen, "file")
	seen["file"] = true // never valid: see the row "a file block only arrives"
	for _, set := range []map[string]kitObject{blockTypes, elementTypes, richTypes, inlineTypes, cellTypes, chartTypes} {
		for _, name := range slices.Sorted(maps.Keys(set)) {
			if !seen[name] {
				t.Errorf("no valid row has the type %s", name)
			}
		}
	}
}

func noteTypes(v any, seen map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			noteTypes(item, seen)
		}
	case map[string]any:
		if name, ok := v["type"].(string); ok {
			seen[name] = true
		}
		for _, field := range v {
			noteTypes(field, seen)
		}
	}
}

var dividerJSON = typed("divider", "")

var arrayRows = []kitRow{
	{"blocks are an array", "", `[]`, `{}`, []string{"must provide an array [json-pointer:]"}},
	{
		"blocks are not null", "",
		`[]`,
		`null`,
		[]string{"must provide an array [json-pointer:]"},
	},
	{"blocks are JSON", "", `[]`, `[`, []string{"must be valid JSON [json-pointer:]"}},
	{
		"blocks are one JSON value", "",
		`[]`,
		`[] []`,
		[]string{"must be valid JSON [json-pointer:]"},
	},
	{
		"a message has 50 blocks at most", "",
		listJSON(50, dividerJSON),
		listJSON(51, dividerJSON),
		[]string{"no more than 50 items allowed [json-pointer:]"},
	},
	{
		"a modal has 100 blocks at most", surfaceModal,
		listJSON(100, dividerJSON),
		listJSON(101, dividerJSON),
		[]string{"no more than 100 items allowed [json-pointer:]"},
	},
	{
		"a Home has at least one block", surfaceHome,
		listJSON(1, dividerJSON),
		`[]`,
		[]string{"no fewer than 1 items allowed [json-pointer:]"},
	},
	{
		"a block is an object", "",
		`[` + dividerJSON + `]`,
		`["divider"]`,
		[]string{"must provide an object [json-pointer:/0]"},
	},
	{
		"a block has a type", "",
		`[` + dividerJSON + `]`,
		`[{}]`,
		[]string{"missing required field: type [json-pointer:/0]"},
	},
	{
		"a type is a string", "",
		`[` + dividerJSON + `]`,
		`[{"type":1}]`,
		[]string{"must provide a string [json-pointer:/0/type]"},
	},
	{
		"a block is of a known type", "",
		`[` + dividerJSON + `]`,
		`[{"type":"devider"}]`,
		[]string{"unsupported type: devider [json-pointer:/0/type]"},
	},
	{
		"an unknown field shows", "",
		oneBlock("divider", `"block_id":"a"`),
		oneBlock("divider", `"blockid":"a"`),
		[]string{"invalid additional property: blockid [json-pointer:/0]"},
	},
	{
		"null is no value", "",
		oneBlock("divider", `"block_id":"a"`),
		oneBlock("divider", `"block_id":null`),
		[]string{"must provide a string [json-pointer:/0/block_id]"},
	},
	{
		"a block_id is not empty", "",
		oneBlock("divider", `"block_id":"a"`),
		oneBlock("divider", `"block_id":""`),
		[]string{"must be more than 0 characters [json-pointer:/0/block_id]"},
	},
	{
		"a block_id has 255 characters at most", "",
		oneBlock("divider", `"block_id":"`+chars(255)+`"`),
		oneBlock("divider", `"block_id":"`+chars(256)+`"`),
		[]string{"must be less than 256 characters [json-pointer:/0/block_id]"},
	},
	{
		"a block_id is unique", "",
		listJSON(2, typed("divider", `"block_id":"b%d"`)),
		listJSON(2, typed("divider", `"block_id":"b"`)),
		[]string{"`block_id` \"b\" already exists [json-pointer:/1/block_id]"},
	},
	{
		"an action_id is unique in its block", "",
		acting(buttonJSON(`,"action_id":"a"`) + "," + buttonJSON(`,"action_id":"b"`)),
		acting(buttonJSON(`,"action_id":"a"`) + "," + buttonJSON(`,"action_id":"a"`)),
		[]string{"`action_id` \"a\" already exists [json-pointer:/0/elements/1/action_id]"},
	},
	{
		"an action_id may come back in another block", "",
		listJSON(2, typed("actions", `"elements":[`+buttonJSON(`,"action_id":"a"`)+`]`)),
		acting(buttonJSON(`,"action_id":"` + chars(256) + `"`)),
		[]string{"must be less than 256 characters [json-pointer:/0/elements/0/action_id]"},
	},
	{
		"one element has the focus", surfaceModal,
		listJSON(2, typed("input", `"label":`+plainJSON("L")+`,"element":`+typed("plain_text_input", `"focus_on_load":false`))),
		listJSON(2, typed("input", `"label":`+plainJSON("L")+`,"element":`+typed("plain_text_input", `"focus_on_load":true`))),
		[]string{"only one element can have focus_on_load [json-pointer:/1/element/focus_on_load]"},
	},
}

func TestCheckMessage(t *testing.T) {
	if got := CheckMessage(json.RawMessage(oneBlock("header", `"text":`+plainJSON(chars(150))))); len(got) > 0 {
		t.Errorf("valid message: %q", got)
	}
	got := CheckMessage(json.RawMessage(oneBlock("header", `"text":`+plainJSON(chars(151)))))
	want := []string{"must be less than 151 characters [json-pointer:/blocks/0/text/text]"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// modalJSON is a modal with more fields than the two it must have.
func modalJSON(more, blocks string) string {
	return typed("modal", `"title":`+plainJSON("Title")+`,"blocks":`+blocks+more)
}

func TestCheckView(t *testing.T) {
	input := asking(typed("plain_text_input", ""))
	nested := oneBlock("layout", `"label":"l","rows":[{"items":[{"block":`+input[1:len(input)-1]+`}]}]`)
	dividers := `[` + dividerJSON + `]`
	home := func(more string) string { return typed("home", `"blocks":`+dividers+more) }
	for _, r := range []struct {
		rule, good, bad string
		want            []string
	}{
		{"a view is JSON", home(""), `{`, []string{"must be valid JSON [json-pointer:/view]"}},
		{"a view is an object", home(""), `null`, []string{"must provide an object [json-pointer:/view]"}},
		{"a view has 250 kB at most", home(""), strings.Repeat(" ", maxViewBytes+1-len(home(""))) + home(""),
			[]string{"must be less than 250001 bytes [json-pointer:/view]"}},
		{"a view has a known type", home(""), typed("dialog", ""),
			[]string{"unsupported type: dialog [json-pointer:/view/type]"}},
		{"a modal has a title and blocks", modalJSON("", dividers), typed("modal", ""), []string{
			"missing required field: blocks [json-pointer:/view]", "missing required field: title [json-pointer:/view]"}},
		{"a view has blocks", home(""), typed("home", ""), []string{"missing required field: blocks [json-pointer:/view]"}},
		{"blocks are not null", home(""), typed("home", `"blocks":null`),
			[]string{"must provide an array [json-pointer:/view/blocks]"}},
		{"a title is plain text", modalJSON("", dividers),
			typed("modal", `"title":`+mrkdwnJSON("T")+`,"blocks":`+dividers),
			[]string{"unsupported type: mrkdwn [json-pointer:/view/title/type]"}},
		{"a title has 24 characters at most",
			typed("modal", `"title":`+plainJSON(chars(24))+`,"blocks":`+dividers),
			typed("modal", `"title":`+plainJSON(chars(25))+`,"blocks":`+dividers),
			[]string{"must be less than 25 characters [json-pointer:/view/title/text]"}},
		{"submit has 24 characters at most",
			modalJSON(`,"submit":`+plainJSON(chars(24)), dividers), modalJSON(`,"submit":`+plainJSON(chars(25)), dividers),
			[]string{"must be less than 25 characters [json-pointer:/view/submit/text]"}},
		{"close has 24 characters at most",
			modalJSON(`,"close":`+plainJSON(chars(24)), dividers), modalJSON(`,"close":`+plainJSON(chars(25)), dividers),
			[]string{"must be less than 25 characters [json-pointer:/view/close/text]"}},
		{"private_metadata has 3000 characters at most",
			modalJSON(`,"private_metadata":"`+chars(3000)+`"`, dividers), modalJSON(`,"private_metadata":"`+chars(3001)+`"`, dividers),
			[]string{"must be less than 3001 characters [json-pointer:/view/private_metadata]"}},
		{"a callback_id has 255 characters at most",
			home(`,"callback_id":"` + chars(255) + `"`), home(`,"callback_id":"` + chars(256) + `"`),
			[]string{"must be less than 256 characters [json-pointer:/view/callback_id]"}},
		{"an external_id has 255 characters at most",
			home(`,"external_id":"` + chars(255) + `"`), home(`,"external_id":"` + chars(256) + `"`),
			[]string{"must be less than 256 characters [json-pointer:/view/external_id]"}},
		{"flags are booleans",
			modalJSON(`,"clear_on_close":true,"notify_on_close":false`, dividers), modalJSON(`,"clear_on_close":"true"`, dividers),
			[]string{"must provide a boolean [json-pointer:/view/clear_on_close]"}},
		{"a Home has no title", home(""), home(`,"title":` + plainJSON("T")),
			[]string{"invalid additional property: title [json-pointer:/view]"}},
		{"what Slack adds is not sent back", home(""), home(`,"hash":"1.x"`),
			[]string{"invalid additional property: hash [json-pointer:/view]"}},
		{"a modal with an input has submit", modalJSON(`,"submit":`+plainJSON("Save"), input), modalJSON("", input),
			[]string{"missing required field: submit [json-pointer:/view]"}},
		{"a nested input counts too", modalJSON(`,"submit":`+plainJSON("Save"), nested), modalJSON("", nested),
			[]string{"missing required field: submit [json-pointer:/view]"}},
		{"a Home with an input has none", typed("home", `"blocks":`+input), typed("home", `"blocks":`+input+`,"submit":`+plainJSON("S")),
			[]string{"invalid additional property: submit [json-pointer:/view]"}},
		{"blocks are those of the surface", modalJSON("", oneBlock("alert", `"text":`+plainJSON("!"))),
			typed("home", `"blocks":`+oneBlock("alert", `"text":`+plainJSON("!"))),
			[]string{"unsupported type: alert (surface: home) [json-pointer:/view/blocks/0/type]"}},
	} {
		t.Run(r.rule, func(t *testing.T) {
			if got := CheckView(json.RawMessage(r.good)); len(got) > 0 {
				t.Errorf("a valid view is refused: %q\n%s", got, r.good)
			}
			if got := CheckView(json.RawMessage(r.bad)); !slices.Equal(got, r.want) {
				t.Errorf("a broken view: got %q, want %q", got, r.want)
			}
		})
	}
}
