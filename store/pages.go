package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// This file reads a database as bbolt lays it out (its internal/common),
// without bbolt: that maps the file and trusts what it finds, and a page that
// points beyond the end would end the process instead of failing.

const (
	pageHeader  = 16 // id 8, flags 2, count 2, overflow 4
	pageElement = 16 // of a leaf: flags 4, position 4, key 4, value 4; of a branch: position 4, key 4, child 8

	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10
	bucketFlag   = 0x01
	bucketHeader = 16 // root 8, sequence 8

	metaMagic   = 0xED0CDAED
	metaSize    = 64 // magic 4, version 4, page size 4, flags 4, root 16, freelist 8, end 8, transaction 8, checksum 8
	maxPageBits = 24 // bbolt looks for the second copy of the meta up to 16 MB
)

var native = binary.NativeEndian

// pages are the pages of a file that is not mapped.
type pages struct {
	file io.ReaderAt
	// What the newest whole meta says.
	size, root, freelist, end, transaction uint64

	seen map[uint64]bool
}

// withPages reads the meta of a file and then lets fn read its pages.
func withPages(path string, fn func(*pages) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // read-only: there is nothing to lose
	p := &pages{file: f, seen: make(map[uint64]bool)}
	if err := p.readMeta(); err != nil {
		return err
	}
	info, err := f.Stat() // after the meta: somebody else may be writing, and a file grows first
	if err != nil {
		return err
	}
	if need := p.end * p.size; need > uint64(info.Size()) {
		return fmt.Errorf("%w: it is cut short, %d of %d bytes are left", ErrDamaged, info.Size(), need)
	}
	return fn(p)
}

// checkMeta checks what bbolt reads when it opens a file. The file may be in
// use by somebody else.
func checkMeta(path string) error {
	return withPages(path, func(*pages) error { return nil })
}

// checkPages checks the list of free pages, and every page when full is set.
// Nobody may write meanwhile.
func checkPages(path string, full bool) error {
	return withPages(path, func(p *pages) error {
		err := p.checkFreelist()
		if err == nil && full {
			err = p.check(p.root)
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return nil
	})
}

// readMeta finds the newest of the two copies at the start of the first two
// pages, whose size only the copies themselves tell.
func (p *pages) readMeta() error {
	seen, whole := false, false
	offsets := []int64{0}
	for bits := 10; bits <= maxPageBits; bits++ {
		offsets = append(offsets, 1<<bits)
	}
	for _, at := range offsets {
		m := make([]byte, metaSize)
		if _, err := p.file.ReadAt(m, at+pageHeader); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		if native.Uint32(m) != metaMagic {
			continue
		}
		seen = true
		sum := fnv.New64a()
		sum.Write(m[:56])
		if sum.Sum64() != native.Uint64(m[56:]) || whole && native.Uint64(m[48:]) < p.transaction {
			continue
		}
		whole = true
		p.size, p.root = uint64(native.Uint32(m[8:])), native.Uint64(m[16:])
		p.freelist, p.end, p.transaction = native.Uint64(m[32:]), native.Uint64(m[40:]), native.Uint64(m[48:])
	}
	switch {
	case !seen:
		return ErrForeign
	case !whole || p.size < pageHeader+metaSize:
		return fmt.Errorf("%w: both copies of its header are broken", ErrDamaged)
	}
	return nil
}

// read returns a page with its overflow.
func (p *pages) read(id uint64) ([]byte, error) {
	if id < 2 || id >= p.end {
		return nil, fmt.Errorf("page %d is not among the %d pages", id, p.end)
	}
	header := make([]byte, pageHeader)
	if _, err := p.file.ReadAt(header, int64(id*p.size)); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	overflow := uint64(native.Uint32(header[12:]))
	if native.Uint64(header) != id || overflow >= p.end-id {
		return nil, fmt.Errorf("page %d is overwritten", id)
	}
	for i := id; i <= id+overflow; i++ {
		if p.seen[i] {
			return nil, fmt.Errorf("page %d is used twice", i)
		}
		p.seen[i] = true
	}
	page := make([]byte, (overflow+1)*p.size)
	if _, err := p.file.ReadAt(page, int64(id*p.size)); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	return page, nil
}

func (p *pages) checkFreelist() error {
	if p.freelist == ^uint64(0) { // none is kept; bbolt finds the free pages itself
		return nil
	}
	page, err := p.read(p.freelist)
	if err != nil {
		return err
	}
	n, room := uint64(native.Uint16(page[10:])), uint64(len(page)-pageHeader)/8
	if n == 0xFFFF { // more than fit into 16 bits; the first entry says how many
		n, room = native.Uint64(page[pageHeader:]), room-1
	}
	if native.Uint16(page[8:]) != freelistPage || n > room {
		return errors.New("the list of free pages is broken")
	}
	for i := range n {
		at := len(page) - int(room)*8 // entries begin where the room does
		if id := native.Uint64(page[at+int(i)*8:]); id < 2 || id >= p.end {
			return fmt.Errorf("the list of free pages names page %d of %d", id, p.end)
		}
	}
	return nil
}

// check checks a page and all below it.
func (p *pages) check(id uint64) error {
	page, err := p.read(id)
	if err != nil {
		return err
	}
	children, err := elements(page)
	if err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	for _, child := range children {
		if err := p.check(child); err != nil {
			return err
		}
	}
	return nil
}

var errElement = errors.New("an element points out of its page")

// elements checks the elements of a page and returns the pages they lead to.
func elements(page []byte) (children []uint64, err error) {
	if len(page) < pageHeader {
		return nil, errElement
	}
	flags, count := native.Uint16(page[8:]), int(native.Uint16(page[10:]))
	if flags != branchPage && flags != leafPage || flags == branchPage && count == 0 {
		return nil, errors.New("it is neither a branch nor a leaf")
	}
	for i := range count {
		at := pageHeader + i*pageElement
		if at+pageElement > len(page) {
			return nil, errElement
		}
		e := page[at:]
		if flags == branchPage {
			if uint64(native.Uint32(e))+uint64(native.Uint32(e[4:])) > uint64(len(e)) {
				return nil, errElement
			}
			children = append(children, native.Uint64(e[8:]))
			continue
		}
		below, err := leaf(e)
		if err != nil {
			return nil, err
		}
		children = append(children, below...)
	}
	return children, nil
}

// leaf checks one element of a leaf, from its first byte to the page's last.
func leaf(e []byte) (children []uint64, err error) {
	key := uint64(native.Uint32(e[4:]))
	value := key + uint64(native.Uint32(e[8:]))
	end := value + uint64(native.Uint32(e[12:]))
	if end > uint64(len(e)) {
		return nil, errElement
	}
	if native.Uint32(e)&bucketFlag == 0 {
		return nil, nil
	}
	if end-value < bucketHeader {
		return nil, errElement
	}
	if root := native.Uint64(e[value:]); root != 0 {
		return []uint64{root}, nil
	}
	return elements(e[value+bucketHeader : end]) // a small bucket stands in the value itself
}
