package slacksim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"
)

// act is something that a person does on the page.
type act struct {
	Act      string            `json:"act"`
	Channel  string            `json:"channel"`
	Command  string            `json:"command"`
	Text     string            `json:"text"`
	Thread   string            `json:"thread"`
	Callback string            `json:"callback"`
	View     string            `json:"view"`
	TS       string            `json:"ts"`
	Block    string            `json:"block"`
	Action   string            `json:"action"`
	State    object            `json:"state"`
	Values   map[string]object `json:"values"`
	Query    string            `json:"query"`
	To       string            `json:"to"`
	Kind     string            `json:"kind"`
}

// maxAct bounds what the page may send, in bytes.
const maxAct = 1 << 20

// errBad says that the page sent what it should not.
var errBad = errors.New("the page asked for something that makes no sense")

// acts are what people can do on the page.
var acts = map[string]func(*Person, context.Context, act) (object, error){
	"command":  (*Person).doCommand,
	"say":      (*Person).doSay,
	"read":     (*Person).doRead,
	"home":     (*Person).doHome,
	"shortcut": (*Person).doShortcut,
	"action":   (*Person).doAction,
	"values":   (*Person).doValues,
	"suggest":  (*Person).doSuggest,
	"submit":   (*Person).doSubmit,
	"close":    (*Person).doClose,
	"clock":    (*Person).doClock,
	"fault":    (*Person).doFault,
	"restart":  (*Person).doRestart,
}

// do carries out what a person does on the page.
func (s *Slack) do(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		answerJSON(w, http.StatusUnsupportedMediaType, refusal(errBad))
		return
	}
	var a act
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxAct)).Decode(&a); err != nil {
		answerJSON(w, http.StatusBadRequest, refusal(errBad))
		return
	}
	p := s.Person(r.URL.Query().Get("person"))
	s.mu.Lock()
	u := s.users[p.ID]
	s.mu.Unlock()
	fn, known := acts[a.Act]
	if u == nil || u.IsBot || !known {
		answerJSON(w, http.StatusBadRequest, refusal(errBad))
		return
	}
	answer, err := fn(p, r.Context(), a)
	switch {
	case errors.Is(err, errBad):
		answerJSON(w, http.StatusBadRequest, refusal(err))
	case err != nil:
		answerJSON(w, http.StatusOK, refusal(err))
	default:
		if answer == nil {
			answer = object{}
		}
		answer["ok"] = true
		answerJSON(w, http.StatusOK, answer)
	}
}

func (p *Person) doCommand(ctx context.Context, a act) (object, error) {
	p.s.mu.Lock()
	c := p.s.channels[a.Channel]
	here := c != nil && c.seenBy(p.ID)
	known := slices.ContainsFunc(p.s.page.Commands, func(k SlashCommand) bool { return k.Command == a.Command })
	p.s.mu.Unlock()
	switch {
	case !here:
		return nil, fmt.Errorf("the conversation %q: %w", a.Channel, ErrNotThere)
	case !known:
		return nil, fmt.Errorf("the command %s: %w", a.Command, ErrNotThere)
	}
	_, err := p.Command(ctx, a.Channel, a.Command, a.Text)
	return nil, err
}

func (p *Person) doSay(_ context.Context, a act) (object, error) {
	return nil, p.Say(a.Channel, a.Text, a.Thread)
}

// Say writes a message as the person.
func (p *Person) Say(channel, text, thread string) error {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.channels[channel]
	if c == nil || !c.seenBy(p.ID) || c.Archived {
		return fmt.Errorf("the conversation %q: %w", channel, ErrNotThere)
	}
	if n := utf8.RuneCountInString(text); n == 0 || n > maxMessageText {
		return fmt.Errorf("a message has 1 to %d characters: %w", maxMessageText, errBad)
	}
	p.s.post(c, &message{user: p.ID, text: Escape(text), thread: thread})
	return nil
}

func (p *Person) doRead(_ context.Context, a act) (object, error) {
	p.s.MarkRead(p.ID, a.Channel)
	return nil, nil
}

func (p *Person) doHome(context.Context, act) (object, error) {
	p.OpenHome()
	return nil, nil
}

func (p *Person) doShortcut(ctx context.Context, a act) (object, error) {
	return nil, p.Shortcut(ctx, a.Callback)
}

