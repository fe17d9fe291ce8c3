package bot

// Meter hears what the bot does, so that it can be counted. Its methods must
// be quick and may be called from any goroutine. Kinds are of a fixed set: no
// id and no name of anybody is handed over.
type Meter interface {
	// Taken hears that an envelope came in. What it returns is called with the
	// envelope's kind once its acknowledgement is on its way.
	Taken() (acked func(kind string))
	// Failed hears that a request failed for a reason nobody foresaw.
	Failed(kind string)
	// Refused hears that a request was turned away because of too many others.
	Refused(kind string)
	// Connected hears how many connections to Slack are open now.
	Connected(lines int)
	// NotConnected hears that an attempt to connect failed.
	NotConnected()
}

// Kinds returns the kinds of what a [Meter] hears.
func Kinds() []string {
	return []string{
		string(onCommand), string(onAction), string(onSubmit), string(onSuggest), string(onShortcut), string(onEvent), string(onOther),
	}
}

// noMeter counts nothing.
type noMeter struct{}

func (noMeter) Taken() func(string) { return func(string) {} }
func (noMeter) Failed(string)       {}
func (noMeter) Refused(string)      {}
func (noMeter) Connected(int)       {}
func (noMeter) NotConnected()       {}
