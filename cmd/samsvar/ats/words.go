package ats

import (
	"slices"
	"strings"
	"unicode"

	"github.com/samsvar/samsvar/hiring"
)

// decomposed puts the one Norwegian letter together that macOS takes apart.
var decomposed = strings.NewReplacer("a\u030a", "å", "A\u030a", "Å")

// fold returns the letters and digits of a text in lower case, so that "First
// name", "first_name" and "firstName" are the same word.
func fold(s string) string {
	if strings.ContainsRune(s, '\u030a') {
		s = decomposed.Replace(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// english makes Norwegian and short names of interviews alike, on folded text.
var english = strings.NewReplacer(
	"førstegangs", "first", "første", "first", "1st", "first", "andregangs", "second", "andre", "second", "2nd", "second",
	"tredje", "third", "3rd", "third", "tekniske", "technical", "teknisk", "technical",
	"fagintervju", "technicalinterview", "fagsamtale", "technicalinterview", "kultur", "culture", "avsluttende", "final",
	"intervjuet", "interview", "intervju", "interview", "samtale", "interview", "runde", "interview", "round", "interview",
)

// ordinals are the names of an interview by its place among the interviews.
var ordinals = [][]string{
	{"firstinterview", "interviewfirst", "interview1", "1interview", "firstinterviewinterview"},
	{"secondinterview", "interviewsecond", "interview2", "2interview"},
	{"thirdinterview", "interviewthird", "interview3", "3interview"},
}

// stageWords are the usual names of the stages that every role has, folded.
var stageWords = map[hiring.StageID][]string{
	hiring.StageSourced: {
		"sourced", "sourcing", "source", "applied", "application", "applicationreview", "applicationreceived", "new", "newapplicant", "newapplication",
		"newlead", "lead", "inbox", "prospect", "reachedout", "contacted", "cvreview", "resumereview", "added",
		"søkt", "søker", "søknad", "søknadmottatt", "mottatt", "ny", "nysøker", "nyesøkere", "nye", "innboks", "funnet", "kontaktet", "lagttil", "registrert",
	},
	hiring.StageScreen: {
		"screen", "screening", "phonescreen", "phonescreening", "phoneinterview", "phone", "recruiterscreen", "recruiterscreening", "recruiterinterview", "recruitercall",
		"recruiterphonescreen", "initialscreen", "initialcall", "introcall", "preliminaryphonescreen", "telephoneinterview", "videoscreen",
		"telefonintervju", "telefonscreening", "telefonsamtale", "telefon", "siling", "innledendesamtale", "introsamtale", "førstegangskontakt",
	},
	hiring.StageOffer: {
		"offer", "offers", "offerextended", "offersent", "offermade", "offerstage", "contract",
		"tilbud", "tilbudsendt", "tilbudgitt", "jobbtilbud", "kontrakt",
	},
	hiring.StageHired: {
		"hired", "hire", "offeraccepted", "accepted", "signed", "started", "onboarding",
		"ansatt", "ansettelse", "akseptert", "signert", "tilsatt", "takketja", "startet",
	},
}

// stageOf finds a stage of the plan by its id, its name, or a usual name.
func stageOf(plan hiring.Plan, word string) (hiring.StageID, bool) {
	word = fold(word)
	if word == "" {
		return "", false
	}
	for _, s := range plan {
		if fold(string(s.ID)) == word || fold(s.Name) == word {
			return s.ID, true
		}
	}
	if id, ok := interviewOf(plan, english.Replace(word)); ok {
		return id, true
	}
	for _, s := range plan {
		if slices.Contains(stageWords[s.ID], word) {
			return s.ID, true
		}
	}
	return "", false
}

// interviewOf finds an interview by its name in the other language or without
// the word interview, if only one answers to it, and by its number.
func interviewOf(plan hiring.Plan, word string) (hiring.StageID, bool) {
	var found, interviews []hiring.StageID
	short := strings.ReplaceAll(word, "interview", "")
	for _, s := range plan {
		if s.Kind != hiring.KindInterview {
			continue
		}
		interviews = append(interviews, s.ID)
		name := english.Replace(fold(s.Name))
		if name == word {
			return s.ID, true
		}
		if short != "" && strings.ReplaceAll(name, "interview", "") == short {
			found = append(found, s.ID)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	for i, words := range ordinals {
		if i < len(interviews) && slices.Contains(words, word) {
			return interviews[i], true
		}
	}
	if len(interviews) == 1 && word == "interview" {
		return interviews[0], true
	}
	return "", false
}

// StageName returns what a stage is called in messages.
func StageName(s hiring.Stage) string {
	if s.Name != "" {
		return s.Name
	}
	return strings.ToUpper(string(s.ID[:1])) + string(s.ID[1:])
}

// sourceWords are what the names of sources are or hold, folded; the first
// that fits decides.
var sourceWords = []struct {
	source hiring.Source
	is     []string // the whole name
	holds  []string // a part of it
}{
	{hiring.Other, []string{"other", "unknown", "annet", "andre", "ukjent"}, nil},
	{hiring.Referral, []string{"referred", "refer", "tips"},
		[]string{"referral", "referredby", "employeereferr", "anbefaling", "anbefalt", "tipsfra", "tipset"}},
	{hiring.Internal, []string{"intern"}, []string{"internal", "internt", "internsøk", "internkandidat"}},
	{hiring.Agency, []string{"vendor"}, []string{"agency", "agencies", "byrå", "bemanning", "searchfirm", "thirdparty", "recruitmentfirm"}},
	{hiring.TalentPool, []string{"crm", "rediscovered"}, []string{"talentpool", "talentcommunity", "kandidatbase", "kandidatbank", "talentbase", "silvermedal"}},
	{hiring.Meetup, []string{"event", "events", "fair", "messe"},
		[]string{"meetup", "conference", "konferanse", "careerfair", "jobfair", "karrieredag", "arrangement", "hackathon", "bedriftspresentasjon"}},
	{hiring.Inbound, []string{"inbound", "applied", "website", "indeed", "glassdoor", "finn", "nav", "ad", "annonse", "søkt", "søknad", "nettside", "organic", "google"},
		[]string{"jobboard", "careerpage", "careerspage", "careersite", "careerssite", "companywebsite", "companysite", "jobsite", "jobsthrough",
			"finnno", "arbeidsplassen", "indeedcom", "application", "applicant", "theyapplied", "karriereside", "hjemmeside", "stillingsannonse", "jobbannonse",
			"jobspage", "yourwebsite", "linkedinjobs", "linkedinads", "linkedinjobad", "linkedinannonse", "easyapply", "søktselv", "åpensøknad", "jobbportal"}},
	{hiring.Outbound, []string{"outbound", "linkedin", "sourced", "github", "headhunt", "searched"},
		[]string{"linkedin", "headhunt", "outreach", "sourcing", "sourcedby", "prospecting", "wefoundthem", "oppsøkende", "direktekontakt", "hodejakt", "funnetavoss", "vifant"}},
}

// sourceOf returns the source a name stands for; false for a name not known.
func sourceOf(name string) (hiring.Source, bool) {
	word := fold(name)
	for _, s := range hiring.Sources() {
		if fold(string(s)) == word {
			return s, true
		}
	}
	for _, w := range sourceWords {
		if slices.Contains(w.is, word) || slices.ContainsFunc(w.holds, func(part string) bool { return strings.Contains(word, part) }) {
			return w.source, true
		}
	}
	return hiring.Other, false
}

// outcomeWords are the usual names of the outcomes, folded.
var outcomeWords = map[hiring.Outcome][]string{
	hiring.Active: {
		"active", "inprocess", "inprogress", "ongoing", "open", "new", "lead", "underreview", "interviewing", "qualified", "pending", "converted",
		"aktiv", "iprosess", "iprosessen", "pågående", "pågår", "underbehandling", "underarbeid", "åpen", "ny", "tilvurdering", "aktuell",
	},
	hiring.Hired: {
		"hired", "offeraccepted", "accepted", "ansatt", "tilsatt", "akseptert", "signert", "takketja",
	},
	hiring.Rejected: {
		"rejected", "reject", "rejectedbyorg", "rejectedbycompany", "declinedbyus", "disqualified", "notselected", "offerwithdrawn", "offerrescinded", "rescinded", "withdrawnbycompany", "withdrawnbyus", "positionwithdrawn", "positionclosed", "positionfilled", "unsuccessful", "unqualified", "archived", "notafit", "closed",
		"avslag", "avslått", "avvist", "tilbudtrukket", "tilbudettrukket", "stillingtrukket", "stillingentrukket", "stillingbesatt", "stillingenbesatt", "ikkeaktuell", "ikkekvalifisert", "arkivert", "uaktuell", "avsluttet",
	},
	hiring.Withdrawn: {
		"withdrawn", "withdrew", "withdraw", "candidatewithdrew", "withdrawnbycandidate", "rejectedbycandidate", "rejectedus", "theyrejectedus", "dropout", "droppedout",
		"declined", "offerdeclined", "declinedoffer", "offerrejected", "candidatedeclined", "candidatedeclinedoffer",
		"trukket", "trakkseg", "trukketseg", "hartrukketseg", "kandidatentrakkseg", "kandidattrakkseg", "trukketsøknad", "takketnei", "takketneitiltilbud", "tilbudavslått",
	},
}

func outcomeOf(word string) (hiring.Outcome, bool) {
	word = fold(word)
	for outcome, words := range outcomeWords {
		if slices.Contains(words, word) {
			return outcome, true
		}
	}
	return "", false
}
