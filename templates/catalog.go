package templates

import (
	"maps"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"github.com/samsvar/samsvar/hiring"
)

// counted is a sentence that depends on a number: the arg-th argument, from 1.
type counted struct {
	arg        int
	one, other string
}

// norwegian is every sentence that does not depend on a number, by its
// English.
var norwegian = merge(nbWords, nbForms, nbBrief, nbNotices, nbDigest, nbHome, nbLoop, nbCorrect, nbFiles, nbAlert, nbErrors)

func merge(parts ...map[string]string) map[string]string {
	all := make(map[string]string)
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}

var bokmal = language.MustParse("nb")

// texts is the catalogue of both languages.
var texts = func() catalog.Catalog {
	b := catalog.NewBuilder(catalog.Fallback(language.English))
	for key, text := range norwegian {
		must(b.SetString(bokmal, key, text))
	}
	for key, c := range enCounted {
		must(b.Set(language.English, key, c.message()))
	}
	for key, c := range nbCounted {
		must(b.Set(bokmal, key, c.message()))
	}
	return b
}()

func (c counted) message() catalog.Message {
	return plural.Selectf(c.arg, "%d", plural.One, c.one, plural.Other, c.other)
}

// must stops the program at its start on a text that cannot be read.
func must(err error) {
	if err != nil {
		panic("templates: text catalogue: " + err.Error())
	}
}

func printer(locale hiring.Locale) *message.Printer {
	tag := language.English
	if locale == hiring.Norwegian {
		tag = bokmal
	}
	return message.NewPrinter(tag, message.Catalog(texts))
}
