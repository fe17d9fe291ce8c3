package main

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// TestServeEndsWhenTheRecordIsOverwritten has somebody copy an older file over
// the record of a samsvar that serves. It ends, says why, and the next start
// goes on with that file.
func TestServeEndsWhenTheRecordIsOverwritten(t *testing.T) {
	s := house(t, slacksim.Options{}, map[string]string{"SAMSVAR_HTTP_ADDR": "127.0.0.1:0"})
	db := os.Getenv("SAMSVAR_DB")
	noted(t, db, "before")
	older, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	noted(t, db, "after")
	r := serveAgain(t, s)
	file, err := os.OpenFile(db, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt(older, 0); err != nil {
		t.Fatal(err)
	}
	url := "http://" + regexp.MustCompile(`address=(\S+)`).FindStringSubmatch(r.out.String())[1] + "/readyz" // it tries to write
	if answer, err := http.Get(url); err == nil {                                                            // otherwise it has ended before
		_ = answer.Body.Close()
	}
	code := r.exit(t)
	for _, want := range []string{"level=WARN", "checking all of it", `error="it was changed by something else`, "Start Samsvar again", db} {
		if !strings.Contains(r.out.String(), want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if code != exitFailed || t.Failed() {
		t.Fatalf("exit %d:\n%s", code, r.out)
	}
	serveAgain(t, s).end(t)
	if !noted(t, db, "before") || noted(t, db, "after") {
		t.Error("it does not go on with the file that is there now")
	}
}
