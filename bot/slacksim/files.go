package slacksim

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// File is a file that was shared in a conversation.
type File struct {
	ID      string
	Name    string
	Title   string
	Content []byte
}

// upload is a file on its way: a place is asked for, the bytes are sent there,
// and only then it can be shared, once.
type upload struct {
	File
	length int // as announced
	sent   bool
}

// Limits of files (docs.slack.dev, files.getUploadURLExternal and
// files.completeUploadExternal).
const (
	maxUpload   = 16 << 20 // ours; Slack takes 1 GB
	maxSnippet  = 1 << 20
	maxFileText = 1000 // alt_txt
	maxChannels = 100
)

// uploadURL gives out a place to send a file's bytes to.
func (s *Slack) uploadURL(a args) (object, *apiError) {
	length := a.int("length", 0)
	switch {
	case a["filename"] == "" || length <= 0:
		return no("missing_argument")
	case a["snippet_type"] != "" && length > maxSnippet:
		return no("snippet_too_large")
	case len([]rune(a["alt_txt"])) > maxFileText:
		return no("alt_txt_too_large")
	case length > maxUpload:
		return no("file_upload_size_restricted")
	}
	id := s.id("F")
	s.uploads[id] = &upload{File: File{ID: id, Name: a["filename"]}, length: length}
	return object{"upload_url": strings.TrimSuffix(s.url, "/api/") + "/upload/" + id, "file_id": id}, nil
}

// serveUpload takes a file's bytes: a form with the field “file”, or the bytes
// alone.
func (s *Slack) serveUpload(w http.ResponseWriter, r *http.Request) {
	body := io.Reader(r.Body)
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		part, _, err := r.FormFile("file")
		if err != nil {
			http.Error(w, "no file", http.StatusBadRequest)
			return
		}
		defer part.Close() //nolint:errcheck // only read
		body = part
	}
	content, err := io.ReadAll(io.LimitReader(body, maxUpload+1))
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.uploads[r.PathValue("id")]
	status, word := http.StatusOK, (*apiError)(nil)
	switch {
	case err != nil || u == nil || u.sent:
		status, word = http.StatusNotFound, &apiError{word: "file_not_found"}
	case len(content) != u.length:
		status, word = http.StatusBadRequest, &apiError{word: "length_mismatch"}
	default:
		u.Content, u.sent = content, true
	}
	s.log("upload", args{"id": r.PathValue("id"), "bytes": strconv.Itoa(len(content))}, status, word)
	if word != nil {
		http.Error(w, word.word, status)
		return
	}
	_, _ = io.WriteString(w, "OK - "+strconv.Itoa(len(content)))
}

// completeUpload shares files whose bytes are there, with a message. Without a
// channel they stay private.
func (s *Slack) completeUpload(a args) (object, *apiError) {
	var files []File
	var answer []object
	for _, f := range list(parse(a.raw("files"))) {
		u := s.uploads[str(f["id"])]
		if u == nil || !u.sent {
			return no("file_not_found")
		}
		u.Title = str(f["title"])
		if u.Title == "" {
			u.Title = u.Name
		}
		files = append(files, u.File)
		answer = append(answer, object{"id": u.ID, "title": u.Title})
	}
	if len(files) == 0 {
		return no("invalid_arguments")
	}
	var to []string
	for id := range strings.SplitSeq(a["channel_id"]+","+a["channels"], ",") {
		if id = strings.TrimSpace(id); id != "" {
			to = append(to, id)
		}
	}
	if len(to) > maxChannels {
		return no("channels_limit_exceeded")
	}
	var places []*conversation
	for _, id := range slices.Compact(to) {
		c, err := s.shares(id)
		if err != nil {
			return nil, err
		}
		places = append(places, c)
	}
	if a["blocks"] != "" && a["initial_comment"] == "" {
		if complaints := checkBlocks(a.raw("blocks"), surfaceMessage, "/blocks"); len(complaints) > 0 {
			return nil, invalid("invalid_blocks", complaints)
		}
	}
	for _, f := range files {
		delete(s.uploads, f.ID)
	}
	for _, c := range places {
		m := &message{user: botUID, text: a["initial_comment"], thread: a["thread_ts"], files: files}
		if m.text == "" {
			m.blocks = s.identified(a.raw("blocks"))
		}
		s.post(c, m)
	}
	return object{"files": answer}, nil
}

// shares finds where a file can be shared. Membership is needed, other than for
// messages: chat:write.public is about those.
func (s *Slack) shares(id string) (*conversation, *apiError) {
	c, err := s.target(id)
	switch {
	case err != nil:
		return nil, err
	case !c.BotIsMember:
		return nil, &apiError{word: "not_in_channel"}
	}
	return c, nil
}
