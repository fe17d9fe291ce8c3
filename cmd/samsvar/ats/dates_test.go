package ats

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	oslo := options(t).Zone
	tests := []struct {
		text  string
		order Order
		want  string // in Oslo, or a part of the error after !
	}{
		{"2026-11-23", OrderISO, "2026-11-23 12:00"},
		{"2026/11/23", OrderAuto, "2026-11-23 12:00"},
		{"2026-11-23T09:30:00Z", OrderAuto, "2026-11-23 10:30"},
		{"2026-11-23 09:30:15.5 +0200", OrderAuto, "2026-11-23 08:30"},
		{"2026-11-23 09:30 UTC", OrderAuto, "2026-11-23 10:30"},
		{"2026-11-23 09:30", OrderAuto, "2026-11-23 09:30"},
		{"2026-11-23 00:00:00", OrderAuto, "2026-11-23 12:00"},
		{"23.11.2026", OrderAmerican, "2026-11-23 12:00"},
		{"3.1.2026 kl. 15.04", OrderAuto, "2026-01-03 15:04"},
		{"23/11/2026", OrderEuropean, "2026-11-23 12:00"},
		{"03-04-2026", OrderEuropean, "2026-04-03 12:00"},
		{"11/23/2026 3:04 PM", OrderAmerican, "2026-11-23 15:04"},
		{"23 Nov 2026", OrderAuto, "2026-11-23 12:00"},
		{"23. november 2026", OrderAuto, "2026-11-23 12:00"},
		{"mandag 23. mai 2026 kl 09:00", OrderAuto, "2026-05-23 09:00"},
		{"Mon, 23 Nov 2026 09:00:00 +0100", OrderAuto, "2026-11-23 09:00"},
		{"23-des-2026", OrderAuto, "2026-12-23 12:00"},
		{"November 23rd, 2026 at 3:04 pm", OrderAuto, "2026-11-23 15:04"},
		{"23\u00a0oktober\u00a02026", OrderAuto, "2026-10-23 12:00"},
		{"46349", OrderAuto, "!Excel"},
		{"46349.5", OrderAuto, "!Excel"},
		{"23.11.26", OrderAuto, "!four digits"},
		{"23 Nov 26", OrderAuto, "!four digits"},
		{"30/02/2026", OrderEuropean, "!no such day"},
		{"23/11/2026", OrderISO, "!--dates iso"},
		{"23/11/2026", OrderAmerican, "!no month 23"},
		{"2026-11-23 later", OrderAuto, "!no time of day"},
		{"1826-11-23", OrderAuto, "!year 1826"},
		{"yesterday", OrderAuto, "!2026-11-23"},
		{"2026-11", OrderAuto, "!2026-11-23"},
		{"23 Foo 2026", OrderAuto, "!2026-11-23"},
		{"-", OrderAuto, "!2026-11-23"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			m, err := parse(tt.text, tt.order, oslo)
			if part, fails := strings.CutPrefix(tt.want, "!"); fails {
				if err == nil || !strings.Contains(err.Error(), part) {
					t.Errorf("got %v, %v; want an error with %q", m, err, part)
				}
			} else if got := m.at.In(oslo).Format("2006-01-02 15:04"); err != nil || got != tt.want {
				t.Errorf("got %s, %v; want %s", got, err, tt.want)
			}
		})
	}
}

func TestOrderOfAFile(t *testing.T) {
	tests := []struct {
		it    string
		dates []string
		want  Order // after !: a part of the error
	}{
		{"a day after the 12th first is European", []string{"03/04/2026", "23/04/2026"}, OrderEuropean},
		{"a day after the 12th second is American", []string{"03/04/2026", "04/23/2026"}, OrderAmerican},
		{"hyphens count like slashes", []string{"03-04-2026", "04-23-2026"}, OrderAmerican},
		{"points need none", []string{"03.04.2026", "2026-04-03"}, OrderAuto},
		{"the same number twice doesn't matter", []string{"04/04/2026"}, OrderEuropean},
		{"both stay open without proof", []string{"03/04/2026"}, "!--dates eu"},
		{"two ways are none", []string{"23/04/2026", "04/23/2026"}, "!two ways"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			var e evidence
			for i, d := range tt.dates {
				e.add(i+2, d)
			}
			got, err := e.order()
			if part, fails := strings.CutPrefix(string(tt.want), "!"); fails {
				if err == nil || !strings.Contains(err.Error(), part) {
					t.Errorf("got %q, %v; want an error with %q", got, err, part)
				}
			} else if err != nil || got != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-11-23T10:00:00Z", "23. november 2026", "11/23/2026 3:04 PM", "November 23rd, 2026"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := parse(text, OrderEuropean, time.UTC)
		if err == nil && (m.at.Year() < 1989 || m.at.Year() > 2201) {
			t.Errorf("%q is %v", text, m.at)
		}
	})
}
