package templates

// Sentences that depend on a number, in both languages.

var enCounted = map[string]counted{
	"%d offers have been open for more than %d working days. Ask today what is missing: silence rarely turns into a yes.": {1, "%[1]d offer has been open for more than %[2]d working days. Ask today what is missing: silence rarely turns into a yes.", "%[1]d offers have been open for more than %[2]d working days. Ask today what is missing: silence rarely turns into a yes."},
	"%s, %s: offered %s, %d working days ago": {4, "%[1]s, %[2]s: offered %[3]s, %[4]d working day ago", "%[1]s, %[2]s: offered %[3]s, %[4]d working days ago"},
	"%d openings":      {1, "%[1]d opening", "%[1]d openings"},
	"%d hired":         {1, "%[1]d hired", "%[1]d hired"},
	"%d added":         {1, "%[1]d added", "%[1]d added"},
	"%d steps onwards": {1, "%[1]d step onwards", "%[1]d steps onwards"},
	"%d roles in %s":   {1, "%[1]d role in %[2]s", "%[1]d roles in %[2]s"},

	"%d things wait for you.":                            {1, "%[1]d thing waits for you.", "%[1]d things wait for you."},
	"%d things are stuck and need your help.":            {1, "%[1]d thing is stuck and needs your help.", "%[1]d things are stuck and need your help."},
	"%d things wait on others; the Home tab shows them.": {1, "%[1]d thing waits on others; the Home tab shows it.", "%[1]d things wait on others; the Home tab shows them."},
	"You have %d roles that hire.":                       {1, "You have %[1]d role that hires.", "You have %[1]d roles that hire."},

	"%s has waited %d working days for your feedback":                          {2, "%[1]s has waited %[2]d working day for your feedback", "%[1]s has waited %[2]d working days for your feedback"},
	"%s has waited %d working days for feedback from %s (%s, %s).":             {2, "%[1]s has waited %[2]d working day for feedback from %[3]s (%[4]s, %[5]s).", "%[1]s has waited %[2]d working days for feedback from %[3]s (%[4]s, %[5]s)."},
	"%s has waited %d working days in %s: the owners' move":                    {2, "%[1]s has waited %[2]d working day in %[3]s: the owners' move", "%[1]s has waited %[2]d working days in %[3]s: the owners' move"},
	"The brief of %s has waited %d working days for your signature":            {2, "The brief of %[1]s has waited %[2]d working day for your signature", "The brief of %[1]s has waited %[2]d working days for your signature"},
	"The brief of %s, revision %d, has waited %d working days for %s to sign.": {3, "The brief of %[1]s, revision %[2]d, has waited %[3]d working day for %[4]s to sign.", "The brief of %[1]s, revision %[2]d, has waited %[3]d working days for %[4]s to sign."},
	"%s: %s, %d minutes, at most %d working days":                              {4, "%[1]s: %[2]s, %[3]d minutes, at most %[4]d working day", "%[1]s: %[2]s, %[3]d minutes, at most %[4]d working days"},
	"%d candidates are in the process by the agreed brief.":                    {1, "%[1]d candidate is in the process by the agreed brief.", "%[1]d candidates are in the process by the agreed brief."},
	"%d months of notice": {1, "%[1]d month of notice", "%[1]d months of notice"},
	"The brief of %s was sent back and has waited %d working days for %s to change it.": {2, "The brief of %[1]s was sent back and has waited %[2]d working day for %[3]s to change it.", "The brief of %[1]s was sent back and has waited %[2]d working days for %[3]s to change it."},

	"%d candidates wait for your feedback. Two minutes each.":                                                           {1, "%[1]d candidate waits for your feedback. It takes two minutes.", "%[1]d candidates wait for your feedback. Two minutes each."},
	"%d candidates are still in the process and should hear from us.":                                                   {1, "%[1]d candidate is still in the process and should hear from us.", "%[1]d candidates are still in the process and should hear from us."},
	"Candidates came in from a file for %s. %d candidates are in the process now.":                                      {2, "Candidates came in from a file for %[1]s. %[2]d candidate is in the process now.", "Candidates came in from a file for %[1]s. %[2]d candidates are in the process now."},
	"%s, %s: a quiet week. Nothing moved and nothing waits; %d candidates are in the process.":                          {3, "%[1]s, %[2]s: a quiet week. Nothing moved and nothing waits; %[3]d candidate is in the process.", "%[1]s, %[2]s: a quiet week. Nothing moved and nothing waits; %[3]d candidates are in the process."},
	"Counts the %d candidates added since %s, as far as they have come. “Went on” is of those who have left the stage.": {1, "Counts the %[1]d candidate added since %[2]s, as far as they have come. “Went on” is of those who have left the stage.", "Counts the %[1]d candidates added since %[2]s, as far as they have come. “Went on” is of those who have left the stage."},

	"%s has had %d reminders and knows that I tell you.": {2, "%[1]s has had %[2]d reminder and knows that I tell you.", "%[1]s has had %[2]d reminders and knows that I tell you."},
	"🎉 %s is filled: %d of %d openings are taken.":       {3, "🎉 %[1]s is filled: %[2]d of %[3]d opening is taken.", "🎉 %[1]s is filled: %[2]d of %[3]d openings are taken."},
	"%d of %d openings are taken so far.":                {2, "%[1]d of %[2]d opening is taken so far.", "%[1]d of %[2]d openings are taken so far."},
	"%d of %d on the panel have answered.":               {1, "%[1]d of %[2]d on the panel has answered.", "%[1]d of %[2]d on the panel have answered."},

	"%s has waited %d working days for %s to say whether to meet them (%s).":   {2, "%[1]s has waited %[2]d working day for %[3]s to say whether to meet them (%[4]s).", "%[1]s has waited %[2]d working days for %[3]s to say whether to meet them (%[4]s)."},
	"%s has waited %d working days for a decision by %s (%s).":                 {2, "%[1]s has waited %[2]d working day for a decision by %[3]s (%[4]s).", "%[1]s has waited %[2]d working days for a decision by %[3]s (%[4]s)."},
	"%s has waited %d working days for a next step (%s). It is with %s.":       {2, "%[1]s has waited %[2]d working day for a next step (%[3]s). It is with %[4]s.", "%[1]s has waited %[2]d working days for a next step (%[3]s). It is with %[4]s."},
	"%s has waited %d working days for a next step. It is with %s":             {2, "%[1]s has waited %[2]d working day for a next step. It is with %[3]s", "%[1]s has waited %[2]d working days for a next step. It is with %[3]s"},
	"%s has waited %d working days for your answer: do you want to meet them?": {2, "%[1]s has waited %[2]d working day for your answer: do you want to meet them?", "%[1]s has waited %[2]d working days for your answer: do you want to meet them?"},
	"%s has waited %d working days for your decision. All feedback is in":      {2, "%[1]s has waited %[2]d working day for your decision. All feedback is in", "%[1]s has waited %[2]d working days for your decision. All feedback is in"},
	"%d candidates were proposed and answered on, %d of them are to be met.":   {1, "%[1]d candidate was proposed and answered on, %[2]d of them to be met.", "%[1]d candidates were proposed and answered on, %[2]d of them are to be met."},
	"has heard nothing for %d working days":                                    {1, "has heard nothing for %[1]d working day", "has heard nothing for %[1]d working days"},
	"• %s: %d times":                                                           {2, "• %[1]s: %[2]d time", "• %[1]s: %[2]d times"},
	"nothing has moved for %d working days":                                    {1, "nothing has moved for %[1]d working day", "nothing has moved for %[1]d working days"},
}

