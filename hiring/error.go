package hiring

import (
	"errors"
	"fmt"
)

// Error is a sentence for the person who caused it, naming the thing.
//
// The English format is also the key under which the message catalogue finds
// its translation, so the same error reads well in every language.
type Error struct {
	Format string // English, with fmt verbs
	Args   []any
}

// Command is the word of the command that a sentence tells somebody to type,
// such as roles. They read it in their language, after the command's name.
type Command string

// Errorf returns an [Error] with an English sentence and its arguments.
func Errorf(format string, args ...any) *Error {
	return &Error{Format: format, Args: args}
}

// Error returns the sentence in English.
func (e *Error) Error() string { return fmt.Sprintf(e.Format, e.Args...) }

// FieldErrors are the complaints about one form, by the field they belong to.
type FieldErrors map[Field]*Error

// Error returns the first complaint in the order of the fields' names.
func (f FieldErrors) Error() string {
	first := Field("")
	for field := range f {
		if first == "" || field < first {
			first = field
		}
	}
	if first == "" {
		return "no field errors"
	}
	return string(first) + ": " + f[first].Error()
}

// OrNil returns f as an error, or nil when there is no complaint.
func (f FieldErrors) OrNil() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// Field names one input of a form, in errors and in the form itself.
type Field string

var (
	// ErrRepeated says that the act was already carried out: Slack delivered
	// the same interaction twice, or another process was first.
	ErrRepeated = errors.New("already carried out")
	// ErrNothing says that there is nothing to do or nothing left to say.
	ErrNothing = errors.New("nothing to do")
)
