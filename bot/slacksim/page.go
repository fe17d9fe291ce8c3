package slacksim

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"
)

//go:embed page
var pageFiles embed.FS

// Page is what the page in a browser knows and does beyond Slack itself.
type Page struct {
	Team      string
	Zone      *time.Location                     // of the clock that is shown
	Title     func(user, language string) string // what somebody does
	Commands  []SlashCommand
	Shortcuts []GlobalShortcut
	// Language returns the language that a person reads, en or nb.
	Language func(user string) string
	// Clock moves the clock to one of 1h, morning, monday and week, and returns
	// when all that fires on the way has arrived.
	Clock func(ctx context.Context, to string) error
	// Restart kills the app and starts it again.
	Restart func(ctx context.Context) error
}

// SlashCommand is a command as Slack's message box offers it.
type SlashCommand struct {
	Command     string `json:"command"`
	Hint        string `json:"hint"`
	Description string `json:"description"`
}

// GlobalShortcut is a shortcut as Slack's menu offers it.
type GlobalShortcut struct {
	Callback    string `json:"callback"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

// ShowPage opens the page at [Slack.PageURL].
func (s *Slack) ShowPage(p Page) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.page = &p
	s.touch()
}

// PageURL is the address of the page.
func (s *Slack) PageURL() string { return strings.TrimSuffix(s.url, "api/") }

// policy lets the page load what is its own and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guarded keeps other web pages from driving this one: a name that was made to
// point here is no address of ours, and a browser says where a request comes
// from.
func guarded(next http.Handler) http.Handler {
	ours := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err != nil && host != "localhost" {
			http.Error(w, "This server answers to its IP address and to localhost only.", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		ours.ServeHTTP(w, r)
	})
}

// pageRoutes adds the page's routes.
func (s *Slack) pageRoutes(mux *http.ServeMux) {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the folder is embedded
	}
	mux.HandleFunc("GET /{$}", s.toFirstPlace)
	mux.HandleFunc("GET /client/", s.paged(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		http.ServeFileFS(w, r, files, "index.html")
	}))
	mux.Handle("GET /assets/", s.paged(http.StripPrefix("/assets/", http.FileServerFS(files)).ServeHTTP))
	mux.HandleFunc("GET /page/stream", s.paged(s.stream))
	mux.HandleFunc("GET /page/messages", s.paged(s.pageMessages))
	mux.HandleFunc("POST /page/do", s.paged(s.do))
}

// paged answers only once there is a page.
func (s *Slack) paged(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		shown := s.page != nil
		s.mu.Unlock()
		if !shown {
			http.NotFound(w, r)
			return
		}
		next(w, r)
	}
}

// toFirstPlace leads to the first person's first conversation.
func (s *Slack) toFirstPlace(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	path := ""
	if people := s.humans(); s.page != nil && len(people) > 0 {
		path = "/client/" + people[0].ID + "/home"
		for _, id := range s.order {
			if c := s.channels[id]; c.dm == "" && c.seenBy(people[0].ID) {
				path = "/client/" + people[0].ID + "/" + id
				break
			}
		}
	}
	s.mu.Unlock()
	if path == "" {
		http.NotFound(w, r)
		return
	}
	http.Redirect(w, r, path, http.StatusFound)
}

// humans returns the people in the order they joined. The lock is held.
func (s *Slack) humans() []*User {
	var out []*User
	for _, id := range s.joined {
		if u := s.users[id]; !u.IsBot {
			out = append(out, u)
		}
	}
	return out
}

// seenBy says whether a person sees a conversation.
func (c *conversation) seenBy(user string) bool {
	return !c.Private || slices.Contains(c.Members, user)
}

// answerJSON writes an answer of the page's own endpoints.
func answerJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the browser may have gone
}

// refusal is what a person reads when something did not work, and a word for
// the page to say it in their language.
func refusal(err error) object {
	code := "failed"
	switch {
	case errors.Is(err, ErrTimeout):
		code = "timeout"
	case errors.Is(err, ErrTrouble):
		code = "trouble"
	case errors.Is(err, ErrNotThere):
		code = "gone"
	}
	return object{"ok": false, "code": code, "error": err.Error()}
}
