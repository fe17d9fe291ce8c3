package templates

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Copy shows a role's newest brief as Markdown, to be copied elsewhere.
func (w Writer) Copy(r hiring.Record, role hiring.Role) slack.ModalViewRequest {
	names := page{Writer: w, record: r}
	return w.window(w.t("Brief as text"), append(
		[]slack.Block{small(w.m("Select it and copy. It is Markdown: it keeps its headings in most places."))},
		preformatted(names.markdown(role))...))
}

// Pitch shows a short text for candidates, made of the offer in the manager's
// own words, in both languages. It goes by the brief in force; what is not
// agreed yet says so to whoever is about to copy it.
func (w Writer) Pitch(role hiring.Role) slack.ModalViewRequest {
	blocks := []slack.Block{small(w.m("Ready to paste. The headings are translated, your own words are not: read it once in each language."))}
	switch _, agreed := role.Agreed(); {
	case !agreed:
		blocks = append(blocks, small(w.m("⚠️ The brief is not signed by both yet. Until it is, tell candidates nothing here that can still change.")))
	case role.Drifted():
		blocks = append(blocks, small(w.m("Revision %d is not signed by both yet. This is revision %d, which holds until then.", role.Brief().Revision, role.InForce().Revision)))
	}
	for _, l := range []struct {
		name   string
		locale hiring.Locale
	}{{"English", hiring.English}, {"Norsk", hiring.Norwegian}} {
		blocks = append(blocks, header(l.name))
		blocks = append(blocks, preformatted(w.House.For(l.locale, w.zone).pitch(role))...)
	}
	return w.window(w.t("The pitch"), blocks)
}

// maxCopied is how much of a brief is shown to be copied, in characters: a view
// holds 250,000 bytes, and an escaped character takes up to six.
const maxCopied = 15000

// preformatted shows text as it is, in as many blocks as it needs.
func preformatted(text string) []slack.Block {
	var blocks []slack.Block
	for r := []rune(cut(text, maxCopied)); len(r) > 0; {
		n := min(len(r), maxText-100)
		if n < len(r) {
			if i := strings.LastIndexByte(string(r[:n]), '\n'); i > 0 {
				n = len([]rune(string(r[:n])[:i+1]))
			}
		}
		blocks = append(blocks, slack.NewRichTextBlock("", &slack.RichTextPreformatted{
			Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(string(r[:n]), nil)},
		}))
		r = r[n:]
	}
	return blocks
}

// markdown is a brief as Markdown, with people by their names.
func (p page) markdown(role hiring.Role) string {
	b := role.Brief()
	var text strings.Builder
	line := func(parts ...string) { text.WriteString(strings.Join(parts, "") + "\n") }
	line("# ", oneLine(role.Title()), " (", role.ID.String(), ")")
	line()
	line(p.t("Revision %d", b.Revision), " · ", p.t("%d openings", b.Terms.Openings))
	line(p.t("Hiring manager"), ": ", p.name(role.HiringManager))
	line(p.t("Recruiter"), ": ", p.name(role.Recruiter))
	for _, s := range b.Signatures {
		line("✓ ", p.name(s.By), " ", p.dayOf(s.At))
	}
	for _, part := range p.Writer.parts(b.Terms) {
		if part.text == "" && part.prose == "" {
			continue
		}
		line()
		line("## ", part.title)
		line()
		if part.prose != "" {
			line(part.prose)
			continue
		}
		line(strings.ReplaceAll(p.unmentioned(part.text), "• ", "- "))
	}
	return text.String()
}

// unmentioned is a text with people by their names instead of mentions.
func (p page) unmentioned(m Mrkdwn) string {
	text := mention.ReplaceAllStringFunc(string(m), func(ref string) string {
		if id, ok := strings.CutPrefix(ref, "<@"); ok {
			return p.name(hiring.UserID(strings.TrimSuffix(id, ">")))
		}
		return ref
	})
	return Mrkdwn(text).Plain()
}

// name is somebody's name as plain text.
func (p page) name(u hiring.UserID) string {
	if person, err := p.record.Person(u); err == nil && person.Name != "" {
		return oneLine(person.Name)
	}
	return string(u)
}

// pitch is a short honest text for candidates. It promises them what the rules
// promise: word after an interview.
func (w Writer) pitch(role hiring.Role) string {
	t := role.InForce().Terms
	var text strings.Builder
	para := func(parts ...string) {
		if s := strings.TrimSpace(strings.Join(parts, "")); s != "" {
			text.WriteString(s + "\n\n")
		}
	}
	para(oneLine(t.Title), " · ", oneLine(t.Team))
	if len(t.Success) > 0 {
		para(w.t("After three months you have:"), "\n", dashes(t.Success))
	}
	if reasons := w.reasonList(t.Reasons); len(reasons) > 0 {
		list := make([]string, len(reasons))
		for i, r := range reasons {
			list[i] = r[0] + ": " + r[1]
		}
		para(w.t("Why you might want to move:"), "\n", dashes(list))
	}
	if t.Downside != "" {
		para(w.t("And honestly: %s", t.Downside))
	}
	para(w.t("You need:"), "\n", dashes(t.Skills()))
	var facts []string
	for _, f := range []string{oneLine(t.Location), oneLine(t.Flexibility), oneLine(t.Language)} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	if t.Pay.From+t.Pay.To > 0 && !t.Pay.ToldLate {
		facts = append(facts, w.money(t.Pay))
	}
	para(strings.Join(facts, " · "))
	para(w.t("The way there: %s. You hear from us within %s of every interview.", w.way(t.Plan()).Plain(), w.within(w.House.Settings.ReplyDue)))
	return text.String()
}

func dashes(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = "- " + s
	}
	return strings.Join(out, "\n")
}
