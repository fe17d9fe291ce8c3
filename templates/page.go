package templates

import (
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// page is one rendering: what is read, who reads it and when. What may be
// named where is decided here and nowhere else.
type page struct {
	Writer
	record hiring.Record
	to     Audience
	reader hiring.UserID // of a direct message; empty for a channel
	parts  bool          // owners stand by their part: a digest names nobody for being late
	now    time.Time
}

// who names a person. In a channel the name stands without a mention, which
// would ring at them.
func (p page) who(u hiring.UserID) Mrkdwn {
	if p.to == OnePerson || u == "" {
		return p.person(u)
	}
	if person, err := p.record.Person(u); err == nil && person.Name != "" {
		return raw(person.Name)
	}
	return p.person(u)
}

// candidate names a candidate as far as the audience may know: C-41, or
// Ola Nordmann (C-41). A candidate who was erased is only their key.
func (p page) candidate(id hiring.CandidateID) Mrkdwn {
	c, err := p.record.Candidate(id)
	if err != nil || c.Name == "" || !p.named(c) {
		return raw(id.String())
	}
	return keyed(bold(cut(c.Name, hiring.MaxName)), id)
}

// named says whether the audience may read the candidate's name: a private
// channel, and in person those who may see the role or are asked for feedback.
func (p page) named(c hiring.Candidate) bool {
	if p.to != OnePerson {
		return p.to == PrivateChannel
	}
	if p.reader == "" {
		return true // the direct answer to somebody who was let in
	}
	may, err := p.may(hiring.KnowCandidate, hiring.Subject{Role: c.Role, Candidate: c.ID})
	return may && err == nil
}

// role names a role: Backend developer.
func (p page) role(r hiring.Role) Mrkdwn { return p.Writer.role(r) }

func (w Writer) role(r hiring.Role) Mrkdwn {
	return keyed(bold(cut(r.Title(), hiring.MaxTitle)), r.ID)
}

// plainRole names a role where there is no markup: R-12 Backend developer.
func (w Writer) plainRole(r hiring.Role) string { return r.ID.String() + " " + oneLine(r.Title()) }

// status says in one line where a role stands and who is to sign, or to change
// what the other sent back.
func (p page) status(r hiring.Role) Mrkdwn {
	newest, back := r.Brief(), r.SentBackTo()
	agreed, _ := r.Agreed()
	switch {
	case r.Status == hiring.Filled:
		return p.m("🎉 Filled %s", p.dayOf(r.ClosedAt))
	case r.Status == hiring.Cancelled:
		return p.m("Cancelled %s", p.dayOf(r.ClosedAt))
	case r.Status == hiring.Paused:
		return p.m("⏸️ Paused %s", p.dayOf(r.PausedAt))
	case r.Drifted() && len(back) > 0:
		return p.m("↩️ Sent back: revision %d waits for %s to change it. Until then revision %d holds.", newest.Revision, p.owned(r, back), agreed.Revision)
	case r.Drifted():
		return p.m("✏️ Changed: revision %d waits for %s to sign. Until then revision %d holds.", newest.Revision, p.unsigned(r), agreed.Revision)
	case len(back) > 0:
		return p.m("↩️ Sent back: waiting for %s to change it", p.owned(r, back))
	case !newest.Agreed():
		return p.m("⏳ Waiting for %s to sign", p.unsigned(r))
	default:
		return p.m("✅ Agreed %s", p.dayOf(newest.AgreedAt()))
	}
}

// unsigned names the owners who have not signed the newest revision.
func (p page) unsigned(r hiring.Role) Mrkdwn {
	return p.owned(r, slices.DeleteFunc([]hiring.UserID{r.HiringManager, r.Recruiter}, r.Brief().SignedBy))
}

// owned names owners of a role, where nobody is named by the part they have in
// it.
func (p page) owned(r hiring.Role, owners []hiring.UserID) Mrkdwn {
	var list []Mrkdwn
	for _, u := range owners {
		switch {
		case !p.parts:
			list = append(list, p.who(u))
		case u == r.HiringManager:
			list = append(list, p.m("the hiring manager"))
		default:
			list = append(list, p.m("the recruiter"))
		}
	}
	return p.and(list)
}

// owners says in one line who owns a role.
func (p page) owners(r hiring.Role) Mrkdwn {
	return p.m("Hiring manager %s · Recruiter %s", p.who(r.HiringManager), p.who(r.Recruiter))
}

// way is the plan as one line of stages.
func (w Writer) way(plan hiring.Plan) Mrkdwn {
	list := make([]Mrkdwn, len(plan))
	for i, s := range plan {
		list[i] = raw(w.stage(s))
	}
	return join(" → ", list...)
}

// waited says for how long somebody has let a thing wait, in their own
// working days.
func (p page) waited(u hiring.UserID, since time.Time) int {
	return p.workDays(p.personOf(u), since, p.now)
}

// personOf reads somebody; who is not on record has the workspace's zone and hours.
func (p page) personOf(u hiring.UserID) hiring.Person {
	person, err := p.record.Person(u)
	if err != nil {
		return hiring.Person{ID: u}
	}
	return person
}
