package ats

import (
	"fmt"
	"slices"
	"strings"

	"github.com/samsvar/samsvar/hiring"
)

// Field names what a column can hold. The id of a stage is a field, too: the
// date on which the candidate entered it.
type Field string

// The fields, besides the dates of the stages.
const (
	FieldID        Field = "id"
	FieldName      Field = "name"
	FieldFirst     Field = "first"
	FieldLast      Field = "last"
	FieldEmail     Field = "email"
	FieldSource    Field = "source"
	FieldAdded     Field = "added"
	FieldStage     Field = "stage"
	FieldActivity  Field = "activity" // when something last happened
	FieldStatus    Field = "status"
	FieldHired     Field = "hired"
	FieldRejected  Field = "rejected"
	FieldWithdrawn Field = "withdrawn"
	FieldClosed    Field = "closed" // when it ended, whichever way
	FieldReason    Field = "reason"
	FieldLink      Field = "link"
	FieldJob       Field = "job" // only to warn of a file with several
)

// columnNames are the usual names of columns, folded, the surest first. Their
// order is that of the summary.
var columnNames = []struct {
	field Field
	names []string
}{
	{FieldID, []string{"id", "applicationid", "candidateid", "opportunityid", "applicantid", "profileid", "søknadsid", "søknadid", "kandidatid", "søkerid", "kandidatnummer", "externalid"}},
	{FieldName, []string{"name", "candidatename", "candidate", "fullname", "applicantname", "contactname", "applicant", "navn", "kandidat", "kandidatnavn", "fulltnavn", "søker", "søkernavn", "søkersnavn"}},
	{FieldFirst, []string{"firstname", "givenname", "candidatefirstname", "preferredname", "fornavn"}},
	{FieldLast, []string{"lastname", "surname", "familyname", "candidatelastname", "etternavn"}},
	{FieldEmail, []string{"email", "emailaddress", "candidateemail", "primaryemail", "primaryemailaddress", "emails", "epost", "epostadresse", "mail"}},
	{FieldSource, []string{"source", "sourcename", "candidatesource", "applicationsource", "origin", "channel", "sources", "referrer", "kilde", "rekrutteringskilde", "kanal"}},
	{FieldAdded, []string{"added", "appliedat", "appliedon", "applied", "applieddate", "dateapplied", "applicationdate", "applicationcreatedat", "applicationcreated", "appliedat", "addedat", "addedon", "addeddate", "dateadded",
		"createdat", "createdon", "created", "datecreated", "creationdate", "opportunitycreatedat", "sourcedat", "sourceddate", "datesourced", "enteredsourced", "enteredstagesourced", "enteredapplied", "applicationsubmitted",
		"søkt", "søktdato", "datosøkt", "søknadsdato", "lagttil", "datolagttil", "lagttildato", "opprettet", "opprettetdato", "datoopprettet", "registrert", "registrertdato", "datoregistrert", "registreringsdato", "mottatt", "mottattdato", "datomottatt"}},
	{FieldStage, []string{"stage", "currentstage", "stagename", "currentstagename", "pipelinestage", "interviewstage", "currentinterviewstage", "applicationstage", "steg", "fase", "trinn", "nåværendesteg", "nåværendefase", "prosessteg"}},
	{FieldActivity, []string{"lastactivity", "lastactivityat", "lastactivitydate", "lastactivityon", "lastadvancedat", "lastupdated", "lastupdatedat", "updatedat", "lastinteractionat", "lastinteraction", "stagechangedat", "movedat", "lastmoved", "lastmovedat",
		"sisteaktivitet", "sistaktiv", "sistoppdatert", "oppdatert", "sistendret", "endret"}},
	{FieldStatus, []string{"status", "applicationstatus", "candidatestatus", "outcome", "result", "disposition", "decision", "søknadsstatus", "utfall", "resultat", "beslutning"}},
	{FieldHired, []string{"hired", "hiredat", "hiredon", "hireddate", "datehired", "hiredate", "enteredhired", "enteredstagehired", "ansatt", "ansattdato", "datoansatt", "ansettelsesdato", "tilsattdato"}},
	{FieldRejected, []string{"rejected", "rejectedat", "rejectedon", "rejecteddate", "daterejected", "rejectiondate", "disqualifiedat", "disqualifieddate", "avslagsdato", "avslagdato", "datoavslag", "avslått", "avslåttdato", "datoavslått"}},
	{FieldWithdrawn, []string{"withdrawn", "withdrawnat", "withdrawnon", "withdrawndate", "datewithdrawn", "withdrawaldate", "withdrewat", "trukket", "trukketdato", "datotrukket", "trakksegdato"}},
	{FieldClosed, []string{"closedat", "closed", "closedon", "closeddate", "dateclosed", "archivedat", "archivedon", "archiveddate", "archived", "enddate", "decisiondate", "decidedat", "avsluttet", "avsluttetdato", "datoavsluttet", "arkivert", "arkivertdato", "sluttdato"}},
	{FieldReason, []string{"rejectionreason", "reason", "rejectreason", "archivereason", "disqualificationreason", "disqualifyreason", "withdrawalreason", "reasonforrejection", "closereason", "avslagsgrunn", "avslagsårsak", "årsak", "begrunnelse", "grunn"}},
	{FieldLink, []string{"link", "linkedin", "linkedinurl", "linkedinprofile", "url", "profile", "profileurl", "profilelink", "candidateurl", "candidatelink", "candidateprofile", "greenhouseurl", "ashbyurl", "leverurl", "website", "lenke", "profillenke", "linkedinprofil", "profil"}},
	{FieldJob, []string{"job", "jobname", "jobtitle", "position", "posting", "postingtitle", "role", "jobs", "stilling", "stillingstittel", "prosjekt", "oppdrag"}},
}

