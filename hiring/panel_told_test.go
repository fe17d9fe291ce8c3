package hiring_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// panelTold lists what waits for people about interviews that have changed: to
// whom, which start they know of, and from when on it may be sent.
func (d desk) panelTold() string {
	var list []string
	for _, n := range d.notices {
		if d.gone[n.ID] || n.Kind != hiring.TellInterview && (n.Kind != hiring.Prepare || n.Was.IsZero()) {
			continue
		}
		knows := "nothing"
		if !n.Was.IsZero() {
			knows = n.Was.In(oslo).Format("2 Jan 15:04")
		}
		list = append(list, strings.Join([]string{string(n.Kind), string(n.User), "knows of", knows, "at", n.NotBefore.In(oslo).Format("2 Jan 15:04")}, " "))
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// moves moves the first interview of C-1.
func (d desk) moves(when, start string, panel ...hiring.UserID) {
	d.t.Helper()
	must[hiring.Candidate](d)(d.by(ola, when).MoveInterview(1, 0, hiring.Interview{Start: at(start), Length: time.Hour, Panel: panel}))
}

func (d desk) callsOff(when string, by hiring.UserID) {
	d.t.Helper()
	must[hiring.Candidate](d)(d.by(by, when).CancelInterview(1, 0, hiring.CalledOff))
}

// undoes undoes the last step of C-1.
func (d desk) undoes(when string) {
	d.t.Helper()
	steps := d.candidates[1].Recorded()
	must[hiring.Candidate](d)(d.by(ola, when).Correct(1, hiring.Fix{Step: len(steps) - 1, At: steps[len(steps)-1].At, Undo: true}))
}

// TestThePanelHearsOfChanges to an interview on 7 October, a Wednesday, from 10
// to 11, planned the morning before with Ingrid and Jonas.
func TestThePanelHearsOfChanges(t *testing.T) {
	both := func(what string) string { return "interview UINGRID " + what + "\ninterview UJONAS " + what }
	tests := []struct {
		it   string
		end  string // of the interview, when that is another
		does func(desk)
		want string
	}{
		{it: "called off the day before", does: func(d desk) { d.callsOff("2026-10-06 12:00", ola) }, want: both("knows of 7 Oct 10:00 at 6 Oct 12:00")},
		{it: "called off twice, they hear it once", does: func(d desk) {
			d.callsOff("2026-10-06 12:00", ola)
			d.delivered()
			d.callsOff("2026-10-06 12:01", ola)
		}},
		{it: "called off when it is far off, nobody needs to hear it", end: "2026-10-12 11:00", does: func(d desk) { d.callsOff("2026-10-06 12:00", ola) }},
		{it: "in the evening, they hear it in the morning", does: func(d desk) { d.callsOff("2026-10-06 20:00", ola) }, want: both("knows of 7 Oct 10:00 at 7 Oct 08:00")},
		{it: "unless they would prepare before", end: "2026-10-07 09:00", does: func(d desk) { d.callsOff("2026-10-06 20:00", ola) }, want: both("knows of 7 Oct 08:00 at 6 Oct 20:00")},
		{it: "called off when it is over", does: func(d desk) { d.callsOff("2026-10-07 12:00", ola) }},
		{it: "whoever calls it off knows", does: func(d desk) {
			d.moves("2026-10-06 11:00", "2026-10-07 10:00", ola, ingrid)
			d.delivered()
			d.callsOff("2026-10-06 12:00", ola)
		}, want: "interview UINGRID knows of 7 Oct 10:00 at 6 Oct 12:00"},
		{it: "the candidate did not come", does: func(d desk) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:15").CancelInterview(1, 0, hiring.NoShow))
		}},
		{it: "moved to next week", does: func(d desk) { d.moves("2026-10-06 12:00", "2026-10-14 10:00", ingrid, jonas) }, want: both("knows of 7 Oct 10:00 at 6 Oct 12:00")},
		{it: "moved from next week to tomorrow", end: "2026-10-14 11:00", does: func(d desk) { d.moves("2026-10-06 12:00", "2026-10-07 10:00", ingrid, jonas) }, want: both("knows of 14 Oct 10:00 at 6 Oct 12:00")},
		{it: "moved within next week", end: "2026-10-14 11:00", does: func(d desk) { d.moves("2026-10-06 12:00", "2026-10-15 10:00", ingrid, jonas) }},
		{it: "who was told that it is next week hears that it is called off", does: func(d desk) {
			d.moves("2026-10-06 12:00", "2026-10-14 10:00", ingrid, jonas, "UTONE")
			d.delivered()
			d.callsOff("2026-10-07 12:00", ola)
		}, want: both("knows of 14 Oct 10:00 at 7 Oct 12:00")},
		{it: "moved twice before they read it", does: func(d desk) {
			d.moves("2026-10-06 20:00", "2026-10-08 10:00", ingrid, jonas)
			d.moves("2026-10-06 21:00", "2026-10-14 10:00", ingrid, jonas)
		}, want: both("knows of 7 Oct 10:00 at 7 Oct 08:00")},
		{it: "moved and moved back before they read it", does: func(d desk) {
			d.moves("2026-10-06 20:00", "2026-10-14 10:00", ingrid, jonas)
			d.moves("2026-10-06 21:00", "2026-10-07 10:00", ingrid, jonas)
		}},
		{it: "and back after they have", does: func(d desk) {
			d.moves("2026-10-06 12:00", "2026-10-14 10:00", ingrid, jonas)
			d.delivered()
			d.moves("2026-10-06 13:00", "2026-10-07 10:00", ingrid, jonas)
		}, want: both("knows of 14 Oct 10:00 at 6 Oct 13:00")},
		{it: "moved into the next hour, they prepare with it", does: func(d desk) { d.moves("2026-10-07 08:30", "2026-10-07 09:00", ingrid, jonas) },
			want: "prepare UINGRID knows of 7 Oct 10:00 at 7 Oct 08:30\nprepare UJONAS knows of 7 Oct 10:00 at 7 Oct 08:30"},
		{it: "moved to when it was, after all", does: func(d desk) { d.moves("2026-10-07 12:00", "2026-10-06 11:00", ingrid, jonas) }},
		{it: "longer at the same time", does: func(d desk) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").MoveInterview(1, 0, hiring.Interview{Start: at("2026-10-07 10:00"), Length: 2 * time.Hour, Panel: []hiring.UserID{ingrid, jonas}}))
		}},
		{it: "another instead of Ingrid", does: func(d desk) { d.moves("2026-10-06 12:00", "2026-10-07 10:00", jonas, "UTONE") }, want: "interview UINGRID knows of 7 Oct 10:00 at 6 Oct 12:00"},
		{it: "and she after all", does: func(d desk) {
			d.moves("2026-10-06 12:00", "2026-10-07 10:00", jonas, "UTONE")
			d.delivered()
			d.moves("2026-10-06 13:00", "2026-10-07 10:00", jonas, ingrid)
		}, want: "interview UINGRID knows of nothing at 6 Oct 13:00\ninterview UTONE knows of 7 Oct 10:00 at 6 Oct 13:00"},
		{it: "called off, and on again at another time", does: func(d desk) {
			d.callsOff("2026-10-06 12:00", ola)
			d.delivered()
			d.moves("2026-10-06 13:00", "2026-10-14 10:00", ingrid, jonas)
		}, want: both("knows of nothing at 6 Oct 13:00")},
		{it: "called off, and on again before they read it", does: func(d desk) {
			d.callsOff("2026-10-06 20:00", ola)
			d.moves("2026-10-06 21:00", "2026-10-07 10:00", ingrid, jonas)
		}},
		{it: "who hands it over hears the colleague's answer, and nothing of what comes after", does: func(d desk) {
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 12:00").OfferFeedback(key(1, ingrid), "UTONE"))
			must[hiring.Feedback](d)(d.by("UTONE", "2026-10-06 13:00").AnswerOffer(key(1, ingrid), true))
			d.callsOff("2026-10-06 14:00", ola)
		}, want: "interview UJONAS knows of 7 Oct 10:00 at 6 Oct 14:00\ninterview UTONE knows of 7 Oct 10:00 at 6 Oct 14:00"},
		{it: "who was not to be there anyhow", does: func(d desk) {
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 12:00").ExcuseFeedback(key(1, ingrid), "I am ill."))
			d.callsOff("2026-10-06 14:00", ola)
		}, want: "interview UJONAS knows of 7 Oct 10:00 at 6 Oct 14:00"},
		{it: "who is on again after all hears it like the others", does: func(d desk) {
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 12:00").ExcuseFeedback(key(1, ingrid), "I am ill."))
			d.moves("2026-10-06 14:00", "2026-10-14 10:00", ingrid, jonas)
		}, want: "interview UINGRID knows of nothing at 6 Oct 14:00\ninterview UJONAS knows of 7 Oct 10:00 at 6 Oct 14:00"},
		{it: "also when it is far off, for they know that they are not there", end: "2026-10-14 11:00", does: func(d desk) {
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 12:00").ExcuseFeedback(key(1, ingrid), "I am ill."))
			d.moves("2026-10-06 14:00", "2026-10-15 10:00", ingrid, jonas)
		}, want: "interview UINGRID knows of nothing at 6 Oct 14:00"},
		{it: "or when it is when it was", does: func(d desk) {
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 12:00").ExcuseFeedback(key(1, ingrid), "I am ill."))
			d.moves("2026-10-06 14:00", "2026-10-07 10:00", ingrid, jonas)
		}, want: "interview UINGRID knows of nothing at 6 Oct 14:00"},
		{it: "or another was there instead in between", does: func(d desk) {
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 12:00").ExcuseFeedback(key(1, ingrid), "I am ill."))
			d.moves("2026-10-06 13:00", "2026-10-07 10:00", jonas, "UTONE")
			d.moves("2026-10-06 14:00", "2026-10-07 10:00", jonas, ingrid)
		}, want: "interview UINGRID knows of nothing at 6 Oct 14:00\ninterview UTONE knows of 7 Oct 10:00 at 6 Oct 14:00"},
		{it: "whatever of before still waits for them", does: func(d desk) {
			d.moves("2026-10-06 20:00", "2026-10-08 10:00", ingrid, jonas)
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 21:00").ExcuseFeedback(key(1, ingrid), "I am ill."))
			d.moves("2026-10-06 22:00", "2026-10-14 10:00", ingrid, jonas)
		}, want: "interview UINGRID knows of nothing at 7 Oct 08:00\ninterview UJONAS knows of 7 Oct 10:00 at 7 Oct 08:00"},
		{it: "who takes it over before they read that they are off hears that it is called off", does: func(d desk) {
			d.moves("2026-10-06 20:00", "2026-10-14 10:00", jonas)
			must[hiring.Feedback](d)(d.by(jonas, "2026-10-06 21:00").OfferFeedback(key(1, jonas), ingrid))
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 22:00").AnswerOffer(key(1, jonas), true))
			d.callsOff("2026-10-07 12:00", ola)
		}, want: "interview UINGRID knows of 14 Oct 10:00 at 7 Oct 12:00\ninterview UJONAS knows of 7 Oct 10:00 at 7 Oct 08:00"},
		{it: "one of two", does: func(d desk) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").AddInterview(1, hiring.Interview{Stage: "interview-1", Start: at("2026-10-07 12:00"), Length: time.Hour, Panel: []hiring.UserID{ingrid}}))
			d.callsOff("2026-10-06 12:00", ola)
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").CancelInterview(1, 1, hiring.CalledOff))
		}, want: "interview UINGRID knows of 7 Oct 10:00 at 6 Oct 12:00\ninterview UINGRID knows of 7 Oct 12:00 at 6 Oct 12:00\ninterview UJONAS knows of 7 Oct 10:00 at 6 Oct 12:00"},
		{it: "the candidate withdraws", does: func(d desk) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").Close(1, hiring.Withdrawn, "Another job.", true))
		}, want: both("knows of 7 Oct 10:00 at 6 Oct 12:00")},
		{it: "or is rejected once it has begun", does: func(d desk) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:50").Close(1, hiring.Rejected, "Not this one.", true))
		}},
		{it: "that was a mistake", does: func(d desk) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").Close(1, hiring.Withdrawn, "Another job.", true))
			d.delivered()
			d.undoes("2026-10-06 12:05")
		}, want: both("knows of nothing at 6 Oct 12:05")},
		{it: "and nobody had read it", does: func(d desk) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 20:00").Close(1, hiring.Withdrawn, "Another job.", true))
			d.undoes("2026-10-06 20:05")
		}},
		{it: "the stage was entered by mistake", does: func(d desk) { d.undoes("2026-10-06 12:00") }, want: both("knows of 7 Oct 10:00 at 6 Oct 12:00")},
		{it: "the role is given up", does: func(d desk) { must[hiring.Role](d)(d.by(kari, "2026-10-06 12:00").Cancel(1)) }, want: both("knows of 7 Oct 10:00 at 6 Oct 12:00")},
		{it: "the role is paused, and what is planned stays", does: func(d desk) { must[hiring.Role](d)(d.by(kari, "2026-10-06 12:00").Pause(1)) }},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			if tt.end == "" {
				tt.end = "2026-10-07 11:00"
			}
			d.interviewed(tt.end)
			tt.does(d)
			if got := d.panelTold(); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestThePanelKnowsWhatItWasTold moves an interview, calls it off, changes its
