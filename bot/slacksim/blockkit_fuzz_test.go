package slacksim

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// FuzzBlockKit holds that no JSON makes the checker panic, that it says the same
// twice, and that each complaint ends in a pointer. The seeds are the rows, so
// that the fuzzer starts inside the tables; long ones would only slow it down.
func FuzzBlockKit(f *testing.F) {
	for _, r := range kitRows() {
		for _, seed := range []string{r.good, r.bad} {
			if len(seed) < 1000 {
				f.Add(seed)
			}
		}
	}
	f.Add(modalJSON("", `[`+dividerJSON+`]`))
	f.Fuzz(func(t *testing.T, s string) {
		raw := json.RawMessage(s)
		for _, on := range []surface{surfaceMessage, surfaceModal, surfaceHome} {
			got := checkBlocks(raw, on, "/blocks")
			if again := checkBlocks(raw, on, "/blocks"); !slices.Equal(got, again) {
				t.Errorf("%s: first %q, then %q", on, got, again)
			}
			wantPointers(t, got, "/blocks")
		}
		wantPointers(t, checkView(raw), "/view")
		wantPointers(t, checkView(json.RawMessage(typed("modal", `"title":`+plainJSON("T")+`,"blocks":`+s))), "/view")
	})
}

func wantPointers(t *testing.T, complaints []string, base string) {
	t.Helper()
	for _, complaint := range complaints {
		if !strings.Contains(complaint, " [json-pointer:"+base) || !strings.HasSuffix(complaint, "]") {
			t.Errorf("complaint without a pointer below %s: %q", base, complaint)
		}
	}
}

// TestBlockKitDepth holds that deep JSON is refused and not followed.
func TestBlockKitDepth(t *testing.T) {
	for _, open := range []string{
		"[", `{"a":`, `[{"type":"container","child_blocks":`, `[{"type":"layout","rows":`,
		`[{"type":"table","rows":`, `[{"type":"rich_text","elements":`,
	} {
		shut := map[bool]string{true: "]", false: "}"}[open == "["]
		if strings.HasPrefix(open, "[{") {
			shut = "}]"
		}
		for _, depth := range []int{9, 4000, 20_000} {
			raw := json.RawMessage(strings.Repeat(open, depth) + strings.Repeat(shut, depth))
			wantPointers(t, checkBlocks(raw, surfaceMessage, "/blocks"), "/blocks")
			wantPointers(t, checkView(raw), "/view")
		}
	}
}
