package hiring_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// The values of a published table of score intervals, in per cent.
func TestWilson(t *testing.T) {
	for _, tt := range []struct {
		k, n      int
		low, high float64
	}{
		{1, 1, 20.7, 100}, {3, 4, 30.1, 95.4}, {2, 5, 11.8, 76.9}, {6, 10, 31.3, 83.2}, {17, 20, 64.0, 94.8}, {30, 100, 21.9, 39.6},
		{0, 0, 0, 100},
	} {
		low, high := hiring.Share{K: tt.k, N: tt.n}.Wilson()
		if round(100*low) != tt.low || round(100*high) != tt.high {
			t.Errorf("%d/%d: %.2f–%.2f, want %v–%v", tt.k, tt.n, 100*low, 100*high, tt.low, tt.high)
		}
	}
}

func round(x float64) float64 { return math.Round(10*x) / 10 }

func TestTheIntervalHoldsTheShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1000).Draw(t, "n")
		s := hiring.Share{K: rapid.IntRange(0, n).Draw(t, "k"), N: n}
		low, high := s.Wilson()
		if low < 0 || high > 1 || n > 0 && (low > s.Of()+1e-12 || high < s.Of()-1e-12) {
			t.Fatalf("%v: %v–%v", s, low, high)
		}
	})
}

func TestSmallNumbers(t *testing.T) {
	for n, want := range map[int]hiring.Manner{
		0: hiring.AsCounts, 4: hiring.AsCounts, 5: hiring.AsKOfN, 19: hiring.AsKOfN, 20: hiring.AsPercent, 1000: hiring.AsPercent,
	} {
		if got := (hiring.Share{K: 1, N: n}).Manner(); got != want {
			t.Errorf("n = %d: %v, want %v", n, got, want)
		}
	}
	for _, tt := range []struct {
		it          string
		now, before hiring.Share
		want        hiring.Trend
	}{
		{"too few now", hiring.Share{K: 10, N: 19}, hiring.Share{K: 1, N: 20}, hiring.NoTrend},
		{"too few before", hiring.Share{K: 10, N: 20}, hiring.Share{K: 1, N: 19}, hiring.NoTrend},
		{"up", hiring.Share{K: 10, N: 20}, hiring.Share{K: 9, N: 20}, hiring.Up},
		{"down", hiring.Share{K: 8, N: 20}, hiring.Share{K: 9, N: 20}, hiring.Down},
		{"the same per cent", hiring.Share{K: 10, N: 20}, hiring.Share{K: 499, N: 1000}, hiring.Steady},
	} {
		if got := tt.now.Trend(tt.before); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.it, got, tt.want)
		}
	}
}