// flags are names of dates that may also head a column of yes and no.
var flags = []string{"hired", "ansatt", "rejected", "avslått", "withdrawn", "trukket", "closed", "archived", "avsluttet", "arkivert"}

// prefixes and suffixes are what stands around a stage's name
// in the header of its date.
var (
	prefixes = []string{"dateentered", "enteredstage", "entered", "movedto", "dateof", "date", "datofor", "dato", "flyttettil", "stage", "steg", "fase"}
	suffixes = []string{"enteredat", "enteredon", "entered", "startdate", "startedat", "movedat", "date", "dato", "datetime", "stagedate", "at", "on"}
)

// Mapping says which columns a field is read from.
type Mapping struct {
	Field  Field
	Column string // the header, as the file has it
}

// columns are where in a row the fields stand.
type columns struct {
	at      map[Field]int
	stages  []hiring.StageID // those with a date, in the plan's order
	mapping []Mapping
	ignored []string
}

// known counts the headers that are usual names of columns or given by hand.
func known(header []string, given map[string]string) int {
	n := 0
	for _, column := range given {
		if column != "" && slices.ContainsFunc(header, func(h string) bool { return fold(h) == fold(column) }) {
			n++
		}
	}
	for _, h := range header {
		word := fold(h)
		for _, c := range columnNames {
			if slices.Contains(c.names, word) {
				n++
				break
			}
		}
	}
	return n
}

// locate finds the columns: those of given first, then by their usual names,
// then the dates of the stages. holdsDate says whether a column has any
// date in it.
func locate(header []string, plan hiring.Plan, given map[string]string, holdsDate func(int) bool) (columns, error) {
	c := columns{at: map[Field]int{}}
	taken := make([]bool, len(header))
	if err := c.give(header, plan, given, taken); err != nil {
		return c, err
	}
	for _, f := range columnNames {
		if _, done := c.at[f.field]; done {
			continue
		}
		for _, name := range f.names {
			i := slices.IndexFunc(header, func(h string) bool { return fold(h) == name })
			if i >= 0 && !taken[i] && (!slices.Contains(flags, name) || holdsDate(i)) {
				c.at[f.field], taken[i] = i, true
				break
			}
		}
	}
	for i, h := range header {
		if taken[i] {
			continue
		}
		if id, ok := dated(plan, fold(h), func() bool { return holdsDate(i) }); ok {
			if _, done := c.at[Field(id)]; !done {
				c.at[Field(id)], taken[i] = i, true
			}
		}
	}
	c.conclude(header, plan, taken)
	return c, c.complete(header)
}

