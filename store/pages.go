package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// This file reads a database as bbolt lays it out (its internal/common),
// without bbolt: that maps the file and trusts what it finds, and a page that
// points astray would end the process instead of failing.

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
	minPageBits = 10 // bbolt looks for the second header from 1 KB …
	maxPageBits = 24 // … up to 16 MB
)

var native = binary.NativeEndian

// header says where a file's newest state begins. A file has two, written in
// turn, each with a checksum.
type header struct {
	size, root, freelist, end, transaction uint64
	// alone says that the other one is broken, which was perhaps the newer.
	alone bool
}

// pages are the pages of a file that is not mapped.
type pages struct {
	header
	ctx    context.Context
	file   io.ReaderAt
	buffer []byte   // the page read last
	seen   []uint64 // a bit for each page
}

// withPages lets fn read the pages of a file in its newest state. Nobody may
// write meanwhile, unless fn reads no more than the header.
func withPages(ctx context.Context, f *os.File, fn func(*pages) error) error {
	headers, alone, err := readHeaders(f)
	if err != nil {
		return err
	}
	newest := headers[0]
	for _, h := range headers {
		if h.transaction > newest.transaction {
			newest = h
		}
	}
	newest.alone = alone
	return pagesOf(ctx, f, newest, fn)
}

// pagesOf lets fn read the pages of a state that nobody changes meanwhile.
func pagesOf(ctx context.Context, f *os.File, h header, fn func(*pages) error) error {
	info, err := f.Stat() // after the header: somebody else may be writing, and a file grows first
	if err != nil {
		return err
	}
	if need := h.end * h.size; need > uint64(info.Size()) {
		return fmt.Errorf("%w: it is cut short, %d of %d bytes are left", ErrDamaged, info.Size(), need)
	}
	return fn(&pages{header: h, ctx: ctx, file: f, seen: make([]uint64, h.end/64+1)})
}

// checkHeader checks what bbolt reads when it opens a file. The file may be
// in use by somebody else.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // read-only: there is nothing to lose
	return withPages(context.Background(), f, func(*pages) error { return nil })
}

// readHeaders returns the whole ones of the two headers, at least one, and
// whether one is broken. They stand at the start of the first two pages,
// whose size only they tell.
func readHeaders(file io.ReaderAt) (whole []header, broken bool, err error) {
	offsets := []int64{0}
	for bits := minPageBits; bits <= maxPageBits; bits++ {
		offsets = append(offsets, 1<<bits)
	}
	seen := false
	for _, at := range offsets {
		m := make([]byte, metaSize)
		if _, err := file.ReadAt(m, at+pageHeader); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, false, fmt.Errorf("%w: its header cannot be read: %w", ErrDamaged, err)
		}
		known := native.Uint32(m) == metaMagic
		seen = seen || known
		sum := fnv.New64a()
		sum.Write(m[:56])
		h := header{
			size: uint64(native.Uint32(m[8:])), root: native.Uint64(m[16:]), freelist: native.Uint64(m[32:]),
			end: native.Uint64(m[40:]), transaction: native.Uint64(m[48:]),
		}
		if known && sum.Sum64() == native.Uint64(m[56:]) && (at == 0 || h.size == uint64(at)) {
			whole = append(whole, h)
		}
	}
	switch {
	case !seen:
		return nil, false, fmt.Errorf("%w, or both its headers are gone", ErrForeign)
	case len(whole) == 0 || whole[0].size < 1<<minPageBits:
		return nil, false, fmt.Errorf("%w: both its headers are broken", ErrDamaged)
	}
	return whole, len(whole) == 1, nil
}

// mark notes that pages are in use, and refuses those that are already.
func (p *pages) mark(id, n uint64) error {
	if id < 2 || id >= p.end || n > p.end-id {
		return fmt.Errorf("page %d is not among the %d pages", id, p.end)
	}
	for i := id; i < id+n; i++ {
		if p.seen[i/64]&(1<<(i%64)) != 0 {
			return fmt.Errorf("page %d is used twice", i)
		}
		p.seen[i/64] |= 1 << (i % 64)
	}
	return nil
}

// unused returns a page that nothing leads to and that is not free, either; 0
// when there is none.
func (p *pages) unused() uint64 {
	for i := uint64(2); i < p.end; i++ {
		if p.seen[i/64]&(1<<(i%64)) == 0 {
			return i
		}
	}
	return 0
}

// read reads a page with what overflows from it into the next ones, and marks
// them. The page is valid until the next is read.
func (p *pages) read(id uint64) ([]byte, error) {
	if err := p.ctx.Err(); err != nil {
		return nil, err
	}
	if err := p.mark(id, 1); err != nil {
		return nil, err
	}
	if uint64(len(p.buffer)) < p.size {
		p.buffer = make([]byte, p.size)
	}
	page := p.buffer[:p.size]
	if _, err := p.file.ReadAt(page, int64(id*p.size)); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	if native.Uint64(page) != id {
		return nil, fmt.Errorf("page %d is overwritten", id)
	}
	more := uint64(native.Uint32(page[12:]))
	if more == 0 {
		return page, nil
	}
	if err := p.mark(id+1, more); err != nil {
		return nil, err
	}
	page = make([]byte, (more+1)*p.size)
	if _, err := p.file.ReadAt(page, int64(id*p.size)); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	return page, nil
}

// readFree marks the free pages.
func (p *pages) readFree() error {
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
	entries := page[uint64(len(page))-room*8:]
	for i := range n {
		if err := p.mark(native.Uint64(entries[i*8:]), 1); err != nil {
			return fmt.Errorf("the list of free pages is broken: %w", err)
		}
	}
	return nil
}
