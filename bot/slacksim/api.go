package slacksim

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Call is one call of the Web API as it was answered.
type Call struct {
	Method string
	At     time.Time
	Error  string // Slack's error word; empty when it went well
	Status int    // of HTTP
	Args   map[string]string
}

// args are a call's arguments: strings as they are, everything else as JSON.
type args map[string]string

func (a args) raw(name string) json.RawMessage {
	if a[name] == "" {
		return nil
	}
	return json.RawMessage(a[name])
}

func (a args) int(name string, otherwise int) int {
	n, err := strconv.Atoi(a[name])
	if err != nil {
		return otherwise
	}
	return n
}

// apiError is an answer that says no.
type apiError struct {
	word string
	more object
}

func no(word string) (object, *apiError) { return nil, &apiError{word: word} }

func invalid(word string, complaints []string) *apiError {
	marked := make([]string, len(complaints))
	for i, c := range complaints {
		marked[i] = "[ERROR] " + c
	}
	return &apiError{word, object{"errors": complaints, "response_metadata": object{"messages": marked}}}
}

// method is one method of the Web API.
type method struct {
	scope    []string // any one of them; nil for none
	json     bool     // reads a JSON body
	appLevel bool     // wants the app-level token
	perMin   int      // Slack's tier, calls a minute
	call     func(*Slack, args) (object, *apiError)
}

func methods() map[string]method {
	write := []string{"chat:write"}
	read := []string{"channels:read", "groups:read", "im:read", "mpim:read"}
	history := []string{"channels:history", "groups:history", "im:history", "mpim:history"}
	return map[string]method{
		"api.test":                     {json: true, perMin: tier4, call: func(*Slack, args) (object, *apiError) { return object{}, nil }},
		"auth.test":                    {json: true, perMin: tierX, call: (*Slack).authTest},
		"apps.connections.open":        {json: true, appLevel: true, perMin: tier3, call: (*Slack).openConnection},
		"chat.postMessage":             {scope: write, json: true, perMin: PostsPerMinute, call: (*Slack).postMessage},
		"chat.postEphemeral":           {scope: write, json: true, perMin: tier4, call: (*Slack).postEphemeral},
		"chat.update":                  {scope: write, json: true, perMin: tier3, call: (*Slack).updateMessage},
		"chat.delete":                  {scope: write, json: true, perMin: tier3, call: (*Slack).deleteMessage},
		"chat.getPermalink":            {perMin: tierX, call: (*Slack).permalink},
		"conversations.info":           {scope: read, perMin: tier3, call: (*Slack).conversationInfo},
		"conversations.list":           {scope: read, perMin: tier2, call: (*Slack).conversationList},
		"conversations.members":        {scope: read, perMin: tier4, call: (*Slack).conversationMembers},
		"conversations.open":           {scope: []string{"im:write", "mpim:write"}, json: true, perMin: tier3, call: (*Slack).openConversation},
		"conversations.join":           {scope: []string{"channels:join"}, json: true, perMin: tier3, call: (*Slack).joinConversation},
		"conversations.history":        {scope: history, perMin: tier3, call: (*Slack).history},
		"conversations.replies":        {scope: history, perMin: tier3, call: (*Slack).history},
		"users.info":                   {scope: []string{"users:read"}, perMin: tier4, call: (*Slack).userInfo},
		"users.list":                   {scope: []string{"users:read"}, perMin: tier2, call: (*Slack).userList},
		"users.lookupByEmail":          {scope: []string{"users:read.email"}, perMin: tier3, call: (*Slack).lookupByEmail},
		"users.conversations":          {scope: read, perMin: tier3, call: (*Slack).conversationList},
		"team.info":                    {scope: []string{"team:read"}, perMin: tier3, call: (*Slack).teamInfo},
		"dnd.info":                     {scope: []string{"dnd:read"}, perMin: tier3, call: (*Slack).dndInfo},
		"files.getUploadURLExternal":   {scope: []string{"files:write"}, perMin: tier4, call: (*Slack).uploadURL},
		"files.completeUploadExternal": {scope: []string{"files:write"}, json: true, perMin: tier4, call: (*Slack).completeUpload},
		"pins.add":                     {scope: []string{"pins:write"}, json: true, perMin: tier2, call: (*Slack).pin},
		"views.open":                   {json: true, perMin: tier4, call: (*Slack).viewsOpen},
		"views.push":                   {json: true, perMin: tier4, call: (*Slack).viewsPush},
		"views.update":                 {json: true, perMin: tier4, call: (*Slack).viewsUpdate},
		"views.publish":                {json: true, perMin: tier4, call: (*Slack).viewsPublish},
	}
}

