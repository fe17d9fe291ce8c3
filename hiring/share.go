package hiring

import "math"

// Share is k of n: how many of some did a thing. What may be said of it
// depends on how many there are (docs/metrics.md, small numbers).
type Share struct{ K, N int }

// Bounds of small numbers (docs/metrics.md, small numbers).
const (
	MinShare   = 5  // below it only counts are shown, and rows fold into other
	MinPercent = 20 // below it a share is “k of n”; arrows stand where both n reach it
)

// Manner is how a share may be shown.
type Manner int

// The manners.
const (
	AsCounts  Manner = iota // n below 5: K alone
	AsKOfN                  // n from 5 to 19: “k of n”, with the interval for who asks
	AsPercent               // n from 20 on
)

// Manner says how the share may be shown.
func (s Share) Manner() Manner {
	switch {
	case s.N < MinShare:
		return AsCounts
	case s.N < MinPercent:
		return AsKOfN
	default:
		return AsPercent
	}
}

// Of returns the share as a number from 0 to 1; 0 for a share of none.
func (s Share) Of() float64 {
	if s.N == 0 {
		return 0
	}
	return float64(s.K) / float64(s.N)
}

// z95 is the 97.5th percentile of the standard normal distribution.
const z95 = 1.959963984540054

// Wilson returns the bounds of the 95 % score interval, from 0 to 1 (E. B.
// Wilson, Probable inference, 1927). Of none, it is everything.
func (s Share) Wilson() (low, high float64) {
	if s.N == 0 {
		return 0, 1
	}
	n, p := float64(s.N), s.Of()
	middle := (p + z95*z95/(2*n)) / (1 + z95*z95/n)
	half := z95 / (1 + z95*z95/n) * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	return max(0, middle-half), min(1, middle+half)
}

// Trend is where a figure went against an earlier one.
type Trend int

// The trends.
const (
	NoTrend Trend = iota // too few to say
	Steady
	Up
	Down
)

// Trend compares the share with an earlier one. It is [NoTrend] unless both
// are of at least [MinPercent].
func (s Share) Trend(before Share) Trend {
	switch now, then := s.Of(), before.Of(); {
	case s.N < MinPercent || before.N < MinPercent:
		return NoTrend
	case math.Round(100*now) == math.Round(100*then):
		return Steady
	case now > then:
		return Up
	default:
		return Down
	}
}

// Plus adds two shares of different things up.
func (s Share) Plus(other Share) Share { return Share{s.K + other.K, s.N + other.N} }