// panel, hands it over and has people excuse themselves at random, and delivers
// at random what may be sent. Nobody has two notices of it waiting; each tells of
// a change of what its reader was told last, or says how it is; and once all is
// delivered, who was told of any, or said it themselves, knows how it is while it
// is ahead.
func TestThePanelKnowsWhatItWasTold(t *testing.T) {
	people := []hiring.UserID{ingrid, jonas, "UTONE"}
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t)
		d.openRole()
		d.interviewed("2026-10-07 11:00")
		now := at("2026-10-06 10:00")
		knows := map[hiring.UserID]time.Time{} // of those who were told
		meets := func(u hiring.UserID) time.Time { return d.candidates[1].Meets(d.roles[1], 0, u) }
		saidOff := func(u hiring.UserID) bool {
			f := d.feedback[key(1, u)]
			return f.Status == hiring.Excused && f.Excuse != ""
		}
		read := func(n hiring.Notice) {
			d.gone[n.ID] = true
			is, told := meets(n.User), n.Kind == hiring.TellInterview || n.Step > 0
			if d.candidates[1].Interviews[0].Overtaken(n) || saidOff(n.User) {
				return // it is no more than a note, or of no matter to them
			}
			if last, any := knows[n.User]; told && any && !last.Equal(n.Was) {
				rt.Fatalf("%s was told %v last, and is told of a change from %v", n.User, last, n.Was)
			}
			if told {
				knows[n.User] = is
			}
		}
		deliver := func(all bool) {
			for _, u := range people {
				waiting, _ := d.NoticesTo(hiring.Conversation{User: u})
				changes := 0
				for _, n := range waiting {
					if n.Kind == hiring.TellInterview {
						changes++
					}
					if !n.NotBefore.After(now) && (all || rapid.Bool().Draw(rt, "delivered")) {
						read(n)
					}
				}
				if changes > 1 {
					rt.Fatalf("%d notices wait for %s", changes, u)
				}
			}
		}
		for range rapid.IntRange(1, 12).Draw(rt, "changes") {
			now = now.Add(time.Duration(rapid.IntRange(0, 40).Draw(rt, "half hours")) * 30 * time.Minute)
			if rapid.IntRange(0, 2).Draw(rt, "themselves") == 0 {
				now = now.Add(time.Minute)
				d.panelChangesAtRandom(rt, people, now, knows)
				now = now.Add(time.Minute)
			} else {
				d.changesAtRandom(rt, people, now)
			}
			deliver(false)
		}
		now = now.Add(4 * 24 * time.Hour)
		deliver(true)
		for u, last := range knows {
			over := last.Before(now) && meets(u).Before(now)
			if !over && !saidOff(u) && !last.Equal(meets(u)) {
				rt.Errorf("%s was told %v; it is %v", u, last, meets(u))
			}
		}
	})
}

