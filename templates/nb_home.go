package templates

// nbHome are the Home tab and the direct answers.
var nbHome = map[string]string{
	"Stuck":                                  "Står fast",
	"Your move":                              "Din tur",
	"Waiting on others":                      "Venter på andre",
	"Your roles":                             "Dine stillinger",
	"Language":                               "Språk",
	"Nothing waits for you. Good work!":      "Ingenting venter på deg. Godt jobbet!",
	"Nobody in the process yet":              "Ingen i prosessen ennå",
	"%d in %s":                               "%d i %s",
	"%s: %s to sign revision %d":             "%s: %s skal signere revisjon %d",
	"%s: feedback from %s":                   "%s: tilbakemelding fra %s",
	"And %d more. Each opens by its key: %s": "Og %d til. Hver av dem åpnes med nøkkelen sin: %s",
	"Samsvar is for members of this workspace. Ask a colleague in the hiring team if you are to take part.": "Samsvar er for medlemmer av dette arbeidsområdet. Spør en kollega i rekrutteringsteamet hvis du skal være med.",
	"Samsvar could not read your Slack profile just now. Open this tab again in a moment.":                  "Samsvar fikk ikke lest Slack-profilen din akkurat nå. Åpne denne fanen på nytt om et øyeblikk.",
	"You have no role that hires. Start one, and both owners sign its brief.":                               "Du har ingen aktive stillinger. Opprett en, så signerer begge eierne briefen.",

	// Help.
	"What Samsvar can do":                        "Dette kan Samsvar",
	"*What Samsvar can do*":                      "*Dette kan Samsvar*",
	"intake [title]":                             "intake [tittel]",
	"%s – what waits for you":                    "%s – det som venter på deg",
	"%s – start a new role":                      "%s – opprett en ny stilling",
	"%s – read, sign or change a role's brief":   "%s – les, signer eller endre briefen for en stilling",
	"%s – your roles and how they stand":         "%s – stillingene dine og hvordan de ligger an",
	"%s – add a candidate to a role":             "%s – legg til en kandidat i en stilling",
	"%s – move a candidate, or say how it ended": "%s – flytt en kandidat, eller si hvordan det endte",
	"%s – give the feedback you owe":             "%s – gi tilbakemeldingene du skylder",
	"%s – a role's funnel: 30d, 2026-Q3, by source, compare; all for admins, team for a hiring manager's": "%s – trakten for en stilling: 30d, 2026-K3, etter kilde, sammenlign; alle for administratorer, team for en leders",
	"%s – which channels hear a role's digest, when, in which language":                                   "%s – hvilke kanaler som får ukesoversikten for en stilling, når og på hvilket språk",
	"%s – the rules, for admins":                                         "%s – reglene, for administratorer",
	"%s – all about a candidate: interviews, feedback, what is promised": "%s – alt om en kandidat: intervjuer, tilbakemeldinger, hva som er lovet",
	"%s – this list": "%s – denne listen",
	"The Home tab has buttons for nearly all of it. Only you see this answer.": "Hjem-fanen har knapper for det aller meste. Bare du ser dette svaret.",
	"I don't know “%s”. %s lists everything I do.":                             "Jeg kjenner ikke «%s». %s viser alt jeg kan.",
	"I don't know “%s”. Did you mean %s? %s lists everything I do.":            "Jeg kjenner ikke «%s». Mente du %s? %s viser alt jeg kan.",

	// Settings.
	"Whoever runs Samsvar in your workspace sets its rules. Ask them for a change.": "Den som drifter Samsvar hos dere, bestemmer reglene. Spør der hvis noe bør endres.",
	"Admins set the rules: %s. Ask one of them for a change.":                       "Administratorene bestemmer reglene: %s. Spør en av dem hvis noe bør endres.",
}
