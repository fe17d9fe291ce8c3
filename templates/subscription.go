package templates

import (
	"cmp"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Subscriptions shows which channels hear the digest of a role, or of all
// roles when it is nil, and when. usual is when the rules' day and time come
// next; zero when that is not known.
func (w Writer) Subscriptions(role *hiring.Role, list []hiring.Subscription, usual time.Time) slack.ModalViewRequest {
	key := DigestKey{}
	of := w.m("Digest over all roles")
	if role != nil {
		key.Role, of = role.ID, w.m("The digest of %s", w.role(*role))
	}
	blocks := []slack.Block{section(lines(of, w.m("The week in numbers: what moved, what is stuck and whose move it is, and where candidates are lost.")))}
	heard := false
	for _, s := range list {
		if s.Off {
			continue
		}
		heard = true
		key.Channel = s.Channel
		blocks = append(blocks, section(lines(w.m("In %s", s.Channel), w.heard(s, usual))), buttons(
			button(ActionSubscribe, key.String(), w.t("Change")),
			button(ActionUnsubscribe, key.String(), w.t("Stop"))))
	}
	if !heard {
		blocks = append(blocks, section(w.m("No channel hears it at the moment.")))
	}
	key.Channel = ""
	blocks = append(blocks, buttons(button(ActionSubscribe, key.String(), w.t("Add a channel"))))
	return w.window(w.t("Digest"), blocks)
}

// heard says when and in which language a channel hears a digest.
func (w Writer) heard(s hiring.Subscription, usual time.Time) Mrkdwn {
	when := w.m("%s at %s", w.weekday(int(s.Day)), w.timeOfDay(s.At))
	switch {
	case !s.Own && usual.IsZero():
		when = w.m("At the usual time")
	case !s.Own:
		when = w.m("At the usual time, next %s", usual)
	}
	return join(" · ", when, raw(w.languageName(s.Locale)))
}

// languageName names a channel's language.
func (w Writer) languageName(l hiring.Locale) string {
	switch l {
	case hiring.English:
		return "English"
	case hiring.Norwegian:
		return "Norsk"
	default:
		return w.t("The workspace's language")
	}
}

// usualDay stands for the day and time of the rules among the days to choose.
const usualDay = "usual"

// Subscribe renders the form that lets a channel hear a digest. known says
// that the channel hears it already.
func (w Writer) Subscribe(s hiring.Subscription, known bool, usual time.Time) slack.ModalViewRequest {
	m := meta{Role: s.Role}
	var blocks []slack.Block
	if known {
		m.Channel = s.Channel
		blocks = append(blocks, section(w.m("The digest in %s", s.Channel)))
	} else {
		blocks = append(blocks, channelInput(hiring.FieldDigestChannel, w.t("Channel"), w.t("Candidates have names in a private channel only. Invite the app to a private one first."), s.Channel, true))
	}
	days := []*slack.OptionBlockObject{option(usualDay, w.t("The usual day and time"))}
	for i := range 7 {
		day := (i + 1) % 7 // Monday first
		days = append(days, option(strconv.Itoa(day), w.weekday(day)))
	}
	day, at := usualDay, 9*time.Hour
	if s.Own {
		day, at = strconv.Itoa(int(s.Day)), s.At
	}
	languages := []*slack.OptionBlockObject{option(string(workspaceLocale), w.languageName("")), option(string(hiring.English), w.languageName(hiring.English)), option(string(hiring.Norwegian), w.languageName(hiring.Norwegian))}
	locale := workspaceLocale
	if s.Locale != "" {
		locale = s.Locale
	}
	blocks = append(blocks,
		selectInput(hiring.FieldDigestDay, w.t("Day"), days, day),
		optional(timeInput(hiring.FieldDigestAt, w.t("Time, if you choose a day"), at)),
		selectInput(hiring.FieldLocale, w.t("Language"), languages, string(locale)))
	if !usual.IsZero() {
		blocks = append(blocks, small(w.m("The usual time comes next %s. Whatever the day, it tells of the whole week before.", usual)))
	}
	v := w.form(CallbackSubscribe, w.t("Digest"), w.t("Save"), blocks)
	v.PrivateMetadata = m.String()
	return v
}

// workspaceLocale stands for the workspace's language among those to choose.
const workspaceLocale hiring.Locale = "workspace"

// ReadSubscribe reads the form that lets a channel hear a digest. The errors
// are [hiring.FieldErrors], or say that the form cannot be read.
func ReadSubscribe(v slack.View) (hiring.Subscription, error) {
	m, err := metaOf(v)
	if err != nil {
		return hiring.Subscription{}, err
	}
	s := stateOf(v)
	sub := hiring.Subscription{Role: m.Role, Channel: m.Channel}
	if sub.Channel == "" {
		sub.Channel = hiring.ChannelID(s.at(hiring.FieldDigestChannel).SelectedConversation)
	}
	if l := hiring.Locale(s.option(hiring.FieldLocale)); l != workspaceLocale {
		sub.Locale = l
	}
	day := s.option(hiring.FieldDigestDay)
	if day == usualDay {
		return sub, nil
	}
	n, err := strconv.Atoi(day)
	at := s.at(hiring.FieldDigestAt).SelectedTime
	switch {
	case err != nil:
		return sub, hiring.FieldErrors{hiring.FieldDigestDay: hiring.Errorf("Choose a day and a time.")}
	case at == "":
		return sub, hiring.FieldErrors{hiring.FieldDigestAt: hiring.Errorf("Choose a time for that day.")}
	}
	sub.Own, sub.Day, sub.At = true, time.Weekday(n), sinceMidnight(at)
	return sub, nil
}

// Subscribed says when a channel hears a digest from now on.
func (w Writer) Subscribed(s hiring.Subscription, next time.Time) slack.ModalViewRequest {
	text := w.m("✓ %s hears the digest from now on, next %s.", s.Channel, next)
	if next.IsZero() {
		text = w.m("✓ %s hears the digest from now on.", s.Channel)
	}
	var before Mrkdwn
	if s.Told == "" {
		before = w.m("You get a preview before the first one goes out.")
	}
	return w.done(w.t("Digest"), lines(text, before), button(ActionDigests, digestRole(s.Role), w.t("All channels")))
}

// Unsubscribed says that a channel hears no more digests.
func (w Writer) Unsubscribed(s hiring.Subscription) Message {
	m := w.Notify(w.m("✓ %s hears no more digests of that.", s.Channel))
	m.Blocks = append(m.Blocks, buttons(button(ActionDigests, digestRole(s.Role), w.t("All channels"))))
	return m
}

// Refreshed says that a digest is brought up to date.
func (w Writer) Refreshed() Message {
	return w.Notify(w.m("✓ The digest is being brought up to date. What was recorded since is in it in a moment."))
}

// preview shows those who run a role how its first digest to a channel will
// look, where and when it goes, and lets them change or stop that.
func (p page) preview(n hiring.Notice, standing bool) (Message, error) {
	about := n.Subjects[0]
	role, own, err := p.digestOf(about.Role)
	if err != nil {
		return Message{}, err
	}
	sub, on, err := hiring.SubscriptionOf(p.record, about.Role, own, n.Channel)
	switch {
	case err != nil:
		return Message{}, err
	case !on && !standing:
		return Message{}, hiring.ErrNothing
	case !on && sub.By != "":
		return p.Notify(p.m("✓ No digest goes to %s: %s has stopped it.", n.Channel, p.person(sub.By))), nil
	case !on:
		return p.Notify(p.m("✓ No digest goes to %s.", n.Channel)), nil
	case sub.Told != "" && standing && !p.now.Before(sub.FirstAt): // until then it waits
		return p.Notify(p.m("✓ The first digest went to %s.", n.Channel)), nil
	}
	name := p.m("all roles")
	if role != nil {
		name = p.role(*role)
	}
	text := p.m("The first digest of %s goes to %s, %s. This is how it looks so far:", name, n.Channel, sub.FirstAt)
	week := hiring.WeekOf(sub.FirstAt, p.House.Settings.Zone).Add(-1)
	inside := p
	inside.Writer = p.House.For(cmp.Or(sub.Locale, p.House.Settings.Locale), p.House.Settings.Zone)
	m, err := inside.ofWeek(hiring.DigestSubject(about.Role, week), time.Time{}, time.Time{})
	if err != nil {
		return Message{}, err
	}
	key := DigestKey{Role: about.Role, Channel: n.Channel}.String()
	blocks := []slack.Block{section(text), divider()}
	for _, b := range m.Blocks {
		if b.BlockType() != slack.MBTAction {
			blocks = append(blocks, b)
		}
	}
	blocks = append(blocks, divider(), small(p.m("Fine as it is? Then there is nothing to do. Every week it says more or less, as more or less happened.")),
		buttons(button(ActionSubscribe, key, p.t("Change when and where")), button(ActionUnsubscribe, key, p.t("Don't send it there"))))
	return say(lines(text, Mrkdwn(m.Text)), blocks...), nil
}

// digestOf returns the role that a digest is of, nil for all roles, and the
// channel that hears it anyhow.
func (p page) digestOf(id hiring.RoleID) (*hiring.Role, hiring.ChannelID, error) {
	if id == 0 {
		return nil, p.House.DigestChannel, nil
	}
	role, err := p.record.Role(id)
	return &role, role.Channel, err
}
