package templates

// nbNotices are the messages Samsvar sends of its own accord.
var nbNotices = map[string]string{
	"The brief of %s: %s":                                                            "Briefen for %s: %s",
	"%s asks you to sign the brief of %s.":                                           "%s ber deg signere briefen for %s.",
	"%s has changed the brief of %s and asks you to sign revision %d.":               "%s har endret briefen for %s og ber deg signere revisjon %d.",
	"Please by %s. Not what you want? Change it from the same window.":               "Helst innen %s. Ikke det du vil ha? Endre den fra samme vindu.",
	"✅ The brief of %s is agreed. You have both signed; the search can start.":       "✅ Briefen for %s er avtalt. Dere har begge signert; letingen kan begynne.",
	"✅ Revision %d of the brief of %s is agreed. Everything goes by it from now on.": "✅ Revisjon %d av briefen for %s er avtalt. Alt følger den fra nå av.",
	"How did it go with %s?":                                                         "Hvordan gikk det med %s?",
	"Two minutes while it is fresh, please by %s.":                                   "To minutter mens du husker det godt, helst innen %s.",
	"Feedback from %s on %s is in.":                                                  "Tilbakemelding fra %s på %s er inne.",
	"You see it once you have given your own.":                                       "Du ser den når du har gitt din egen.",

	// What waits.
	"The brief of %s waits for your signature": "Briefen for %s venter på signaturen din",
	"%s waits for your feedback":               "%s venter på tilbakemeldingen din",
	"due %s":                                   "frist %s",
	"was due %s":                               "fristen var %s",
	"⏰ was due %s":                             "⏰ fristen var %s",
	"✓ Revision %d of %s is signed. Thank you.":        "✓ Revisjon %d av %s er signert. Takk.",
	"✓ Revision %d of %s no longer needs a signature.": "✓ Revisjon %d av %s trenger ikke lenger en signatur.",
	"✓ No longer needed.":                              "✓ Ikke lenger nødvendig.",
	"✓ Feedback on %s is in. Thank you.":               "✓ Tilbakemeldingen på %s er inne. Takk.",
	"✓ Feedback on %s is no longer needed.":            "✓ Tilbakemeldingen på %s trengs ikke lenger.",
	"✓ All done. Thank you.":                           "✓ Alt er gjort. Takk.",
	"And %d more: %s":                                  "Og %d til: %s",
	"And %d more, once these are done.":                "Og %d til, når disse er gjort.",

	// What comes next.
	"I remind you at most once a working day.":                                       "Jeg minner deg på det høyst én gang per arbeidsdag.",
	"With the next reminder I tell %s too, so that somebody can help.":               "Ved neste påminnelse sier jeg også fra til %s, slik at noen kan hjelpe.",
	"I have told %s too, so that somebody can help. Write to them if you are stuck.": "Jeg har også sagt fra til %s, slik at noen kan hjelpe. Skriv dit hvis du står fast.",
	"I have told %s too. With the next reminder I tell an admin as well.":            "Jeg har også sagt fra til %s. Ved neste påminnelse sier jeg fra til en administrator.",
	"I have told %s and the admins too. Write to them if you are stuck.":             "Jeg har også sagt fra til %s og administratorene. Skriv dit hvis du står fast.",

	// Escalations.
	"*Stuck, and you can help*":                                                        "*Noe står fast, og du kan hjelpe*",
	"✓ What waited for %s is settled. Nothing to do.":                                  "✓ Det som ventet på %s, er ordnet. Du trenger ikke gjøre noe.",
	"You read this as an admin: %d reminders did not help, and the other owner knows.": "Du leser dette som administrator: %d påminnelser hjalp ikke, og den andre eieren vet om det.",
	"Talk to %s, or move the candidate on without it.":                                 "Snakk med %s, eller flytt kandidaten videre uten.",
	"Talk to %s: what in the brief is not right? Change it together, or sign it.":      "Snakk med %s: hva i briefen stemmer ikke? Endre den sammen, eller signer den.",
	"As to the brief: what is not right in it? Change it together, or sign it.":        "Om briefen: hva i den stemmer ikke? Endre den sammen, eller signer den.",

	// Who and what cannot be reached.
	"I can't reach %s: the account is deactivated.":                            "Jeg når ikke %s: kontoen er deaktivert.",
	"I can't write to %s (Slack says “%s”).":                                   "Jeg får ikke skrevet til %s (Slack sier «%s»).",
	"Tell them yourself what waits, and whoever runs Samsvar what Slack says.": "Si selv fra om det som venter, og fortell den som drifter Samsvar, hva Slack sier.",
	"I can't post in %s: the channel is archived.":                             "Jeg får ikke skrevet i %s: kanalen er arkivert.",
	"Unarchive it, and the next digest arrives again.":                         "Hent den ut av arkivet, så kommer neste ukesoversikt som før.",
	"I can't post in %s: I am not in the channel.":                             "Jeg får ikke skrevet i %s: jeg er ikke med i kanalen.",
	"Write `/invite @Samsvar` there, and the next digest arrives.":             "Skriv `/invite @Samsvar` der, så kommer neste ukesoversikt.",
	"I can't find the channel %s: it is private, or it is gone.":               "Jeg finner ikke kanalen %s: den er privat, eller den er borte.",
	"If it is private, write `/invite @Samsvar` there.":                        "Er den privat, skriv `/invite @Samsvar` der.",
	"I can't post in %s: only some may post there.":                            "Jeg får ikke skrevet i %s: bare noen kan skrive der.",
	"Let Samsvar post, in the channel's settings under posting permissions.":   "La Samsvar skrive, i kanalens innstillinger under publiseringstillatelser.",
	"I can't post in %s (Slack says “%s”).":                                    "Jeg får ikke skrevet i %s (Slack sier «%s»).",
	"Tell whoever runs Samsvar what Slack says.":                               "Fortell den som drifter Samsvar, hva Slack sier.",
	"It is about %s.": "Det gjelder %s.",
	"• Missing: a signature under revision %d of %s. Nobody else can give it: start the role anew with another owner, %s": "• Mangler: en signatur under revisjon %d av %s. Ingen andre kan gi den: opprett stillingen på nytt med en annen eier, %s",
	"• Missing: feedback on %s (%s). Put somebody else on the panel, or move on without it.":                              "• Mangler: tilbakemelding på %s (%s). Sett en annen i panelet, eller gå videre uten.",
}
