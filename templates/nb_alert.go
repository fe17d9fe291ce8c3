package templates

// nbAlert is what owners are alerted of between digests.
var nbAlert = map[string]string{
	"✓ %s is no longer waiting with an offer.":                                            "✓ %s venter ikke lenger med et tilbud.",
	"✓ %s has a newer offer, of %s.":                                                      "✓ %s har fått et nyere tilbud, %s.",
	"✓ *%s* is no longer a must-have for %s.":                                             "✓ *%s* er ikke lenger et må-krav for %s.",
	"Record the answer":                                                                   "Registrer svaret",
	"%d candidates for %s have withdrawn in “%s” within four weeks.":                      "%d kandidater til %s har trukket seg i «%s» i løpet av fire uker.",
	"All %d candidates from “%s” who were rejected for %s miss the same must-have: *%s*.": "Alle %d kandidater fra «%s» som fikk avslag til %s, mangler det samme må-kravet: *%s*.",
	"Is it really a must-have? If it is, this source looks in the wrong place; if not, you are turning away people you could hire.": "Er det virkelig et må-krav? Er det det, leter denne kilden på feil sted; er det ikke det, avviser dere folk dere kunne ansatt.",
	"What do they have in common? Shorten the wait, or say earlier what the offer is.":                                              "Hva har de til felles? Kort ned ventetiden, eller si tidligere hva tilbudet er.",
}
