package hiring_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

func TestLines(t *testing.T) {
	tests := []struct {
		it, text string
		want     []string
	}{
		{"takes one item a line", "Go\nSQL", []string{"Go", "SQL"}},
		{"drops blank lines and outer spaces", "\n  Go \r\n\r\n SQL\n", []string{"Go", "SQL"}},
		{"takes bullets off", "• Go\n- SQL\n* AWS\n– Kafka", []string{"Go", "SQL", "AWS", "Kafka"}},
		{"takes numbering off", "1. Go\n2) SQL\n10. AWS", []string{"Go", "SQL", "AWS"}},
		{"keeps a year, a version and a hyphen", "2026. no\n.NET\n-5 °C\n3D", []string{"2026. no", ".NET", "-5 °C", "3D"}},
		{"keeps commas within an item", "Go, or Rust", []string{"Go, or Rust"}},
		{"is empty for nothing", " \n•\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			if got := hiring.Lines(tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("Lines(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func FuzzLines(f *testing.F) {
	f.Add("• Go\n- SQL\n1. AWS")
	f.Add("1.\u00a0x\n\u2028y")
	f.Fuzz(func(t *testing.T, text string) {
		for _, item := range hiring.Lines(text) {
			if item == "" || item != strings.TrimSpace(item) || strings.Contains(item, "\n") {
				t.Errorf("item %q of %q", item, text)
			}
		}
	})
}

func TestParseKeys(t *testing.T) {
	tests := []struct {
		text string
		want hiring.RoleID
	}{
		{"R-12", 12}, {"r12", 12}, {"12", 12}, {" R–12 ", 12}, {"r 12", 12},
		{"", 0}, {"R-", 0}, {"R-0", 0}, {"R--1x", 0}, {"C-12", 0}, {"R-99999999999999999999", 0}, {"+3", 0}, {"-3", 3},
	}
	for _, tt := range tests {
		got, err := hiring.ParseRoleID(tt.text)
		if got != tt.want || (err == nil) != (tt.want != 0) {
			t.Errorf("ParseRoleID(%q) = %v, %v; want %v", tt.text, got, err, tt.want)
		}
	}
}

func FuzzParseKeys(f *testing.F) {
	f.Add("R-12")
	f.Add("c–41")
	f.Fuzz(func(t *testing.T, text string) {
		if id, err := hiring.ParseRoleID(text); err == nil {
			if again, err := hiring.ParseRoleID(id.String()); err != nil || again != id {
				t.Errorf("%q is %v, which reads as %v, %v", text, id, again, err)
			}
		}
		if id, err := hiring.ParseCandidateID(text); err == nil && id <= 0 {
			t.Errorf("%q is %v", text, id)
		}
	})
}

func TestWeeks(t *testing.T) {
	tests := []struct {
		it, when string
		want     hiring.Week
		monday   string
	}{
		{"a Monday", "2026-11-23 00:00", "2026-W48", "2026-11-23 00:00"},
		{"a Sunday night", "2026-11-29 23:59", "2026-W48", "2026-11-23 00:00"},
		{"New Year's Day in the old year's last week", "2027-01-01 12:00", "2026-W53", "2026-12-28 00:00"},
		{"the first week of a year that starts in December", "2025-12-29 00:00", "2026-W01", "2025-12-29 00:00"},
		{"the night of the change to winter time", "2026-10-25 23:30", "2026-W43", "2026-10-19 00:00"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			w := hiring.WeekOf(at(tt.when), oslo)
			if w != tt.want || !w.Start(oslo).Equal(at(tt.monday)) {
				t.Errorf("WeekOf(%s) = %s from %v, want %s from %s", tt.when, w, w.Start(oslo), tt.want, tt.monday)
			}
			if back := w.Add(1).Add(-1); back != w {
				t.Errorf("%s a week on and back is %s", w, back)
			}
		})
	}
	if hiring.Week("nonsense").Start(time.UTC) != (time.Time{}) {
		t.Error("a week that is none has a start")
	}
}
