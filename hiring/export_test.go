package hiring

// HasAge says whether the table of ages knows a kind.
func HasAge(k NoticeKind) bool { _, ok := ages[k]; return ok }
