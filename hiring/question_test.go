package hiring_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/samsvar/samsvar/hiring"
)

// It is Thursday 12 November 2026, week 46.
func TestQuestions(t *testing.T) {
	for _, tt := range []struct{ it, typed, want string }{
		{"nothing", "", ""},
		{"a role", "R-12", "R-12"},
		{"a role as people type it", "r12", "R-12"},
		{"a number is a role", "12", "R-12"},
		{"days back", "R-1 30d", "R-1 2026-W42..2026-W46"},
		{"weeks back", "12w r1", "R-1 2026-W35..2026-W46"},
		{"Norwegian weeks", "R-1 12U", "R-1 2026-W35..2026-W46"},
		{"months back", "R-1 3m", "R-1 2026-W33..2026-W46"},
		{"a year", "R-1 2025", "R-1 2025-W02..2026-W01"},
		{"a quarter", "all 2026-Q3", "all 2026-W28..2026-W40"},
		{"a Norwegian quarter", "alle 2026-K3", "all 2026-W28..2026-W40"},
		{"a month is the weeks whose Monday lies in it", "R-1 2026-10", "R-1 2026-W41..2026-W44"},
		{"two months", "R-1 2026-10..2026-11", "R-1 2026-W41..2026-W49"},
		{"a week", "R-1 2026-w40", "R-1 2026-W40..2026-W40"},
		{"a Norwegian week", "R-1 2026-U40", "R-1 2026-W40..2026-W40"},
		{"a week to a month", "R-1 2026-W40..2026-10", "R-1 2026-W40..2026-W44"},
		{"until now", "R-1 2026-10..", "R-1 2026-W41..2026-W46"},
		{"a year with 53 weeks", "R-1 2020-W53", "R-1 2020-W53..2020-W53"},
		{"since the agreement", "R-1 since agreed", "R-1 agreed"},
		{"since the agreement, in Norwegian", "R-1 siden avtalt", "R-1 agreed"},
		{"by source", "R-1 12w by source", "R-1 2026-W35..2026-W46 source"},
		{"by source, in Norwegian", "R-1 per kilde", "R-1 source"},
		{"by interviewer load", "R-1 by interviewer load", "R-1 interviewer"},
		{"by stage", "R-1 etter steg", "R-1"},
		{"a period", "R-1 period", "R-1 period"},
		{"a cohort", "R-1 kohort", "R-1"},
		{"a team", "team @Kari 2026-Q3", "team Kari 2026-W28..2026-W40"},
		{"a team by mention", "team <@UKARI|kari>", "team <@UKARI|kari>"},
		{"compared", "R-1 compare with all roles", "! Ask for one role, one team or all roles"},
		{"beside all", "R-1 sammenlign", "R-1 compare"},
		{"a word nobody knows", "R-1 sorces", "! “sorces”"},
		{"a role that is none", "R-0", "! “r-0”"},
		{"two roles", "R-1 R-2", "! “r-2” is a second role"},
		{"two spans", "R-1 30d 2026", "! “2026” is a second span"},
		{"a span and the agreement", "R-1 30d agreed", "! not for both"},
		{"all roles since the agreement", "all agreed", "! Only a single role"},
		{"a role and all", "R-1 all", "! Ask for one role"},
		{"a team of nobody", "team", "! Whose team?"},
		{"a week there is not", "R-1 2026-W54", "! “2026-w54”"},
		{"week 53 of a year with 52", "R-1 2025-W53", "! “2025-w53”"},
		{"a month there is not", "R-1 2026-13", "! “2026-13”"},
		{"a quarter there is not", "R-1 2026-Q5", "! “2026-q5”"},
		{"the future", "R-1 2027", "! lies ahead"},
		{"backwards", "R-1 2026-10..2026-09", "! ends before it begins"},
		{"half a range", "R-1 2026-10..soon", "! has an end that I can't read"},
		{"too long", "R-1 2001..2026", "! longer than ten years"},
		{"too far back", "R-1 9999w", "! “9999w”"},
		{"a sign", "R-1 +5d", "! “+5d”"},
		{"no days at all", "R-1 0d", "! “0d”"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			q, err := hiring.ParseQuestion(tt.typed, at("2026-11-12 10:00"), oslo)
			if complaint, wrong := strings.CutPrefix(tt.want, "! "); wrong {
				if !errors.As(err, new(*hiring.Error)) || !strings.Contains(err.Error(), complaint) {
					t.Errorf("%v, want %q", err, complaint)
				}
				return
			}
			if err != nil || q.String() != tt.want {
				t.Errorf("%q is read as %q, %v; want %q", tt.typed, q, err, tt.want)
			}
		})
	}
}

// FuzzQuestion reads anything, and reads again what it wrote.
func FuzzQuestion(f *testing.F) {
	for _, typed := range []string{"R-12 12w by source", "all 2026-Q3 period", "team @kari 2026-10..2026-11", "R-1 since agreed", "2026-W53..", "..", "-", "R-1 2026-W", "team team"} {
		f.Add(typed)
	}
	now := at("2026-11-12 10:00")
	f.Fuzz(func(t *testing.T, typed string) {
		q, err := hiring.ParseQuestion(typed, now, oslo)
		if err != nil {
			if !errors.As(err, new(*hiring.Error)) {
				t.Fatalf("%q: %v is not for people", typed, err)
			}
			return
		}
		if q.Window != (hiring.Window{}) && q.Window.From >= q.Window.To {
			t.Errorf("%q: the window %v is empty", typed, q.Window)
		}
		if !utf8.ValidString(typed) {
			return
		}
		if again, err := hiring.ParseQuestion(q.String(), now, oslo); err != nil || again != q {
			t.Errorf("%q is written as %q and read as %+v, %v", typed, q, again, err)
		}
	})
}