// changesAtRandom has Ola do something to the interview of C-1.
func (d desk) changesAtRandom(rt *rapid.T, people []hiring.UserID, now time.Time) {
	p, _ := d.Person(ola)
	a := hiring.Act{Settings: settings(), Record: d.memory, By: p, Now: now}
	var change hiring.Change
	var err error
	switch steps := d.candidates[1].Recorded(); rapid.IntRange(0, 4).Draw(rt, "what") {
	case 0:
		_, change, err = a.CancelInterview(1, 0, hiring.CalledOff)
	case 1:
		_, change, err = a.Close(1, hiring.Withdrawn, "Another job.", true)
	case 2:
		last := steps[len(steps)-1]
		if last.Kind != hiring.CandidateClosed {
			return
		}
		_, change, err = a.Correct(1, hiring.Fix{Step: len(steps) - 1, At: last.At, Undo: true})
	default:
		start := at("2026-10-06 08:00").AddDate(0, 0, rapid.IntRange(0, 20).Draw(rt, "day")).Add(time.Duration(rapid.IntRange(0, 8).Draw(rt, "hour")) * time.Hour)
		panel := rapid.SliceOfNDistinct(rapid.SampledFrom(people), 1, 3, rapid.ID).Draw(rt, "panel")
		_, change, err = a.MoveInterview(1, 0, hiring.Interview{Start: start, Length: time.Hour, Panel: panel})
	}
	if err == nil { // the process may have ended
		d.apply(change)
	}
}

// panelChangesAtRandom has somebody on the panel of C-1 excuse themselves, or hand
// the interview over, and notes what the two know then.
func (d desk) panelChangesAtRandom(rt *rapid.T, people []hiring.UserID, now time.Time, knows map[hiring.UserID]time.Time) {
	from, to := rapid.SampledFrom(people).Draw(rt, "from"), rapid.SampledFrom(people).Draw(rt, "to")
	act := func(u hiring.UserID) hiring.Act {
		p, _ := d.Person(u)
		return hiring.Act{Settings: settings(), Record: d.memory, By: p, Now: now}
	}
	if from == to {
		if _, change, err := act(from).ExcuseFeedback(key(1, from), "I am ill."); err == nil {
			d.apply(change)
			knows[from] = time.Time{}
		}
		return
	}
	_, change, err := act(from).OfferFeedback(key(1, from), to)
	if err != nil { // it is not asked of them, or both sit in it
		return
	}
	d.apply(change)
	if _, change, err = act(to).AnswerOffer(key(1, from), true); err != nil {
		rt.Fatal(err)
	}
	d.apply(change)
	knows[from], knows[to] = time.Time{}, d.candidates[1].Meets(d.roles[1], 0, to)
}
