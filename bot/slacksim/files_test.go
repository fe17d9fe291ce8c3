package slacksim_test

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/bot/slacksim"
)

func fileHouse(t *testing.T, o slacksim.Options) (*slacksim.Slack, *slack.Client, *slacksim.Person, string) {
	t.Helper()
	s, err := slacksim.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	kari := s.AddUser(slacksim.User{Name: "kari"})
	here := s.AddChannel(slacksim.Channel{Name: "jobs", Members: []string{kari.ID}, BotIsMember: true})
	return s, slack.New(s.BotToken(), slack.OptionAPIURL(s.APIURL())), kari, here
}

func csvFile(channel string) slack.UploadFileParameters {
	const content = "# defined\na,b\n"
	return slack.UploadFileParameters{Channel: channel, Filename: "funnel.csv", Title: "Funnel", FileSize: len(content), Content: content, InitialComment: "The numbers."}
}

func TestAFileIsShared(t *testing.T) {
	_, api, kari, here := fileHouse(t, slacksim.Options{})
	for _, channel := range []string{here, kari.DM()} {
		if _, err := api.UploadFileContext(t.Context(), csvFile(channel)); err != nil {
			t.Fatal(err)
		}
		m, err := kari.AwaitMessage(t.Context(), channel, func(m slacksim.Message) bool { return len(m.Files) == 1 })
		if err != nil {
			t.Fatal(err)
		}
		if f := m.Files[0]; m.Text != "The numbers." || f.Name != "funnel.csv" || f.Title != "Funnel" || string(f.Content) != "# defined\na,b\n" {
			t.Errorf("%+v", m)
		}
	}
}

func TestFilesAreRefusedAsSlackDoes(t *testing.T) {
	s, api, kari, here := fileHouse(t, slacksim.Options{})
	tests := []struct{ it, channel, want string }{
		{"a public channel the app is not in", s.AddChannel(slacksim.Channel{Name: "open"}), "not_in_channel"},
		{"a private channel the app is not in", s.AddChannel(slacksim.Channel{Name: "secret", Private: true}), "channel_not_found"},
		{"somebody else's direct messages", "D0OTHERS", "channel_not_found"},
		{"an archived channel", s.AddChannel(slacksim.Channel{Name: "old", Archived: true, BotIsMember: true}), "is_archived"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			_, err := api.UploadFileContext(t.Context(), csvFile(tt.channel))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
	t.Run("bytes that are not there", func(t *testing.T) {
		u, err := api.GetUploadURLExternalContext(t.Context(), slack.GetUploadURLExternalParameters{FileName: "a.csv", FileSize: 3})
		if err != nil {
			t.Fatal(err)
		}
		done := slack.CompleteUploadExternalParameters{Files: []slack.FileSummary{{ID: u.FileID}}, Channel: here}
		if _, err := api.CompleteUploadExternalContext(t.Context(), done); err == nil || err.Error() != "file_not_found" {
			t.Errorf("shared before it was sent: %v", err)
		}
		if err := api.UploadToURL(t.Context(), slack.UploadToURLParameters{UploadURL: u.UploadURL, Content: "four", Filename: "a.csv"}); err == nil {
			t.Error("more bytes than announced were taken")
		}
		if err := api.UploadToURL(t.Context(), slack.UploadToURLParameters{UploadURL: u.UploadURL, Content: "one", Filename: "a.csv"}); err != nil {
			t.Error(err)
		}
		if _, err := api.CompleteUploadExternalContext(t.Context(), done); err != nil {
			t.Error(err)
		}
		if _, err := api.CompleteUploadExternalContext(t.Context(), done); err == nil || err.Error() != "file_not_found" {
			t.Errorf("shared twice: %v", err)
		}
	})
	if got := len(kari.Messages(here)); got != 1 {
		t.Errorf("%d messages in the channel", got)
	}
	_, poor, _, there := fileHouse(t, slacksim.Options{Scopes: []string{"chat:write"}})
	if _, err := poor.UploadFileContext(t.Context(), csvFile(there)); err == nil || !strings.Contains(err.Error(), "missing_scope") {
		t.Errorf("without the scope: %v", err)
	}
}
