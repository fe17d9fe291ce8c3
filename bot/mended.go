package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"sync"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// errMended is what somebody is told who changed a form after they had
// submitted it. It is kept as it came first: a second act of the same form
// might add the same candidate twice.
var errMended = hiring.Errorf("This is saved the way you first sent it. What you change in this form after that is not saved: copy it, open what you saved, and change it there.")

// hashOfState returns a hash of what stands in a form. Four bytes tell two
// texts apart and are too few to guess a text by.
func hashOfState(v slack.View) string {
	js, err := json.Marshal(v.State)
	if err != nil {
		return "" // as of a form without inputs
	}
	h := fnv.New32a()
	_, _ = h.Write(js) // never fails
	return fmt.Sprintf("%08x", h.Sum32())
}

// repeated returns what is wrong with an act that was carried out already:
// nothing but that, unless the form said something else then.
func (b *Bot) repeated(ctx context.Context, req *request) error {
	first := ""
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackTime) // a slow write may have used up the time there was
	defer cancel()
	err := b.Record.View(ctx, func(r hiring.Record) error {
		first, _ = r.CarriedOut(req.once)
		return nil
	})
	switch {
	case err != nil:
		return err
	case first == "" || first == req.said:
		return hiring.ErrRepeated
	default:
		return errMended
	}
}

// ongoing are the forms that are being worked on. One of them may be
// changed and submitted again meanwhile.
type ongoing struct {
	mu sync.Mutex
	of map[string]*submitted // by view id
}

type submitted struct {
	newest *request
	count  int
	tell   map[string]int // how many tell what came of it in a window, or told it, by what was submitted
}

// begin notes a submission until end.
func (o *ongoing) begin(req *request) (end func()) {
	if req.kind != onSubmit {
		return func() {}
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of == nil {
		o.of = make(map[string]*submitted)
	}
	form := o.of[req.view.ID]
	if form == nil {
		form = &submitted{tell: make(map[string]int)}
		o.of[req.view.ID] = form
	}
	form.newest = req
	form.count++
	form.tell[req.said]++
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if form.count--; form.count == 0 {
			delete(o.of, req.view.ID)
		}
	}
}

// mended says whether the form was submitted again since with something else in
// it. What came of that is then what is to be seen, and req tells nothing.
func (o *ongoing) mended(req *request) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	form := o.of[req.view.ID]
	if form == nil || form.newest.said == req.said {
		return false
	}
	form.tell[req.said]--
	return true
}

// rode notes that what came of a submission was on its acknowledgement. That
// may have been lost: who submits the form again is to be told once more.
func (o *ongoing) rode(req *request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if form := o.of[req.view.ID]; form != nil && req.kind == onSubmit {
		form.tell[req.said]--
	}
}

// leaves says whether a submission that was carried out before leaves it to
// another that said the same to tell what came of it. The last of several that
// only repeat it, as after a restart, tells it.
func (o *ongoing) leaves(req *request) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	form := o.of[req.view.ID]
	if form == nil || form.tell[req.said] < 2 {
		return false
	}
	form.tell[req.said]--
	return true
}