var nbCounted = map[string]counted{
	"%d offers have been open for more than %d working days. Ask today what is missing: silence rarely turns into a yes.": {1, "%[1]d tilbud har stått åpent i mer enn %[2]d arbeidsdager. Spør i dag hva som mangler: Stillhet blir sjelden et ja.", "%[1]d tilbud har stått åpne i mer enn %[2]d arbeidsdager. Spør i dag hva som mangler: Stillhet blir sjelden et ja."},
	"%s, %s: offered %s, %d working days ago": {4, "%[1]s, %[2]s: tilbud gitt %[3]s, for %[4]d arbeidsdag siden", "%[1]s, %[2]s: tilbud gitt %[3]s, for %[4]d arbeidsdager siden"},
	"%d openings":      {1, "%[1]d plass", "%[1]d plasser"},
	"%d hired":         {1, "%[1]d ansatt", "%[1]d ansatte"},
	"%d added":         {1, "%[1]d ny", "%[1]d nye"},
	"%d steps onwards": {1, "%[1]d steg videre", "%[1]d steg videre"},
	"%d roles in %s":   {1, "%[1]d stilling i %[2]s", "%[1]d stillinger i %[2]s"},

	"%d things wait for you.":                            {1, "%[1]d ting venter på deg.", "%[1]d ting venter på deg."},
	"%d things are stuck and need your help.":            {1, "%[1]d ting står fast og trenger din hjelp.", "%[1]d ting står fast og trenger din hjelp."},
	"%d things wait on others; the Home tab shows them.": {1, "%[1]d ting venter på andre; du ser det på Hjem-fanen.", "%[1]d ting venter på andre; du ser dem på Hjem-fanen."},
	"You have %d roles that hire.":                       {1, "Du har %[1]d aktiv stilling.", "Du har %[1]d aktive stillinger."},

	"%s has waited %d working days for your feedback":                          {2, "%[1]s har ventet %[2]d arbeidsdag på tilbakemeldingen din", "%[1]s har ventet %[2]d arbeidsdager på tilbakemeldingen din"},
	"%s has waited %d working days for feedback from %s (%s, %s).":             {2, "%[1]s har ventet %[2]d arbeidsdag på tilbakemelding fra %[3]s (%[4]s, %[5]s).", "%[1]s har ventet %[2]d arbeidsdager på tilbakemelding fra %[3]s (%[4]s, %[5]s)."},
	"%s has waited %d working days in %s: the owners' move":                    {2, "%[1]s har ventet %[2]d arbeidsdag i %[3]s: eiernes tur", "%[1]s har ventet %[2]d arbeidsdager i %[3]s: eiernes tur"},
	"The brief of %s has waited %d working days for your signature":            {2, "Briefen for %[1]s har ventet %[2]d arbeidsdag på signaturen din", "Briefen for %[1]s har ventet %[2]d arbeidsdager på signaturen din"},
	"The brief of %s, revision %d, has waited %d working days for %s to sign.": {3, "Briefen for %[1]s, revisjon %[2]d, har ventet %[3]d arbeidsdag på at %[4]s signerer.", "Briefen for %[1]s, revisjon %[2]d, har ventet %[3]d arbeidsdager på at %[4]s signerer."},
	"%s: %s, %d minutes, at most %d working days":                              {4, "%[1]s: %[2]s, %[3]d minutter, høyst %[4]d arbeidsdag", "%[1]s: %[2]s, %[3]d minutter, høyst %[4]d arbeidsdager"},
	"%d candidates are in the process by the agreed brief.":                    {1, "%[1]d kandidat er i prosessen etter den avtalte briefen.", "%[1]d kandidater er i prosessen etter den avtalte briefen."},
	"%d months of notice": {1, "%[1]d måneds oppsigelse", "%[1]d måneders oppsigelse"},
	"The brief of %s was sent back and has waited %d working days for %s to change it.": {2, "Briefen for %[1]s ble sendt tilbake og har ventet %[2]d arbeidsdag på at %[3]s endrer den.", "Briefen for %[1]s ble sendt tilbake og har ventet %[2]d arbeidsdager på at %[3]s endrer den."},

	"%d candidates wait for your feedback. Two minutes each.":                                                           {1, "%[1]d kandidat venter på tilbakemeldingen din. Det tar to minutter.", "%[1]d kandidater venter på tilbakemeldingen din. To minutter hver."},
	"%d candidates are still in the process and should hear from us.":                                                   {1, "%[1]d kandidat er fortsatt i prosessen og bør høre fra oss.", "%[1]d kandidater er fortsatt i prosessen og bør høre fra oss."},
	"Candidates came in from a file for %s. %d candidates are in the process now.":                                      {2, "Kandidater kom inn fra en fil for %[1]s. %[2]d kandidat er i prosessen nå.", "Kandidater kom inn fra en fil for %[1]s. %[2]d kandidater er i prosessen nå."},
	"%s, %s: a quiet week. Nothing moved and nothing waits; %d candidates are in the process.":                          {3, "%[1]s, %[2]s: en rolig uke. Ingenting har skjedd, og ingenting venter; %[3]d kandidat er i prosessen.", "%[1]s, %[2]s: en rolig uke. Ingenting har skjedd, og ingenting venter; %[3]d kandidater er i prosessen."},
	"Counts the %d candidates added since %s, as far as they have come. “Went on” is of those who have left the stage.": {1, "Gjelder %[1]d kandidat som kom til siden %[2]s, så langt den har kommet. «Gikk videre» er av dem som har forlatt steget.", "Gjelder %[1]d kandidater som kom til siden %[2]s, så langt de har kommet. «Gikk videre» er av dem som har forlatt steget."},

	"%s has had %d reminders and knows that I tell you.": {2, "%[1]s har fått %[2]d påminnelse og vet at jeg sier fra til deg.", "%[1]s har fått %[2]d påminnelser og vet at jeg sier fra til deg."},
	"🎉 %s is filled: %d of %d openings are taken.":       {3, "🎉 %[1]s er besatt: %[2]d av %[3]d plass er fylt.", "🎉 %[1]s er besatt: %[2]d av %[3]d plasser er fylt."},
	"%d of %d openings are taken so far.":                {2, "%[1]d av %[2]d plass er fylt så langt.", "%[1]d av %[2]d plasser er fylt så langt."},
	"%d of %d on the panel have answered.":               {1, "%[1]d av %[2]d i panelet har svart.", "%[1]d av %[2]d i panelet har svart."},

	"%s has waited %d working days for %s to say whether to meet them (%s).":   {2, "%[1]s har ventet %[2]d arbeidsdag på at %[3]s sier om de skal møtes (%[4]s).", "%[1]s har ventet %[2]d arbeidsdager på at %[3]s sier om de skal møtes (%[4]s)."},
	"%s has waited %d working days for a decision by %s (%s).":                 {2, "%[1]s har ventet %[2]d arbeidsdag på en beslutning av %[3]s (%[4]s).", "%[1]s har ventet %[2]d arbeidsdager på en beslutning av %[3]s (%[4]s)."},
	"%s has waited %d working days for a next step (%s). It is with %s.":       {2, "%[1]s har ventet %[2]d arbeidsdag på neste steg (%[3]s). Det ligger hos %[4]s.", "%[1]s har ventet %[2]d arbeidsdager på neste steg (%[3]s). Det ligger hos %[4]s."},
	"%s has waited %d working days for a next step. It is with %s":             {2, "%[1]s har ventet %[2]d arbeidsdag på neste steg. Det ligger hos %[3]s", "%[1]s har ventet %[2]d arbeidsdager på neste steg. Det ligger hos %[3]s"},
	"%s has waited %d working days for your answer: do you want to meet them?": {2, "%[1]s har ventet %[2]d arbeidsdag på svaret ditt: Vil du møte vedkommende?", "%[1]s har ventet %[2]d arbeidsdager på svaret ditt: Vil du møte vedkommende?"},
	"%s has waited %d working days for your decision. All feedback is in":      {2, "%[1]s har ventet %[2]d arbeidsdag på beslutningen din. All tilbakemelding er inne", "%[1]s har ventet %[2]d arbeidsdager på beslutningen din. All tilbakemelding er inne"},
	"%d candidates were proposed and answered on, %d of them are to be met.":   {1, "%[1]d kandidat er foreslått og besvart, %[2]d av dem skal dere møte.", "%[1]d kandidater er foreslått og besvart, %[2]d av dem skal dere møte."},
	"has heard nothing for %d working days":                                    {1, "har ikke hørt noe på %[1]d arbeidsdag", "har ikke hørt noe på %[1]d arbeidsdager"},
	"• %s: %d times":                                                           {2, "• %[1]s: %[2]d gang", "• %[1]s: %[2]d ganger"},
	"nothing has moved for %d working days":                                    {1, "ingenting har skjedd på %[1]d arbeidsdag", "ingenting har skjedd på %[1]d arbeidsdager"},
}
