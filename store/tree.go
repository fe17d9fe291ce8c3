package store

import (
	"bytes"
	"errors"
	"fmt"
)

// maxDepth is more levels than a tree of any size has: a page holds dozens of
// elements.
const maxDepth = 64

// element is an element of a page, valid as long as the page.
type element struct {
	key, value []byte
	child      uint64 // of a branch
	bucket     bool   // the value is the header of a bucket
}

func (e element) clone() element {
	e.key, e.value = bytes.Clone(e.key), bytes.Clone(e.value)
	return e
}

// limits are those of the keys in a page: the first is from, the others are
// less than to; nil is none. bbolt finds the element that leads to a page by the
// page's first key, and breaks the file when it finds none.
type limits struct{ from, to []byte }

// tree checks a page and all below it, and lets visit see what the leaves
// hold, in order.
func (p *pages) tree(id uint64, in limits, depth int, visit func(element) error) error {
	page, err := p.read(id)
	if err != nil {
		return err
	}
	if native.Uint16(page[8:]) == leafPage {
		if err := elements(page, in, visit); err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
		return nil
	}
	var children []element
	err = elements(page, in, func(e element) error {
		children = append(children, e.clone())
		return nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("page %d: %w", id, err)
	case len(children) == 0 || depth == maxDepth:
		return fmt.Errorf("page %d leads nowhere", id)
	}
	for i, e := range children {
		below := limits{e.key, in.to}
		if i+1 < len(children) {
			below.to = children[i+1].key
		}
		if err := p.tree(e.child, below, depth+1, visit); err != nil {
			return err
		}
	}
	return nil
}

var (
	errNoTree  = errors.New("it is neither a branch nor a leaf")
	errElement = errors.New("an element points out of its place")
	errOrder   = errors.New("a key is out of order")
)

// elements checks what stands in a page and lets visit see it. bbolt writes
// keys and values behind the elements without a gap.
func elements(page []byte, in limits, visit func(element) error) error {
	if len(page) < pageHeader {
		return errElement
	}
	flags, count := native.Uint16(page[8:]), uint64(native.Uint16(page[10:]))
	if flags != branchPage && flags != leafPage {
		return errNoTree
	}
	first := pageHeader + count*pageElement
	if first > uint64(len(page)) {
		return errElement
	}
	data := page[first:]
	var last []byte
	for i := range count {
		at := pageHeader + i*pageElement
		position := uint64(len(page)-len(data)) - at // where its data must begin
		e, size, err := parse(page[at:at+pageElement], flags == branchPage, position, data)
		if err != nil {
			return err
		}
		switch {
		case last == nil && in.from != nil && !bytes.Equal(e.key, in.from),
			last != nil && bytes.Compare(last, e.key) >= 0,
			in.to != nil && bytes.Compare(e.key, in.to) >= 0:
			return errOrder
		}
		if err := visit(e); err != nil {
			return err
		}
		last, data = e.key, data[size:]
	}
	return nil
}

// parse reads an element whose data is the beginning of data, and says how
// much of it that is.
func parse(raw []byte, branch bool, position uint64, data []byte) (e element, size uint64, err error) {
	var begins, key, value uint64
	if branch {
		begins, key, e.child = uint64(native.Uint32(raw)), uint64(native.Uint32(raw[4:])), native.Uint64(raw[8:])
	} else {
		kind := native.Uint32(raw)
		if kind > bucketFlag {
			return e, 0, errElement
		}
		e.bucket = kind == bucketFlag
		begins, key, value = uint64(native.Uint32(raw[4:])), uint64(native.Uint32(raw[8:])), uint64(native.Uint32(raw[12:]))
	}
	size = key + value
	if begins != position || key == 0 || size > uint64(len(data)) {
		return e, 0, errElement
	}
	e.key, e.value = data[:key], data[key:size]
	return e, size, nil
}
