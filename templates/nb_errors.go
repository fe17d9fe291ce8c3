package templates

// nbErrors are what hiring, store and bot refuse.
var nbErrors = map[string]string{
	// Who may do what.
	"Only the owners of %v, its interviewers and admins may see that. Its hiring manager is %v, its recruiter %v.":                "Bare eierne av %v, intervjuerne og administratorer kan se dette. Ansettende leder er %v, rekrutterer er %v.",
	"Only the owners of %v and admins may do that. Its hiring manager is %v, its recruiter %v.":                                   "Bare eierne av %v og administratorer kan gjøre dette. Ansettende leder er %v, rekrutterer er %v.",
	"Samsvar is for members of the workspace; guests can't see roles or candidates. Ask a colleague in the hiring team for help.": "Samsvar er for medlemmer av arbeidsområdet; gjester kan ikke se stillinger eller kandidater. Spør en kollega i rekrutteringsteamet om hjelp.",
	"Guests can't start a role. Ask a colleague in the hiring team to do it.":                                                     "Gjester kan ikke opprette stillinger. Be en kollega i rekrutteringsteamet gjøre det.",
	"Guests can't see candidates. Choose a member of your workspace.":                                                             "Gjester kan ikke se kandidater. Velg et medlem av arbeidsområdet.",
	"An app can't do this. Choose a person.":                                                                                      "En app kan ikke gjøre dette. Velg en person.",
	"This account is deactivated. Choose somebody else.":                                                                          "Denne kontoen er deaktivert. Velg en annen.",

	// The role and its brief.
	"%v has these owners already. Choose who takes over.": "%v har disse eierne allerede. Velg hvem som overtar.",
	"Role %v is already filled.":                          "Stillingen %v er allerede besatt.",
	"Role %v is cancelled.":                               "Stillingen %v er avlyst.",
	"There is no role %v.":                                "Det finnes ingen stilling %v.",
	"“%s” is not a role. A role's key looks like R-12; see your roles with `roles`.":    "«%s» er ikke en stilling. Nøkkelen til en stilling ser ut som R-12; du ser stillingene dine med `roles`.",
	"You have no role that hires. Start one with `%s intake`.":                          "Du har ingen aktive stillinger. Opprett en med `%s intake`.",
	"Nothing in the brief of %v has changed, so there is nothing to sign.":              "Ingenting i briefen for %v er endret, så det er ingenting å signere.",
	"Only %v and %v can sign the brief of %v.":                                          "Bare %v og %v kan signere briefen for %v.",
	"The brief of %v has changed since: revision %v is the newest. Read it, then sign.": "Briefen for %v er endret siden: revisjon %v er den nyeste. Les den, og signer så.",
	"You have already signed revision %v of %v.":                                        "Du har allerede signert revisjon %v av %v.",
	"%v is in this stage. Move the candidate first, then remove the stage.":             "%v er i dette steget. Flytt kandidaten først, og fjern så steget.",
	"Say in a line why the brief changes; the other owner reads it.":                    "Skriv på en linje hvorfor briefen endres; den andre eieren leser det.",

	// The intake form.
	"Give the role a title, such as “Backend developer”.":                           "Gi stillingen en tittel, for eksempel «Backendutvikler».",
	"Choose the hiring manager.":                                                    "Velg ansettende leder.",
	"Choose the recruiter.":                                                         "Velg rekrutterer.",
	"The recruiter and the hiring manager must be two people: both sign the brief.": "Rekrutterer og ansettende leder må være to personer: begge signerer briefen.",
	"Openings must be a whole number from 1 to %v.":                                 "Antall plasser må være et helt tall fra 1 til %v.",
	"Working days must be a whole number from 1 to %v.":                             "Arbeidsdager må være et helt tall fra 1 til %v.",
	"Name at least one must-have, one a line. Feedback rates exactly these.":        "Skriv minst ett må-krav, ett per linje. Tilbakemeldingene vurderer akkurat disse.",
	"At most %v lines, please; there are %v. Keep what you would really decide by.": "Høyst %v linjer, takk; nå er det %v. Behold det du virkelig ville avgjøre etter.",
	"“%s” stands there twice.":                                                      "«%s» står der to ganger.",
	"That is %v characters; at most %v fit.":                                        "Det er %v tegn; det er plass til høyst %v.",
	"Name this interview, such as “Technical interview”.":                           "Gi intervjuet et navn, for eksempel «Teknisk intervju».",
	"Choose who interviews; they are asked for feedback.":                           "Velg hvem som intervjuer; de blir bedt om tilbakemelding.",
	"At most %v people can be on a panel.":                                          "Et panel kan ha høyst %v personer.",

	// Candidates.
	"There is no candidate %v.":                                                          "Det finnes ingen kandidat %v.",
	"“%s” is not a candidate. A candidate's key looks like C-41.":                        "«%s» er ikke en kandidat. Nøkkelen til en kandidat ser ut som C-41.",
	"%v is no longer in the process of %v.":                                              "%v er ikke lenger i prosessen for %v.",
	"That is not a stage of %v.":                                                         "Det er ikke et steg i %v.",
	"%v is in this stage already.":                                                       "%v er allerede i dette steget.",
	"The brief of %v is not signed by both yet. Until it is, candidates wait in screen.": "Briefen for %v er ikke signert av begge ennå. Til det er gjort, venter kandidatene i screening.",
	"The brief of %v is not signed by both yet, so nobody can be hired on it.":           "Briefen for %v er ikke signert av begge ennå, så ingen kan ansettes på den.",
	"Say when the interview is; feedback is asked for when it ends.":                     "Si når intervjuet er; vi ber om tilbakemelding når det er over.",
	"That is more than two months ago. Check the date.":                                  "Det er mer enn to måneder siden. Sjekk datoen.",
	"That is more than half a year ahead. Check the date.":                               "Det er mer enn et halvt år frem. Sjekk datoen.",
	"Choose how long the interview takes.":                                               "Velg hvor lenge intervjuet varer.",
	"Write the reason in a line: it is what you learn from later.":                       "Skriv grunnen på en linje: det er den dere lærer av senere.",
	"Choose what happened.":                                                              "Velg hva som skjedde.",
	"Write the candidate's name.":                                                        "Skriv navnet på kandidaten.",
	"Choose where the candidate came from.":                                              "Velg hvor kandidaten kom fra.",

	// Feedback.
	"No feedback was asked of %v on %v at that stage.":                           "%v er ikke bedt om tilbakemelding på %v i det steget.",
	"This feedback is asked of %v; only they can give it.":                       "Det er %v som er bedt om denne tilbakemeldingen; ingen andre kan gi den.",
	"You owe no feedback. When an interview of yours is over, Samsvar asks you.": "Du skylder ingen tilbakemelding. Når et av intervjuene dine er over, spør Samsvar deg.",
	"Choose a rating, or “not assessed”.":                                        "Velg en vurdering, eller «ikke vurdert».",
	"Choose what you would do.":                                                  "Velg hva du ville gjort.",

	// Imports.
	"The same candidate stands in line %v already.":            "Den samme kandidaten står allerede på linje %v.",
	"The candidate has no name.":                               "Kandidaten har ikke noe navn.",
	"The source “%s” is not known.":                            "Kilden «%s» er ukjent.",
	"The date the candidate was added is missing.":             "Datoen kandidaten kom til, mangler.",
	"The candidate was added in the future.":                   "Kandidaten er lagt til i fremtiden.",
	"The role has no stage “%s”.":                              "Stillingen har ikke noe steg «%s».",
	"The dates run backwards at the stage “%s”.":               "Datoene går bakover ved steget «%s».",
	"The stage “%s” lies in the future.":                       "Steget «%s» ligger i fremtiden.",
	"The process ended before its last stage.":                 "Prosessen tok slutt før det siste steget.",
	"The process ends in the future.":                          "Prosessen tar slutt i fremtiden.",
	"The candidate was hired, but the outcome says otherwise.": "Kandidaten ble ansatt, men utfallet sier noe annet.",

	// Slack.
	"This button is no longer in use. Type the command `%s` to see what you can do.":       "Denne knappen er ikke lenger i bruk. Skriv kommandoen `%s` for å se hva du kan gjøre.",
	"This button is no longer in use. Open the message again, or start from the Home tab.": "Denne knappen er ikke lenger i bruk. Åpne meldingen på nytt, eller begynn på Hjem-fanen.",
	"Samsvar could not read your Slack profile just now. Please try again in a moment.":    "Samsvar fikk ikke lest Slack-profilen din akkurat nå. Prøv igjen om et øyeblikk.",
	"There is a lot going on right now. Please try again in a moment.":                     "Det er mye som skjer akkurat nå. Prøv igjen om et øyeblikk.",
	"This takes longer than usual. Leave this window open: it will say what came of it.":   "Dette tar lengre tid enn vanlig. La vinduet stå åpent, så står det her hva det ble til.",
	"Done.":                  "Ferdig.",
	"This is not saved yet:": "Dette er ikke lagret ennå:",
	"Close this window to change what is in the form:": "Lukk dette vinduet for å endre det som står i skjemaet:",
	"• %s": "• %s",
	"Choose one of the languages in the list.":                                                                       "Velg et av språkene i listen.",
	"That took too long for Slack to open a window. Please try again.":                                               "Det tok for lang tid til at Slack kunne åpne et vindu. Prøv igjen.",
	"Too many windows are open on top of each other. Close them and start again.":                                    "For mange vinduer ligger oppå hverandre. Lukk dem og begynn på nytt.",
	"Something went wrong (ref %s). Try again in a moment; if it stays, give the reference to whoever runs Samsvar.": "Noe gikk galt (ref. %s). Prøv igjen om et øyeblikk; hvis det vedvarer, gi referansen til den som drifter Samsvar.",
}
