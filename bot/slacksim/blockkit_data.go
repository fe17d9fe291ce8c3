package slacksim

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// totalText limits the text below a field, summed over all blocks of a kind.
func totalText(kind, field string, most int) kitRule {
	return func(c *kitChecker, o map[string]any, at string) {
		c.text[kind] += textLength(o[field])
		if c.text[kind] > most {
			c.complain(at+"/"+field, "must be less than %d characters in all %s blocks", most+1, kind)
		}
	}
}

// textLength is the code points of a text, or of all texts and shown numbers
// inside a table.
func textLength(v any) int {
	n := 0
	switch v := v.(type) {
	case string:
		return utf8.RuneCountInString(v)
	case []any:
		for _, item := range v {
			n += textLength(item)
		}
	case map[string]any:
		number, _ := v["value"].(json.Number)
		if _, named := v["text"]; !named {
			n += len(number)
		}
		for _, name := range []string{"text", "elements", "element"} {
			n += textLength(v[name])
		}
	}
	return n
}

// plainHeaderRow wants only raw_text in the first row of a data_table.
func plainHeaderRow(c *kitChecker, o map[string]any, at string) {
	rows := kitGet[[]any](o, "rows")
	if len(rows) == 0 {
		return
	}
	header, _ := rows[0].([]any)
	for i, cell := range header {
		cell, _ := cell.(map[string]any)
		if kind := kitGet[string](cell, "type"); kind != "" && kind != "raw_text" {
			c.complain(fmt.Sprintf("%s/rows/0/%d/type", at, i), "unsupported type: %s", kind)
		}
	}
}

// rowHeaderColumn wants row_header_column_index to name a column.
func rowHeaderColumn(c *kitChecker, o map[string]any, at string) {
	rows := kitGet[[]any](o, "rows")
	index, err := kitGet[json.Number](o, "row_header_column_index").Int64()
	if err != nil || len(rows) == 0 {
		return
	}
	if header, _ := rows[0].([]any); index >= int64(len(header)) {
		c.complain(at+"/row_header_column_index", "must be less than %d", len(header))
	}
}

// countCharts limits the data_visualization blocks of a message.
func countCharts(c *kitChecker, _ map[string]any, at string) {
	c.charts++
	if c.charts > maxCharts {
		c.complain(at, "no more than %d data_visualization blocks allowed", maxCharts)
	}
}

// distinctSeries wants a name of its own for every series.
func distinctSeries(c *kitChecker, o map[string]any, at string) {
	seen := map[string]bool{}
	for i, series := range kitObjects(o, "series") {
		name := kitGet[string](series, "name")
		if name != "" && seen[name] {
			c.complain(at+"/series/"+strconv.Itoa(i)+"/name", "series name %q already exists", name)
		}
		seen[name] = true
	}
}

// pointPerCategory wants every category once, and exactly one point for each of
// them in every series.
func pointPerCategory(c *kitChecker, o map[string]any, at string) {
	known := map[string]bool{}
	for i, v := range kitGet[[]any](kitGet[map[string]any](o, "axis_config"), "categories") {
		category, _ := v.(string)
		if known[category] {
			c.complain(fmt.Sprintf("%s/axis_config/categories/%d", at, i), "category %q already exists", category)
		}
		known[category] = true
	}
	for i, series := range kitObjects(o, "series") {
		seriesPoints(c, known, series, fmt.Sprintf("%s/series/%d/data", at, i))
	}
}

// seriesPoints compares the points of one series with the known categories.
func seriesPoints(c *kitChecker, known map[string]bool, series map[string]any, at string) {
	seen := map[string]bool{}
	for i, point := range kitObjects(series, "data") {
		label := kitGet[string](point, "label")
		switch {
		case label == "":
		case !known[label]:
			c.complain(fmt.Sprintf("%s/%d/label", at, i), "must be one of the categories")
		case seen[label]:
			c.complain(fmt.Sprintf("%s/%d/label", at, i), "category %q already has a point", label)
		}
		seen[label] = true
	}
	for _, category := range slices.Sorted(maps.Keys(known)) {
		if !seen[category] {
			c.complain(at, "must have a point for the category %q", category)
		}
	}
}

// urlForm wants an absolute URL. Slack takes other schemes than the web's too,
// as slack:// opens a place in the client.
func urlForm(text string) string {
	if u, err := url.Parse(text); err != nil || u.Scheme == "" || u.Host == "" && u.Opaque == "" {
		return "must be a valid URL"
	}
	return ""
}

// httpsForm wants an https URL.
func httpsForm(text string) string {
	if u, err := url.Parse(text); err != nil || u.Scheme != "https" || u.Host == "" {
		return "must be a valid HTTPS URL"
	}
	return ""
}

// dateForm wants YYYY-MM-DD.
func dateForm(text string) string {
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "must be a valid date (YYYY-MM-DD)"
	}
	return ""
}

// timeForm wants HH:mm.
func timeForm(text string) string {
	if _, err := time.Parse("15:04", text); err != nil || len(text) != len("15:04") {
		return "must be a valid time (HH:mm)"
	}
	return ""
}

var zoneName = regexp.MustCompile(`^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$`)

// zoneForm wants the look of an IANA zone. The zone database of the machine is
// left out of it, so that a test says the same everywhere.
func zoneForm(text string) string {
	if !zoneName.MatchString(text) {
		return "must be a valid IANA time zone"
	}
	return ""
}

var decimalNumber = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// numberForm wants a number written out in a string.
func numberForm(text string) string {
	if !decimalNumber.MatchString(text) {
		return "must be a valid number"
	}
	return ""
}
