package bot

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestTerse(t *testing.T) {
	const view = `"view":{"id":"V1","hash":"1.a","blocks":[{"type":"divider"}]}`
	for _, c := range []struct{ what, method, says, want string }{
		{"a window is open", "views.open", `{"ok":true,` + view + `}`,
			`{"ok":true,"error":"","warning":"","response_metadata":{"next_cursor":"","messages":null,"warnings":null}}`},
		{"with a warning", "views.publish", `{"ok":true,"warning":"w","response_metadata":{"warnings":["w"]},` + view + `}`,
			`{"ok":true,"error":"","warning":"w","response_metadata":{"next_cursor":"","messages":null,"warnings":["w"]}}`},
		{"a refusal stays as it is", "views.update", `{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["[ERROR] too long"]}}`, ""},
		{"a page of a proxy, too", "views.push", `<html>502</html>`, ""},
		{"and what is cut off", "views.open", `{"ok":true,"view":{"id":`, ""},
		{"and every other answer", "chat.postMessage", `{"ok":true,` + view + `}`, ""},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://slack.com/api/"+c.method, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := Terse(transport(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(c.says))}, nil
		})).RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		if c.want == "" {
			c.want = c.says
		}
		if body, err := io.ReadAll(answer.Body); err != nil || string(body) != c.want {
			t.Errorf("%s: %s, %v; want %s", c.what, body, err, c.want)
		}
	}
}

// TestTerseLost is a connection that ends in the middle of an answer.
func TestTerseLost(t *testing.T) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://slack.com/api/views.open", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Terse(transport(func(*http.Request) (*http.Response, error) {
		return &http.Response{Body: io.NopCloser(io.MultiReader(strings.NewReader(`{"ok":true`), broken{}))}, nil
	})).RoundTrip(r)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
