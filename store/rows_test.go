package store

import (
	"fmt"
	"github.com/go-json-experiment/json"
	"reflect"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// filled sets every field of v, however deep, to something of its own.
func filled(v reflect.Value, n *int) {
	*n++
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(monday.Add(time.Duration(*n) * time.Nanosecond)))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i), n)
		}
	case v.Type() == reflect.TypeFor[[]hiring.Notice]():
		v.Set(reflect.ValueOf([]hiring.Notice{{ID: 1, Kind: hiring.Nudge, CreatedAt: monday, NotBefore: monday}})) // parts have no parts
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			filled(v.Index(i), n)
		}
	case v.Kind() == reflect.Array:
		for i := range v.Len() {
			filled(v.Index(i), n)
		}
	case v.Kind() == reflect.String:
		v.SetString(fmt.Sprintf("text %d", *n))
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.CanInt():
		v.SetInt(int64(*n))
	case v.CanUint():
		v.SetUint(uint64(*n))
	default:
		panic("a field of a kind the rows do not know: " + v.Type().String())
	}
}

// spoil changes every element of every list in place.
func spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				spoil(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			spoil(v.Index(i))
			v.Index(i).SetZero()
		}
	}
}

// carried converts a value to its row, to JSON and back.
func carried[V, Row any](to func(V) Row, from func(Row) V) func(t *testing.T) {
	return func(t *testing.T) {
		var v V
		n := 0
		filled(reflect.ValueOf(&v).Elem(), &n)
		for _, want := range []V{v, *new(V)} {
			var row Row
			ok(t, json.Unmarshal(must(json.Marshal(to(want), inRows)), &row, inRows))
			if got := from(row); !reflect.DeepEqual(got, want) {
				t.Errorf("a field is not carried:\n got %+v\nwant %+v", got, want)
			} else if spoil(reflect.ValueOf(&got).Elem()); !reflect.DeepEqual(from(row), want) {
				t.Error("a list is shared with the row, which is read again in the same transaction")
			}
		}
	}
}

func TestRowsCarryEveryField(t *testing.T) {
	t.Run("role", carried(roleRowOf, roleRow.role))
	t.Run("candidate", carried(candidateRowOf, candidateRow.candidate))
	t.Run("feedback", carried(feedbackRowOf, feedbackRow.feedback))
	t.Run("person", carried(personRowOf, personRow.person))
	t.Run("unfinished", carried(unfinishedRowOf, unfinishedRow.unfinished))
	t.Run("rules", carried(rulesRowOf, rulesRow.rules))
	t.Run("subscription", carried(subscriptionRowOf, subscriptionRow.subscription))
	t.Run("owed", carried(owedRowOf, owedRow.owed))
	t.Run("event", carried(eventRowOf, eventRow.event))
	t.Run("notice", carried(messageRowOf, messageRow.notice))
	t.Run("unreachable", carried(unreachableRowOf, unreachableRow.unreachable))
	t.Run("post", carried(func(p hiring.Post) postRow { return postRowOf(p, monday) }, postRow.post))
}

// TestSubjectKeysCarryEveryField fails when a subject gets a field that its
// key doesn't have: different subjects would share a key.
func TestSubjectKeysCarryEveryField(t *testing.T) {
	var s hiring.Subject
	n := 0
	filled(reflect.ValueOf(&s).Elem(), &n)
	full := string(owedKey(s))
	for i := range reflect.TypeOf(s).NumField() {
		other := s
		reflect.ValueOf(&other).Elem().Field(i).SetZero()
		if string(owedKey(other)) == full {
			t.Errorf("the key does not carry %s", reflect.TypeOf(s).Field(i).Name)
		}
	}
}

func TestRowsKeepTimesInUTC(t *testing.T) {
	local := monday.In(time.FixedZone("", 3600))
	if got := candidateRowOf(hiring.Candidate{AddedAt: local}).AddedAt; got.Location() != time.UTC {
		t.Errorf("kept in %v", got.Location())
	}
}

func TestRowsKeepEmptyLists(t *testing.T) {
	row := termsRowOf(hiring.Terms{MustHaves: []hiring.MustHave{}, Interviews: []hiring.Stage{}})
	var back termsRow
	ok(t, json.Unmarshal(must(json.Marshal(row, inRows)), &back, inRows))
	if terms := back.terms(); terms.MustHaves == nil || terms.Interviews == nil || terms.NiceToHaves != nil {
		t.Errorf("none and empty are mixed up: %+v", terms)
	}
}