// allScopes are what a token may do when Options say nothing.
func allScopes() []string {
	set := map[string]bool{"commands": true, "chat:write.public": true}
	for _, m := range methods() {
		for _, s := range m.scope {
			set[s] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func (s *Slack) scopes() []string {
	if s.o.Scopes != nil {
		return s.o.Scopes
	}
	return allScopes()
}

func (s *Slack) routes() http.Handler {
	mux := http.NewServeMux()
	known := methods()
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/api/")
		s.serve(w, r, name, known)
	})
	mux.HandleFunc("POST /hook/{id}", s.serveHook)
	mux.HandleFunc("POST /upload/{id}", s.serveUpload)
	mux.HandleFunc("GET /link", s.serveSocket)
	s.pageRoutes(mux)
	return guarded(mux)
}

// serve answers one call, with the faults that are due.
func (s *Slack) serve(w http.ResponseWriter, r *http.Request, name string, known map[string]method) {
	m, found := known[name]
	a, token := readArgs(r, m.json)
	fault := s.faults.next(name, a)
	if !fault.waited(r) {
		return
	}
	s.mu.Lock()
	answer, no := object(nil), (*apiError)(nil)
	status, wait := http.StatusOK, 0
	switch {
	case fault.refuses():
		status, wait, no = fault.refusal()
	case !found:
		no = &apiError{word: "unknown_method"}
	default:
		if no = s.allowed(m, token, r); no == nil {
			if wait = s.room(name, m, a); wait > 0 {
				status, no = http.StatusTooManyRequests, &apiError{word: "ratelimited"}
			} else {
				answer, no = m.call(s, a)
			}
		}
	}
	s.log(name, a, status, no)
	s.mu.Unlock()
	if fault.spoils(w) {
		return
	}
	w.Header().Set("X-OAuth-Scopes", strings.Join(s.scopes(), ","))
	welcomeAfter(w, wait)
	writeAnswer(w, status, answer, no)
}

func (s *Slack) log(name string, a args, status int, no *apiError) {
	c := Call{Method: name, At: s.o.Clock(), Status: status, Args: maps.Clone(a)}
	if no != nil {
		c.Error = no.word
	}
	s.calls = append(s.calls, c)
	s.onWire(Wire{Out: true, What: name, Who: cmp.Or(a["channel"], a["user_id"], a["user"]), Result: cmp.Or(c.Error, "ok")}, a)
	s.touch()
}

// Calls returns every call so far, oldest first.
func (s *Slack) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// welcomeAfter says after how many seconds a call may be made again; nothing for
// 0.
func welcomeAfter(w http.ResponseWriter, seconds int) {
	if seconds > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
	}
}

