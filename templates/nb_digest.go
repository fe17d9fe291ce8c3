package templates

// nbDigest are the digests and the funnel.
var nbDigest = map[string]string{
	"nothing moved":                "ingenting skjedde",
	"%d withdrew":                  "%d trakk seg",
	"%d rejected":                  "%d fikk avslag",
	"In %s: %s.":                   "I %s: %s.",
	"No candidates yet.":           "Ingen kandidater ennå.",
	"How far candidates have come": "Hvor langt kandidatene har kommet",
	"Candidates":                   "Kandidater",
	"%s: %d reached":               "%s: %d kom hit",
	"%d there now":                 "%d er der nå",
	"%d went on":                   "%d gikk videre",
	"%d of %d went on":             "%d av %d gikk videre",
	"%s of %d went on":             "%s av %d gikk videre",
	"Other sources":                "Andre kilder",
	"All sources":                  "Alle kilder",
	"*Where they came from*":       "*Hvor de kom fra*",
	"%s: %d added":                 "%s: %d kom til",
	"%d interviewed":               "%d intervjuet",
	"Hiring in %s":                 "Ansettelser i %s",
	"No role hires at the moment.": "Ingen stillinger er aktive akkurat nå.",
	"%d waiting too long":          "%d har ventet for lenge",
	"%d in the process":            "%d i prosessen",

	"*What waits, and whose move it is*":                           "*Det som venter, og hvis tur det er*",
	"Revision %d waits for %s to sign":                             "Revisjon %d venter på at %s signerer",
	"Revision %d waits for a signature: the hiring manager's move": "Revisjon %d venter på en signatur: ansettende leders tur",
	"Revision %d waits for a signature: the recruiter's move":      "Revisjon %d venter på en signatur: rekruttererens tur",
	"Feedback overdue on %s (%s): the move of %s":                  "Tilbakemelding over fristen på %s (%s): turen er hos %s",
	"Feedback overdue on %s (%s): the panel's move":                "Tilbakemelding over fristen på %s (%s): panelets tur",
}
