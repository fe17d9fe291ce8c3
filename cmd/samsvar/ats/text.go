package ats

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Why a file cannot be read as text.
var (
	// ErrEmpty says that there is nothing in the file.
	ErrEmpty = errors.New("the file is empty")
	// ErrSpreadsheet says that the file is a workbook.
	ErrSpreadsheet = errors.New("this is a spreadsheet, not a CSV file: open it and save it as “CSV UTF-8”, or choose CSV when exporting")
	// ErrBinary says that the file is no text of a known encoding.
	ErrBinary = errors.New("this is not a text file: export the candidates as CSV and import that")
)

// The encodings, as people call them.
const (
	utf8Name    = "UTF-8"
	utf16LEName = "UTF-16 LE"
	utf16BEName = "UTF-16 BE"
	windowsName = "Windows-1252"
)

// decode returns the file as UTF-8 without a byte order mark, and what its
// encoding was.
func decode(data []byte) (text []byte, name string, err error) {
	switch {
	case len(data) == 0:
		return nil, "", ErrEmpty
	case bytes.HasPrefix(data, []byte("PK")) && len(data) > 3 && data[2] < 9, // zip: xlsx, ods, numbers
		bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}): // xls
		return nil, "", ErrSpreadsheet
	}
	var from encoding.Encoding
	switch name = guessEncoding(data); name {
	case utf16LEName:
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf16BEName:
		from = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case windowsName:
		from = charmap.Windows1252
	default:
		from = encoding.Nop
	}
	text, err = from.NewDecoder().Bytes(data)
	if err != nil {
		return nil, "", fmt.Errorf("read the file as %s: %w", name, err)
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	switch {
	case bytes.ContainsFunc(text, control):
		return nil, "", ErrBinary
	case len(bytes.TrimSpace(text)) == 0:
		return nil, "", ErrEmpty
	}
	return text, name, nil
}

// control says whether a character stands in no text file.
func control(r rune) bool {
	return r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) || r == '\uFFFE'
}

// guessEncoding goes by the byte order mark, then by where the zero bytes of
// Latin letters lie, then by whether the bytes are valid UTF-8.
func guessEncoding(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return utf8Name
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return utf16LEName
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return utf16BEName
	}
	var zeros [2]int
	head := data[:min(len(data), 4096)]
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	// A header row is mostly Latin letters: half of its bytes are zero.
	switch many := len(head) / 3; {
	case zeros[1] > many && zeros[0] == 0:
		return utf16LEName
	case zeros[0] > many && zeros[1] == 0:
		return utf16BEName
	case utf8.Valid(data):
		return utf8Name
	}
	return windowsName
}