// give takes the columns that were named by hand. An empty name leaves the
// field out.
func (c *columns) give(header []string, plan hiring.Plan, given map[string]string, taken []bool) error {
	for name, column := range given {
		field, ok := fieldOf(plan, name)
		if !ok {
			return fmt.Errorf("--map: there is no field %q. The fields are %s", name, strings.Join(fieldNames(plan), ", "))
		}
		if column == "" {
			c.at[field] = -1
			continue
		}
		i := slices.Index(header, column)
		if i < 0 {
			i = slices.IndexFunc(header, func(h string) bool { return fold(h) == fold(column) })
		}
		if i < 0 {
			return fmt.Errorf("--map %s=%s: there is no such column. %s", name, column, found(header))
		}
		c.at[field], taken[i] = i, true
	}
	return nil
}

func fieldOf(plan hiring.Plan, name string) (Field, bool) {
	if slices.Contains(fieldNames(plan), strings.ToLower(name)) {
		return Field(strings.ToLower(name)), true
	}
	return "", false
}

// fieldNames lists what --map can name.
func fieldNames(plan hiring.Plan) []string {
	var names []string
	for _, c := range columnNames {
		names = append(names, string(c.field))
	}
	for _, s := range plan {
		if s.ID != hiring.StageSourced && s.ID != hiring.StageHired {
			names = append(names, string(s.ID))
		}
	}
	return names
}

// dated returns the stage whose date a header announces. A bare stage name
// counts only if the column holds dates.
func dated(plan hiring.Plan, word string, holdsDates func() bool) (hiring.StageID, bool) {
	if id, ok := stageOf(plan, word); ok {
		return id, inner(id) && holdsDates()
	}
	// Around the name stand a prefix, a suffix or both; an empty one is none.
	for _, p := range append(prefixes, "") {
		for _, s := range append(suffixes, "") {
			name, ok := strings.CutPrefix(word, p)
			if name, ok2 := strings.CutSuffix(name, s); ok && ok2 && name != "" {
				if id, ok := stageOf(plan, name); ok {
					return id, inner(id)
				}
			}
		}
	}
	return "", false
}

// inner says whether a stage has a date of its own: not the first, which is
// the addition, and not the last, which is the hire.
func inner(id hiring.StageID) bool { return id != hiring.StageSourced && id != hiring.StageHired }

// conclude lists what was found, in a fixed order, and what was not used.
func (c *columns) conclude(header []string, plan hiring.Plan, taken []bool) {
	for _, name := range fieldNames(plan) {
		f := Field(name)
		i, ok := c.at[f]
		switch {
		case ok && i >= 0:
			c.mapping = append(c.mapping, Mapping{f, label(header, i)})
		case ok:
			delete(c.at, f)
		}
	}
	for _, s := range plan {
		if _, ok := c.at[Field(s.ID)]; ok && inner(s.ID) {
			c.stages = append(c.stages, s.ID)
		}
	}
	for i := range header {
		if !taken[i] {
			c.ignored = append(c.ignored, label(header, i))
		}
	}
}

// complete returns an error that says how to name what is missing.
func (c *columns) complete(header []string) error {
	has := func(f Field) bool { _, ok := c.at[f]; return ok }
	switch {
	case !has(FieldName) && !has(FieldFirst) && !has(FieldLast):
		return fmt.Errorf("no column for the candidate's name was found. %s. Say which one it is: --map name=Column", found(header))
	case !has(FieldAdded):
		return fmt.Errorf("no column for the date the candidate was added was found. %s. Say which one it is: --map added=Column", found(header))
	}
	return nil
}

// found lists the columns of the file.
func found(header []string) string {
	labels := make([]string, len(header))
	for i := range header {
		labels[i] = label(header, i)
	}
	return "The columns are: " + strings.Join(labels, ", ")
}

// label names a column; one without a header goes by its number.
func label(header []string, i int) string {
	if h := strings.Join(strings.Fields(header[i]), " "); h != "" {
		return h
	}
	return fmt.Sprintf("(column %d)", i+1)
}
