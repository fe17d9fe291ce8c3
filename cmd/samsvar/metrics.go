package main

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/store"
)

// metrics are the numbers that Samsvar shows of itself. Labels are of fixed
// sets: no name and no id of anybody is in them. Other packages know nothing
// of them; they call small hooks.
type metrics struct {
	registry  *prometheus.Registry
	clock     func() time.Time
	nextSweep func(now time.Time) time.Time // when it is to be

	acks     *prometheus.HistogramVec
	failed   *prometheus.CounterVec
	refused  *prometheus.CounterVec
	lines    prometheus.Gauge
	noLine   prometheus.Counter
	calls    *prometheus.CounterVec
	callTook *prometheus.HistogramVec
	sweeps   *prometheus.CounterVec
	sweepLag prometheus.Histogram
	commits  *prometheus.CounterVec
	writers  prometheus.Histogram
	records  prometheus.Histogram

	mu   sync.Mutex
	open int // connections
}

// The results of what is done or is not.
const (
	resultDone   = "done"
	resultFailed = "failed"
)

// ackBuckets have a bound at one second, which no acknowledgement should pass,
// and at three, where Slack gives up.
var ackBuckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 3}

func newMetrics(clock func() time.Time) *metrics {
	m := &metrics{registry: prometheus.NewRegistry(), clock: clock}
	m.acks = histograms("samsvar_ack_seconds", "Time from an envelope to its acknowledgement.", ackBuckets, "kind")
	m.failed = counters("samsvar_requests_failed_total", "Requests that failed for a reason nobody foresaw; the log has them under a ref.", "kind")
	m.refused = counters("samsvar_requests_refused_total", "Requests turned away because too many ran.", "kind")
	m.lines = prometheus.NewGauge(prometheus.GaugeOpts{Name: "samsvar_connections_open", Help: "Connections to Slack that are open."})
	m.noLine = prometheus.NewCounter(prometheus.CounterOpts{Name: "samsvar_connection_failures_total", Help: "Attempts to connect to Slack that failed."})
	m.calls = counters("samsvar_slack_calls_total", "Calls to Slack's API by method and answer.", "method", "answer")
	m.callTook = histograms("samsvar_slack_call_seconds", "Time of calls to Slack's API.", prometheus.DefBuckets, "method")
	m.sweeps = counters("samsvar_sweeps_total", "Sweeps for what is overdue.", "result")
	m.sweepLag = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "samsvar_sweep_lag_seconds", Help: "How late sweeps began.", Buckets: []float64{1, 5, 15, 60, 300, 900, 3600}})
	m.commits = counters("samsvar_commits_total", "Commits to the record.", "result")
	m.writers = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "samsvar_commit_writers", Help: "Writers that shared a commit.", Buckets: prometheus.ExponentialBuckets(1, 2, 10)})
	m.records = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "samsvar_commit_records", Help: "Records and index entries written by a commit.", Buckets: prometheus.ExponentialBuckets(1, 4, 8)})
	m.registry.MustRegister(m.acks, m.failed, m.refused, m.lines, m.noLine, m.calls, m.callTook, m.sweeps, m.sweepLag, m.commits, m.writers, m.records)
	m.begin()
	return m
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

func histograms(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
}

// begin makes every series that can be known beforehand, so that a rate over a
// first failure is not missed.
func (m *metrics) begin() {
	for _, kind := range bot.Kinds() {
		m.acks.WithLabelValues(kind)
		m.failed.WithLabelValues(kind)
		m.refused.WithLabelValues(kind)
	}
	for _, result := range []string{resultDone, resultFailed} {
		m.sweeps.WithLabelValues(result)
		m.commits.WithLabelValues(result)
	}
}

// Taken implements [bot.Meter], as do the next four.
func (m *metrics) Taken() func(kind string) {
	began := m.clock()
	return func(kind string) { m.acks.WithLabelValues(kind).Observe(m.clock().Sub(began).Seconds()) }
}

func (m *metrics) Failed(kind string)  { m.failed.WithLabelValues(kind).Inc() }
func (m *metrics) Refused(kind string) { m.refused.WithLabelValues(kind).Inc() }
func (m *metrics) NotConnected()       { m.noLine.Inc() }

func (m *metrics) Connected(lines int) {
	m.mu.Lock()
	m.open = lines
	m.mu.Unlock()
	m.lines.Set(float64(lines))
}

// connections returns how many connections are open.
func (m *metrics) connections() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.open
}

// swept hears of a sweep.
func (m *metrics) swept(planned, now time.Time, err error) {
	m.sweepLag.Observe(now.Sub(planned).Seconds())
	m.sweeps.WithLabelValues(result(err)).Inc()
}

// watchSweeps adds by how much the next sweep is late. When it is to be is asked
// for each time: admins change the schedule while Samsvar runs.
func (m *metrics) watchSweeps(next func(now time.Time) time.Time) {
	m.nextSweep = next
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "samsvar_sweep_overdue_seconds", Help: "By how much the next sweep is late now."},
		func() float64 { return m.sweepOverdue().Seconds() }))
}

// sweepOverdue returns by how much the next sweep is late. One that failed was
// not late.
func (m *metrics) sweepOverdue() time.Duration {
	now := m.clock()
	next := m.nextSweep(now)
	if next.IsZero() { // the schedule never fires again
		return 0
	}
	return max(0, now.Sub(next))
}

// committed hears of a commit.
func (m *metrics) committed(writers, records int, err error) {
	m.commits.WithLabelValues(result(err)).Inc()
	if err == nil {
		m.writers.Observe(float64(writers))
		m.records.Observe(float64(records))
	}
}

func result(err error) string {
	if err != nil {
		return resultFailed
	}
	return resultDone
}

// outbox reads the outbox when it is asked for its metrics.
type outbox struct {
	record *store.Store
	clock  func() time.Time
}

// watchOutbox adds what waits in a record's outbox.
func (m *metrics) watchOutbox(record *store.Store) {
	m.registry.MustRegister(outbox{record, m.clock})
}

// noticeStates are the states of notices, as labels.
var noticeStates = []string{store.NoticeDue, store.NoticeLater, store.NoticePostponed, store.NoticeSending, store.NoticeUndeliverable}

// outboxTime bounds reading the outbox.
const outboxTime = 5 * time.Second

var (
	noticesDesc = prometheus.NewDesc("samsvar_notices", "Notices in the outbox by state.", []string{"state"}, nil)
	oldestDesc  = prometheus.NewDesc("samsvar_oldest_notice_seconds", "Age of the oldest notice by state, from when it could first be sent.", []string{"state"}, nil)
)

// Describe implements [prometheus.Collector].
func (o outbox) Describe(to chan<- *prometheus.Desc) {
	to <- noticesDesc
	to <- oldestDesc
}

// Collect implements [prometheus.Collector].
func (o outbox) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), outboxTime)
	defer cancel()
	now := o.clock()
	states, err := o.record.Waiting(ctx, now)
	if err != nil {
		to <- prometheus.NewInvalidMetric(noticesDesc, err)
		return
	}
	for _, state := range noticeStates {
		w := states[state]
		age := 0.0
		if w.Count > 0 {
			age = max(0, now.Sub(w.Since).Seconds())
		}
		to <- prometheus.MustNewConstMetric(noticesDesc, prometheus.GaugeValue, float64(w.Count), state)
		to <- prometheus.MustNewConstMetric(oldestDesc, prometheus.GaugeValue, age, state)
	}
}