func writeAnswer(w http.ResponseWriter, status int, answer object, no *apiError) {
	if answer == nil {
		answer = object{}
	}
	answer["ok"] = no == nil
	if no != nil {
		answer["error"] = no.word
		maps.Copy(answer, no.more)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

// readArgs reads a call's arguments from query, form or, where the method
// takes it, JSON; and the token from the header or the arguments.
func readArgs(r *http.Request, takesJSON bool) (args, string) {
	a := args{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		fields := map[string]json.RawMessage{}
		if takesJSON && json.Unmarshal(body, &fields) == nil {
			for k, v := range fields {
				a[k] = plain(v)
			}
		}
	} else {
		_ = r.ParseForm()
		for k := range r.Form {
			a[k] = r.Form.Get(k)
		}
	}
	token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !found {
		token = a["token"]
	}
	delete(a, "token")
	return a, token
}

func plain(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s
	}
	if string(v) == "null" {
		return ""
	}
	return string(v)
}

// allowed says why a token may not call a method; nil when it may.
func (s *Slack) allowed(m method, token string, r *http.Request) *apiError {
	switch {
	case token == "":
		return &apiError{word: "not_authed"}
	case s.revoked[token]:
		return &apiError{word: "token_revoked"}
	case token != botToken && token != appToken:
		return &apiError{word: "invalid_auth"}
	case m.appLevel != (token == appToken):
		return &apiError{word: "not_allowed_token_type"}
	case m.appLevel && r.Header.Get("Authorization") == "":
		return &apiError{word: "not_allowed_token_type"}
	case m.scope != nil && !slices.ContainsFunc(m.scope, func(x string) bool { return slices.Contains(s.scopes(), x) }):
		return &apiError{"missing_scope", object{"needed": strings.Join(m.scope, ","), "provided": strings.Join(s.scopes(), ",")}}
	}
	return nil
}

func (s *Slack) authTest(args) (object, *apiError) {
	return object{"url": "https://slacksim.slack.com/", "team": "slacksim", "user": s.users[botUID].Name, "team_id": teamID, "user_id": botUID, "bot_id": botID, "is_enterprise_install": false}, nil
}

func (s *Slack) teamInfo(args) (object, *apiError) {
	return object{"team": object{"id": teamID, "name": "slacksim", "domain": "slacksim"}}, nil
}

func (s *Slack) pin(a args) (object, *apiError) {
	c := s.channels[a["channel"]]
	if c == nil {
		return no("channel_not_found")
	}
	if c.find(a["timestamp"]) == nil {
		return no("message_not_found")
	}
	return object{}, nil
}

func (s *Slack) dndInfo(a args) (object, *apiError) {
	u := s.users[a["user"]]
	if u == nil {
		return no("user_not_found")
	}
	info := object{"dnd_enabled": false, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": false}
	if u.Snoozed.After(s.o.Clock()) {
		info["snooze_enabled"], info["snooze_endtime"] = true, u.Snoozed.Unix()
	}
	return info, nil
}

func (s *Slack) userProfile(u *User) object {
	tz := u.TZ
	offset := 0
	if zone, err := time.LoadLocation(tz); err == nil {
		_, offset = s.o.Clock().In(zone).Zone()
	}
	return object{
		"id": u.ID, "team_id": teamID, "name": u.Name, "deleted": u.Deleted, "real_name": u.RealName, "tz": tz, "tz_label": tz, "tz_offset": offset,
		"is_bot": u.IsBot, "is_restricted": u.IsRestricted, "is_ultra_restricted": false, "is_app_user": false, "locale": u.Locale,
		"profile": object{"real_name": u.RealName, "display_name": u.RealName, "email": u.Email, "team": teamID},
	}
}

func (s *Slack) userInfo(a args) (object, *apiError) {
	u := s.users[a["user"]]
	if u == nil {
		return no("user_not_found")
	}
	return object{"user": s.userProfile(u)}, nil
}

func (s *Slack) userList(args) (object, *apiError) {
	var members []object
	for _, id := range slices.Sorted(maps.Keys(s.users)) {
		members = append(members, s.userProfile(s.users[id]))
	}
	return object{"members": members, "response_metadata": object{"next_cursor": ""}}, nil
}

func (s *Slack) lookupByEmail(a args) (object, *apiError) {
	for _, u := range s.users {
		if u.Email != "" && strings.EqualFold(u.Email, a["email"]) && !u.Deleted {
			return object{"user": s.userProfile(u)}, nil
		}
	}
	return no("users_not_found")
}
