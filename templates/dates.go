package templates

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/number"

	"github.com/samsvar/samsvar/hiring"
)

// moment writes a time in the reader's zone: 23 Nov 2026, 14:00 or
// 23.11.2026 kl. 14.00.
func (w Writer) moment(t time.Time) string {
	t = t.In(w.zone)
	if w.locale == hiring.Norwegian {
		return t.Format("02.01.2006 kl. 15.04")
	}
	return t.Format("2 Jan 2006, 15:04")
}

// day writes a day as it stands in t: 23 Nov 2026 or 23.11.2026.
func (w Writer) day(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case w.locale == hiring.Norwegian:
		return t.Format("02.01.2006")
	default:
		return t.Format("2 Jan 2006")
	}
}

// dayOf writes the day of a moment in the reader's zone.
func (w Writer) dayOf(t time.Time) string { return w.day(t.In(w.zone)) }

// clock writes a time of day since midnight as Slack takes it: 08:00.
func clock(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

// timeOfDay writes a time of day since midnight as it is read: 08:00 or 08.00.
func (w Writer) timeOfDay(d time.Duration) string {
	if w.locale == hiring.Norwegian {
		return strings.Replace(clock(d), ":", ".", 1)
	}
	return clock(d)
}

// week names a week by its number, with the year where it is not this one.
func (w Writer) week(week hiring.Week, now time.Time) string {
	year, _ := week.Start(time.UTC).ISOWeek()
	if this, _ := now.In(w.zone).ISOWeek(); year != this {
		return w.t("week %s of %s", fmt.Sprint(week.Number()), fmt.Sprint(year))
	}
	return w.t("week %s", fmt.Sprint(week.Number()))
}

// workDays is how many whole working days somebody has let pass since a
// moment.
func (w Writer) workDays(p hiring.Person, since, now time.Time) int {
	work := w.House.Settings.WorkTime(p)
	if work.Day() <= 0 || work.Zone == nil {
		return 0
	}
	return int(work.Between(since, now) / work.Day())
}

// within says a promise made in working time as whole working days, rounded up:
// nobody is told of a shorter time than was promised.
func (w Writer) within(promised time.Duration) string {
	days := 1
	if day := w.House.Settings.WorkTime(hiring.Person{}).Day(); day > 0 {
		days = max(1, int((promised+day-1)/day))
	}
	return w.t("%d working days", days)
}

// decimal writes a number with one digit behind the point: 2.5 or 2,5.
func (w Writer) decimal(n float64) string {
	return w.printer.Sprint(number.Decimal(n, number.MaxFractionDigits(1)))
}

// percent writes a share: 67% or 67 %.
func (w Writer) percent(part, whole int) string {
	return w.percentOf(float64(part) / float64(whole))
}

// percentOf writes a share from 0 to 1.
func (w Writer) percentOf(share float64) string {
	return w.printer.Sprint(number.Percent(share, number.MaxFractionDigits(0)))
}
