package main

import (
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// The people of the demo company. They are invented.
const (
	kari   = "U0KARI"
	ola    = "U0OLA"
	ingrid = "U0INGRID"
	jonas  = "U0JONAS"
	amina  = "U0AMINA"
	tone   = "U0TONE"
)

// channelHiring is where the story's role lives.
const channelHiring = "C0BACKEND"

// company fills a Slack with the demo company: Fjordlys, which makes software
// for power stations.
func company(s *slacksim.Slack) {
	s.ChangeUser(s.BotUserID(), func(u *slacksim.User) { u.Name, u.RealName = "samsvar", "Samsvar" })
	for _, u := range []slacksim.User{
		{ID: kari, Name: "kari", RealName: "Kari Solberg"},
		{ID: ola, Name: "ola", RealName: "Ola Bakken"},
		{ID: ingrid, Name: "ingrid", RealName: "Ingrid Dahl"},
		{ID: jonas, Name: "jonas", RealName: "Jonas Moe"},
		{ID: amina, Name: "amina", RealName: "Amina Yusuf"},
		{ID: tone, Name: "tone", RealName: "Tone Lie"},
	} {
		u.TZ, u.Locale = "Europe/Oslo", "en-GB"
		s.AddUser(u)
	}
	everybody := []string{kari, ola, ingrid, jonas, amina, tone}
	s.AddChannel(slacksim.Channel{ID: channelHiring, Name: "hiring-backend", BotIsMember: true, Members: everybody})
	s.AddChannel(slacksim.Channel{ID: "C0GENERAL", Name: "general", Members: everybody})
	s.AddChannel(slacksim.Channel{ID: "C0OWNERS", Name: "hiring-owners", Private: true, BotIsMember: true, Members: []string{kari, ola, tone}})
}

// posts say what people do, for whoever reads the story.
var posts = map[string]string{
	kari: "hiring manager", ola: "recruiter", ingrid: "interviewer", jonas: "interviewer", amina: "interviewer", tone: "admin",
}

// norwegianPosts are the posts in Norwegian.
var norwegianPosts = map[string]string{
	"hiring manager": "ansettende leder", "recruiter": "rekrutterer", "interviewer": "intervjuer", "admin": "administrator",
}

// postOf says in a language what somebody does.
func postOf(user, language string) string {
	if language == string(hiring.Norwegian) {
		return norwegianPosts[posts[user]]
	}
	return posts[user]
}