// doAction uses a button, a select or another element.
func (p *Person) doAction(_ context.Context, a act) (object, error) {
	s := p.s
	s.mu.Lock()
	v, m, blocks, err := p.holder(a)
	if err == nil && v != nil {
		err = s.keep(v, a.Values)
	}
	var b, e, state object
	if err == nil {
		b, e, err = element(blocks, a.Block, a.Action)
	}
	if err == nil {
		state, err = s.used(e, a.State)
	}
	if err == nil && str(e["type"]) == "button" {
		p.acted("presses ["+str(sub(e, "text", "text"))+"]", a.Channel)
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return nil, p.act(v, m, b, e, state)
}

// holder finds the view or the message in which somebody acts. The lock is
// held.
func (p *Person) holder(a act) (*view, *place, []object, error) {
	s := p.s
	if a.View != "" {
		v := s.views[a.View]
		if home := s.homes[p.ID]; home != nil && home.id == a.View {
			v = home
		}
		if v == nil || v.user != p.ID {
			return nil, nil, nil, fmt.Errorf("the view %s: %w", a.View, ErrNotThere)
		}
		return v, nil, list(snapshot(v.body)["blocks"]), nil
	}
	c := s.channels[a.Channel]
	if c == nil || !c.seenBy(p.ID) {
		return nil, nil, nil, fmt.Errorf("the conversation %q: %w", a.Channel, ErrNotThere)
	}
	m := c.find(a.TS)
	if m == nil || m.ephemeral != "" && m.ephemeral != p.ID {
		return nil, nil, nil, fmt.Errorf("the message %s: %w", a.TS, ErrNotThere)
	}
	return nil, at(m, c.ID), list(parse(m.blocks)), nil
}

// element finds an element by its ids.
func element(blocks []object, block, action string) (b, e object, err error) {
	for _, b := range blocks {
		for _, e := range interactive(b) {
			if str(b["block_id"]) == block && str(e["action_id"]) == action {
				return b, e, nil
			}
		}
	}
	return nil, nil, fmt.Errorf("the element %s of %s: %w", action, block, ErrNotThere)
}

// doValues keeps what is being typed into a modal.
func (p *Person) doValues(_ context.Context, a act) (object, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	v, _, _, err := p.holder(a)
	if err != nil || v == nil {
		return nil, err
	}
	return nil, p.s.keep(v, a.Values)
}

func (p *Person) doSuggest(_ context.Context, a act) (object, error) {
	p.s.mu.Lock()
	v, _, blocks, err := p.holder(a)
	if err == nil && v == nil {
		err = fmt.Errorf("only views ask for suggestions: %w", errBad)
	}
	var b, e object
	if err == nil {
		if err = p.s.keep(v, a.Values); err == nil {
			b, e, err = element(blocks, a.Block, a.Action)
		}
	}
	p.s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	answer, err := p.suggest(v, b, e, a.Query)
	groups := []object{}
	for _, g := range list(answer["option_groups"]) {
		groups = append(groups, object{"label": str(sub(g, "label", "text")), "options": g["options"]})
	}
	return object{"options": orEmpty(list(answer["options"])), "groups": groups}, err
}

func (p *Person) doSubmit(_ context.Context, a act) (object, error) {
	v, err := p.modal(a.View)
	if err != nil {
		return nil, err
	}
	p.s.mu.Lock()
	err = p.s.keep(v, a.Values)
	p.s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	res, err := p.submit(v)
	if res.Errors == nil {
		res.Errors = map[string]string{}
	}
	return object{"errors": res.Errors}, err
}

func (p *Person) doClose(_ context.Context, a act) (object, error) {
	v, err := p.modal(a.View)
	if err != nil {
		return nil, err
	}
	return nil, p.close(v)
}

func (p *Person) doClock(ctx context.Context, a act) (object, error) {
	p.s.mu.Lock()
	move := p.s.page.Clock
	p.s.mu.Unlock()
	if move == nil {
		return nil, errBad
	}
	err := move(context.WithoutCancel(ctx), a.To) // also when the page is left meanwhile
	p.s.mu.Lock()
	p.s.tell(Event{Kind: ClockMoved})
	p.s.mu.Unlock()
	return nil, err
}

func (p *Person) doRestart(ctx context.Context, _ act) (object, error) {
	p.s.mu.Lock()
	restart := p.s.page.Restart
	p.s.mu.Unlock()
	if restart == nil {
		return nil, errBad
	}
	return nil, restart(context.WithoutCancel(ctx))
}

// Bad days on the page: how many calls or envelopes they last, and how long
// Slack wants to be left alone.
const (
	badCalls = 3
	badPause = 2 * time.Second
)

// doFault makes a bad day.
func (p *Person) doFault(_ context.Context, a act) (object, error) {
	s := p.s
	switch a.Kind {
	case "drop":
		s.DropSockets()
	case "429":
		s.RateLimit("", badCalls, badPause)
	case "500":
		s.Fail("", badCalls, http.StatusInternalServerError)
	case "lose":
		s.LoseReply("", badCalls)
	case "twice":
		s.DeliverTwice(badCalls)
	default:
		return nil, errBad
	}
	s.mu.Lock()
	s.touch()
	s.mu.Unlock()
	return nil, nil
}
