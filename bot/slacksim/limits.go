package slacksim

import "time"

// Slack's limits (docs.slack.dev, rate limits): calls a minute of a method in a
// workspace by its tier; for posting, about one message a second in a
// conversation, a short burst being tolerated, and several hundred a minute in
// the workspace.
const (
	tier2 = 20
	tier3 = 50
	tier4 = 100
	tierX = 600 // special

	// PostsPerMinute is how many messages a minute a workspace takes.
	PostsPerMinute = 300

	postBurst  = 5
	burstSpace = postBurst * time.Second
)

// limits counts calls against Slack's limits.
type limits struct {
	used map[string][]time.Time
}

// budget is how many calls a window of time takes.
type budget struct {
	key    string
	most   int
	window time.Duration
}

// wait returns the seconds after which a call may be made, 0 for now. to is the
// conversation that a message goes to. A call that is refused counts for
// nothing.
func (l *limits) wait(name string, m method, to string, now time.Time) int {
	if l.used == nil {
		l.used = map[string][]time.Time{}
	}
	budgets := []budget{{name, m.perMin, time.Minute}}
	if name == "chat.postMessage" {
		budgets = append(budgets, budget{name + " " + to, postBurst, burstSpace})
	}
	longest := 0
	for _, b := range budgets {
		longest = max(longest, l.over(b, now))
	}
	if longest == 0 {
		for _, b := range budgets {
			l.used[b.key] = append(l.used[b.key], now)
		}
	}
	return longest
}

// over returns the seconds until a budget has room, 0 when it has.
func (l *limits) over(b budget, now time.Time) int {
	recent := l.used[b.key][:0:0]
	for _, t := range l.used[b.key] {
		if t.After(now.Add(-b.window)) {
			recent = append(recent, t)
		}
	}
	l.used[b.key] = recent
	if len(recent) < b.most {
		return 0
	}
	return int((recent[0].Add(b.window).Sub(now) + time.Second - 1) / time.Second)
}

// room returns the seconds after which a call may be made, 0 for now; the lock
// is held.
func (s *Slack) room(name string, m method, a args) int {
	if !s.o.Tiers {
		return 0
	}
	to := a["channel"]
	if u := s.users[to]; u != nil {
		to = s.dm(to).ID
	}
	return s.limits.wait(name, m, to, s.o.Clock())
}
