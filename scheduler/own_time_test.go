package scheduler_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// subscribe lets a channel hear the digest of the office's role at a day and
// time of its own.
func subscribe(t *testing.T, s *store.Store, when string, day time.Weekday, clock time.Duration) {
	t.Helper()
	err := s.Change(t.Context(), "", at(when), func(r hiring.Record) (hiring.Change, error) {
		p, err := r.Person("UOLA")
		if err != nil {
			return hiring.Change{}, err
		}
		a := hiring.Act{Settings: settings(), Record: r, By: p, Now: at(when)}
		_, c, err := a.Subscribe(hiring.Subscription{Role: 1, Channel: "COTHER", Own: true, Day: day, At: clock}, "", at("2026-11-09 09:00"))
		return c, err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// told lists the digests that were written for a channel: the week, and when it
// is sent on Oslo's clock.
func told(t *testing.T, s *store.Store, channel hiring.ChannelID) []string {
	t.Helper()
	all, err := s.Queued(context.Background(), at("2030-01-01 00:00"), 1000)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, n := range all {
		if n.Kind == hiring.Digest && n.Channel == channel {
			list = append(list, fmt.Sprintf("%s on %s", n.Subjects[0].Week, n.NotBefore.In(oslo).Format("Mon 02 15:04")))
		}
	}
	slices.Sort(list)
	return list
}

// TestADigestAtATimeOfItsOwn ticks every quarter of an hour, as two processes
// would that start anew each time, but for while both are down.
func TestADigestAtATimeOfItsOwn(t *testing.T) {
	for _, tt := range []struct {
		it       string
		set      string // when the time was chosen
		day      time.Weekday
		at       time.Duration
		from, to string
		down     [2]string
		want     string
	}{
		{"each week at its day and time", "2026-11-06 12:00", time.Tuesday, 14 * time.Hour, "2026-11-06 17:00", "2026-11-25 12:00", [2]string{},
			"2026-W45 on Tue 10 14:00, 2026-W46 on Tue 17 14:00, 2026-W47 on Tue 24 14:00"},
		{"a Sunday tells of the week before, not of its own, nor of one before the role", "2026-11-06 12:00", time.Sunday, 20*time.Hour + 30*time.Minute, "2026-11-06 17:00", "2026-11-16 12:00", [2]string{},
			"2026-W45 on Sun 15 20:30"},
		{"one that was missed while down is caught up once", "2026-11-06 12:00", time.Tuesday, 14 * time.Hour, "2026-11-06 17:00", "2026-11-18 12:00", [2]string{"2026-11-17 13:50", "2026-11-18 09:10"},
			"2026-W45 on Tue 10 14:00, 2026-W46 on Wed 18 09:15"},
		{"of several that were missed the last", "2026-11-06 12:00", time.Tuesday, 14 * time.Hour, "2026-11-06 17:00", "2026-11-26 12:00", [2]string{"2026-11-10 15:00", "2026-11-25 09:10"},
			"2026-W45 on Tue 10 14:00, 2026-W47 on Wed 25 09:15"},
		{"a time chosen after it had passed waits for the next week", "2026-11-10 15:00", time.Tuesday, 14 * time.Hour, "2026-11-10 15:00", "2026-11-18 12:00", [2]string{},
			"2026-W46 on Tue 17 14:00"},
		{"a time that the spring skips is an hour later", "2027-03-12 12:00", time.Sunday, 2*time.Hour + 30*time.Minute, "2027-03-12 17:00", "2027-04-05 12:00", [2]string{},
			"2027-W09 on Sun 14 02:30, 2027-W10 on Sun 21 02:30, 2027-W11 on Sun 28 03:30, 2027-W12 on Sun 04 02:30"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			s := office(t)
			subscribe(t, s, tt.set, tt.day, tt.at)
			if err := s.Ran(t.Context(), "digests", at(tt.from)); err != nil {
				t.Fatal(err)
			}
			for now := at(tt.from); now.Before(at(tt.to)); now = now.Add(15 * time.Minute) {
				if tt.down[0] != "" && now.After(at(tt.down[0])) && now.Before(at(tt.down[1])) {
					continue
				}
				for range 2 {
					if err := with(t, s, "0 0 1 1 *", "0 9 * * 1", nil).Tick(t.Context(), now); err != nil {
						t.Fatal(err)
					}
				}
			}
			if got := strings.Join(told(t, s, "COTHER"), ", "); got != tt.want {
				t.Errorf("told %s\nwant %s", got, tt.want)
			}
			if got := told(t, s, "CDEV"); len(got) == 0 || slices.ContainsFunc(got, func(d string) bool { return !strings.Contains(d, " on Mon ") && tt.down[0] == "" }) {
				t.Errorf("the role's own channel is told %v, want the usual Mondays", got)
			}
		})
	}
}

// TestRunKeepsATimeOfItsOwn has the scheduler's own loop come to it, to the
// minute, with a preview to both owners before the first.
func TestRunKeepsATimeOfItsOwn(t *testing.T) {
	s := office(t)
	subscribe(t, s, "2026-11-06 12:00", time.Tuesday, 14*time.Hour+7*time.Minute)
	if err := s.Ran(t.Context(), "digests", at("2026-11-06 17:00")); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		clock := func() time.Time { return at("2026-11-06 17:00").Add(time.Since(start)) }
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- with(t, s, "0 0 1 1 *", "0 9 * * 1", nil).Run(ctx, clock) }()
		time.Sleep(4 * 24 * time.Hour)
		synctest.Wait()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	if got := told(t, s, "COTHER"); !slices.Equal(got, []string{"2026-W45 on Tue 10 14:07"}) {
		t.Errorf("told %v", got)
	}
	for _, owner := range []hiring.UserID{"UKARI", "UOLA"} {
		if n := notices(t, s, hiring.Preview, owner); n != 2 { // of this channel and of the role's own
			t.Errorf("%s reads %d previews", owner, n)
		}
	}
}
