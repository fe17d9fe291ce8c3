package hiring

import (
	"strconv"
	"strings"
)

// UserID is a Slack user's id, such as U024BE7LH.
type UserID string

// ChannelID is a Slack conversation's id, such as C024BE91L.
type ChannelID string

// IDs are several ids in order, with spaces between them, so that what holds
// them can be compared.
type IDs string

func idsOf[ID ~string](list []ID) IDs {
	texts := make([]string, len(list))
	for i, id := range list {
		texts[i] = string(id)
	}
	return IDs(strings.Join(texts, " "))
}

func listOf[ID ~string](ids IDs) []ID {
	var list []ID
	for id := range strings.FieldsSeq(string(ids)) {
		list = append(list, ID(id))
	}
	return list
}

// RoleID numbers a role; people see it as R-12.
type RoleID int

// String returns the key people use, such as R-12.
func (id RoleID) String() string { return "R-" + strconv.Itoa(int(id)) }

// CandidateID numbers a candidate; people see it as C-41, also where a name
// must not stand.
type CandidateID int

// String returns the key people use, such as C-41.
func (id CandidateID) String() string { return "C-" + strconv.Itoa(int(id)) }

// ParseRoleID reads a role's key as people type it: R-12, r12, 12.
func ParseRoleID(s string) (RoleID, error) {
	n, ok := parseKey(s, "r")
	if !ok {
		return 0, Errorf("“%s” is not a role. A role's key looks like R-12; see your roles with `%v`.", s, Command("roles"))
	}
	return RoleID(n), nil
}

// ParseCandidateID reads a candidate's key as people type it: C-41, c41, 41.
func ParseCandidateID(s string) (CandidateID, error) {
	n, ok := parseKey(s, "c")
	if !ok {
		return 0, Errorf("“%s” is not a candidate. A candidate's key looks like C-41.", s)
	}
	return CandidateID(n), nil
}

func parseKey(s, letter string) (int, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimPrefix(s, letter)
	s = strings.TrimLeft(s, "-–‑ ")
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && s[0] != '+' && n <= 1<<31-1
}
