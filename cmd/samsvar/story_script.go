package main

import (
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// The candidates of the story, in the order they are added. They are invented.
const (
	nora hiring.CandidateID = iota + 1
	erik
	sara
	mats
	jakub
	hanna
	emil
	priya
	liv
	tor
	maja
	david
)

const (
	technical = hiring.StageID("interview-1")
	team      = hiring.StageID("interview-2")
)

// play plays the four weeks.
func (s *story) play() {
	s.open()
	s.weekOne()
	s.weekTwo()
	s.weekThree()
	s.weekFour()
}

// open waits until Samsvar is there.
func (s *story) open() { s.try2(func() error { return s.slack.AwaitConnected(s.ctx, 1) }) }

func (s *story) weekOne() {
	s.tell.chapter("Week 41. Agree first, then search.")
	s.at("Mon 5 Oct 09:00")
	for _, who := range []string{kari, ola, ingrid, jonas, amina} {
		s.home(who)
	}
	s.choose(kari, string(hiring.Norwegian))
	s.at("Mon 5 Oct 09:12")
	s.writeBrief()
	s.at("Mon 5 Oct 10:40")
	s.sign(ola)
	s.at("Tue 6 Oct 09:30")
	s.add("Nora Vik", hiring.Referral)
	s.add("Erik Lie", hiring.Inbound)
	s.add("Sara Holm", hiring.Outbound)
	s.add("Mats Berg", hiring.Inbound)
	s.at("Wed 7 Oct 10:30") // Ola has been reminded to write to them
	s.tellCandidate(nora)
	s.tellCandidate(erik)
	s.tellCandidate(sara)
	s.tellCandidate(mats)
	s.at("Wed 7 Oct 11:00")
	s.move(nora, hiring.StageScreen)
	s.move(sara, hiring.StageScreen)
	s.move(mats, hiring.StageScreen)
	s.propose(nora, "Four years of Go at a bank, on call for two of them.")
	s.propose(erik, "Wants to move from Java to Go.")
	s.at("Wed 7 Oct 13:30")
	s.look(nora, hiring.LookInterview)
	s.look(erik, hiring.LookNo, "0")
	s.at("Wed 7 Oct 14:00")
	s.finish(erik, hiring.Rejected, "No Go beyond a course.")
	s.at("Thu 8 Oct 10:00")
	s.interview(nora, technical, "Fri 9 Oct 10:00")
	s.finish(mats, hiring.Withdrawn, "Wants to work fully remote.")
	s.at("Fri 9 Oct 13:20")
	s.feedback(ingrid, nora, technical, hiring.StrongYes, "Explained a lock order bug she had fixed, with the numbers.", hiring.Exceeds, hiring.Meets, hiring.Meets)
}

// writeBrief has Kari fill the form in.
func (s *story) writeBrief() {
	s.hire(kari, "intake Backend developer")
	s.step(kari,
		fill("preset", "backend-developer"), fill(hiring.FieldTitle, "Backend developer"), fill(hiring.FieldTeam, "Metering"),
		fill(hiring.FieldRecruiter, ola), fill(hiring.FieldChannel, channelHiring), fill(hiring.FieldNeed, string(hiring.Growth)),
		fill(hiring.FieldLevel, string(hiring.Senior)), fill(hiring.FieldEmployment, string(hiring.Permanent)))
	s.step(kari,
		fill(hiring.FieldSuccess, "Owns the metering service\nIs on call for it"),
		fill(hiring.FieldMustHaves, "Go in production\nSQL and data modelling\nRuns what they build"),
		fill(hiring.FieldNiceToHaves, "Kubernetes\nPower market experience"))
	s.step(kari,
		fill(hiring.InterviewField(technical, hiring.PartName), "Technical interview"),
		fill(hiring.InterviewField(technical, hiring.PartPanel), ingrid, jonas),
		fill(hiring.InterviewField(team, hiring.PartName), "Team interview"),
		fill(hiring.InterviewField(team, hiring.PartPanel), amina, kari),
		fill(hiring.InterviewField("interview-3", hiring.PartName), ""))
	s.step(kari,
		fill(hiring.VerifiedField(0), string(technical)), fill(hiring.VerifiedField(1), string(technical)),
		fill(hiring.VerifiedField(2), string(team)))
	s.step(kari,
		fill(hiring.FieldPayFrom, 750000), fill(hiring.FieldPayTo, 900000),
		fill(hiring.FieldLife, "Home by four."), fill(hiring.FieldAutonomy, "A small team, real ownership."),
		fill(hiring.FieldChallenge, "Ten million meters, every fifteen minutes."), fill(hiring.FieldDownside, "One week in five on call."),
		fill(hiring.FieldFlexibility, "Two days a week on site."), fill(hiring.FieldLocation, "Oslo"), fill(hiring.FieldLanguage, "Norwegian or English, fluent"))
	s.form(kari,
		fill(hiring.FieldTargetStart, "2027-03-01"), fill(hiring.FieldSources, string(hiring.Referral), string(hiring.Outbound)))
}

func (s *story) weekTwo() {
	s.tell.chapter("Week 42. Feedback is late, and nobody is shamed for it.")
	s.at("Mon 12 Oct 09:30")
	s.add("Jakub Nowak", hiring.Outbound)
	s.add("Hanna Øye", hiring.Inbound)
	s.add("Emil Ruud", hiring.TalentPool)
	s.interview(sara, technical, "Tue 13 Oct 13:00")
	s.at("Wed 14 Oct 09:40") // Jonas has been nudged on Monday, Tuesday and Wednesday
	s.feedback(jonas, nora, technical, hiring.Yes, "Solid. Would pair with her tomorrow.", hiring.Meets, hiring.Meets, hiring.NotAssessed)
	s.at("Wed 14 Oct 10:15")
	s.feedback(ingrid, sara, technical, hiring.No, "Strong in SQL, has not run anything in production.", hiring.PartlyMeets, hiring.Exceeds, hiring.DoesNotMeet)
	s.feedback(jonas, sara, technical, hiring.No, "Same impression: no operations yet.", hiring.PartlyMeets, hiring.Meets, hiring.DoesNotMeet)
	for _, id := range []hiring.CandidateID{erik, jakub, hanna, emil} {
		s.tellCandidate(id)
	}
	s.at("Wed 14 Oct 13:00")
	s.decide(nora, hiring.Advance, "Strong in Go and in what she has run.", "0", "2")
	s.decide(sara, hiring.Reject, "Has not run what she built; the brief asks for it.", "2")
	s.interview(nora, team, "Thu 15 Oct 12:00")
	s.move(jakub, hiring.StageScreen)
	s.move(hanna, hiring.StageScreen)
	s.at("Thu 15 Oct 14:10")
	s.feedback(amina, nora, team, hiring.StrongYes, "Asked better questions than we did.", hiring.NotAssessed, hiring.Meets, hiring.Exceeds)
	s.feedback(kari, nora, team, hiring.StrongYes, "Vil ha henne på laget.", hiring.Meets, hiring.Meets, hiring.Exceeds)
	s.tellCandidate(nora)
	s.tellCandidate(sara)
	s.at("Fri 16 Oct 10:00")
	s.decide(nora, hiring.Advance, "Alle fire vil ha henne.", "0", "1", "2")
}

func (s *story) weekThree() {
	s.tell.chapter("Week 43. The brief changes, in the open. An offer is declined.")
	s.at("Mon 19 Oct 10:00")
	s.add("Priya Nair", hiring.Meetup)
	s.add("Liv Strand", hiring.Agency)
	s.add("Tor Aune", hiring.Inbound)
	s.interview(jakub, technical, "Tue 20 Oct 10:00")
	s.move(emil, hiring.StageScreen)
	s.at("Tue 20 Oct 11:30")
	s.feedback(ingrid, jakub, technical, hiring.Yes, "Careful, tests first, knows why.", hiring.Meets, hiring.Meets, hiring.Meets)
	s.feedback(jonas, jakub, technical, hiring.Yes, "Ran the on-call rota of a payment service for two years.", hiring.Meets, hiring.PartlyMeets, hiring.Exceeds)
	s.at("Wed 21 Oct 09:30")
	s.tellCandidate(priya)
	s.tellCandidate(liv)
	s.tellCandidate(tor)
	s.ends(nora, "offer:"+string(hiring.Declined), "Declined the offer: her employer matched it.")
	s.at("Wed 21 Oct 10:00")
	s.decide(jakub, hiring.Advance, "Driftserfaringen vi mangler.", "2")
	s.changeBrief("Vi mistet et tilbud på lønn og flytter driften til Kubernetes i januar.")
	s.interview(hanna, technical, "Thu 22 Oct 09:00")
	s.move(priya, hiring.StageScreen)
	s.finish(tor, hiring.Rejected, "Looks for a first job; the role is on call from week six.", told)
	s.at("Thu 22 Oct 09:30")
	s.tellCandidate(jakub)
	s.at("Fri 23 Oct 14:00") // Ola was nudged for his signature at ten
	s.sign(ola)
}

func (s *story) weekFour() {
	s.tell.chapter("Week 44. The clocks go back, the role is filled.")
	s.at("Mon 26 Oct 09:20")
	s.add("Maja Lund", hiring.Referral)
	s.add("David Roth", hiring.Outbound)
	s.interview(jakub, team, "Mon 26 Oct 12:00")
	s.feedback(ingrid, hanna, technical, hiring.No, "Good developer, but not on call.", hiring.Meets, hiring.Meets, hiring.DoesNotMeet)
	s.feedback(jonas, hanna, technical, hiring.Yes, "I would take her in another team.", hiring.Meets, hiring.Meets, hiring.PartlyMeets)
	s.at("Mon 26 Oct 13:30")
	s.feedback(amina, jakub, team, hiring.Yes, "Calm, kind, direct.", hiring.NotAssessed, hiring.Meets, hiring.Meets)
	s.feedback(kari, jakub, team, hiring.StrongYes, "Akkurat den vi leter etter.", hiring.Meets, hiring.Exceeds, hiring.Meets)
	s.decide(jakub, hiring.Advance, "Alle ja, ingen tvil.", "0", "1")
	s.finish(hanna, hiring.Rejected, "Does not want to be on call; the brief asks for it.", told)
	s.at("Tue 27 Oct 09:00")
	s.tellCandidate(jakub)
	s.move(maja, hiring.StageScreen)
	s.finish(emil, hiring.Rejected, "Not available before the summer.", told)
	s.at("Wed 28 Oct 11:00")
	s.tellCandidate(david)
	s.at("Thu 29 Oct 10:00")
	s.finish(jakub, hiring.Hired, "")
	s.at("Thu 29 Oct 11:00")
	for _, id := range []hiring.CandidateID{priya, liv, maja, david} {
		s.finish(id, hiring.Rejected, "The role is filled; asked to stay in touch.", told)
	}
	s.at("Mon 2 Nov 09:01")
}

// home opens somebody's Home and waits for it.
func (s *story) home(who string) {
	s.try2(func() error {
		s.person(who).OpenHome()
		_, err := s.person(who).AwaitHome(s.ctx, anyView)
		return err
	})
}

// choose chooses a language on the Home.
func (s *story) choose(who, locale string) {
	s.try2(func() error { return s.person(who).ChooseHome(s.ctx, "language", locale) })
}

// changeBrief changes must-haves and pay from the brief's window, as the hiring
// manager.
func (s *story) changeBrief(reason string) {
	s.hire(kari, "brief R-1")
	s.pressInWindow(kari, "brief.change")
	s.step(kari, fill(hiring.FieldReason, reason))
	s.step(kari,
		fill(hiring.FieldMustHaves, "Go in production\nRuns what they build\nKubernetes"),
		fill(hiring.FieldNiceToHaves, "SQL and data modelling\nPower market experience"))
	s.step(kari)
	s.step(kari, fill(hiring.VerifiedField(2), string(technical)))
	s.step(kari, fill(hiring.FieldPayFrom, 800000), fill(hiring.FieldPayTo, 950000))
	s.form(kari)
}

func anyView(slacksim.View) bool { return true }
