package store

import (
	"cmp"
	"fmt"
	"hash/crc32"
	"strconv"
	"time"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sumOf returns what a record adds to the sum of its bucket.
func sumOf(k, value []byte) uint64 {
	return uint64(crc32.Update(crc32.Checksum(k, castagnoli), castagnoli, value))
}

// found is what a check read in a bucket.
type found struct {
	records   int
	sum, kept uint64 // of the records, as read and as the bucket says
}

// findings are what a check read, by bucket, and the records of meta.
type findings struct {
	header  header
	buckets map[bucket]found
	meta    map[string]string
	sealed  bool // nobody has written to the file since it was closed
}

// version returns the version of the file, 0 for one that holds nothing yet.
func (f findings) version(steps []migration) (int, error) {
	if len(f.buckets) == 0 {
		return 0, nil
	}
	return versionOf(f.meta[string(metaFormat)], f.meta[string(metaVersion)], steps)
}

// trusted returns what the records of meta say is wrong with the file, if they
// are those that were written.
func (f findings) trusted(err error) error {
	if _, ours := f.meta[string(metaFormat)]; !ours {
		return err
	}
	return cmp.Or(f.addUp(), err)
}

// closedAt returns when the file was closed; false when it was not.
func (f findings) closedAt() (time.Time, bool) {
	v, closed := f.meta[string(metaClosed)]
	at, _ := cutTime([]byte(v))
	return at, closed
}

// addUp says whether the records of every bucket are those that were written.
func (f findings) addUp() error {
	for name, b := range f.buckets {
		if b.sum != b.kept {
			return fmt.Errorf("%w: the records in %s do not add up", ErrDamaged, name)
		}
	}
	return nil
}

// sum adds up all records.
func (f findings) sum() (total uint64) {
	for _, b := range f.buckets {
		total += b.sum
	}
	return total
}

// nothingMissing says whether every bucket is there, and the newest change:
// where one header is broken, the other may be from before it. A crash does
// not break one: it fits into a sector, which disks write whole.
func (f findings) nothingMissing() error {
	version, _ := strconv.Atoi(f.meta[string(metaVersion)]) // checked before
	for _, name := range bucketsOf(version) {
		if _, there := f.buckets[name]; !there && len(f.buckets) > 0 {
			return fmt.Errorf("%w: %s is missing", ErrDamaged, name)
		}
	}
	if f.header.alone {
		return fmt.Errorf("%w: one of its two headers is broken, and perhaps the newest change with it", ErrDamaged)
	}
	return nil
}

// check reads the pages from the root, and from there only what stands in
// meta, or all of them when full is set: that each is used once or free, that
// its elements lie in it without a gap, that keys are in order and within
// what the page above says, and what the records add up to.
func (p *pages) check(full bool) (findings, error) {
	f := findings{header: p.header, buckets: make(map[bucket]found), meta: make(map[string]string)}
	err := p.readFree()
	var top []element
	if err == nil {
		err = p.tree(p.root, limits{}, 0, func(e element) error {
			top = append(top, e.clone())
			return nil
		})
	}
	for _, e := range top {
		b := found{}
		if err == nil && (full || bucket(e.key) == inMeta) {
			b, err = p.bucket(e, f.meta)
		}
		f.buckets[bucket(e.key)] = b
	}
	if err == nil && full {
		if lost := p.unused(); lost != 0 {
			err = fmt.Errorf("page %d is lost", lost)
		}
	}
	if err != nil && p.ctx.Err() == nil {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return f, err
}

// bucket checks everything in a bucket. Those in meta are put there.
func (p *pages) bucket(e element, meta map[string]string) (found, error) {
	if !e.bucket || len(e.value) < bucketHeader {
		return found{}, fmt.Errorf("%.40q is not a bucket", e.key)
	}
	b := found{kept: native.Uint64(e.value[8:])}
	var nested []element // no file of ours has any
	visit := func(r element) error {
		if r.bucket {
			nested = append(nested, r.clone())
			return nil
		}
		b.records++
		b.sum += sumOf(r.key, r.value)
		if bucket(e.key) == inMeta {
			meta[string(r.key)] = string(r.value)
		}
		return nil
	}
	var err error
	if root := native.Uint64(e.value); root != 0 {
		err = p.tree(root, limits{}, 0, visit)
	} else { // a small bucket stands in the value itself
		err = elements(e.value[bucketHeader:], limits{}, visit)
	}
	for _, r := range nested {
		if err == nil {
			_, err = p.bucket(r, nil)
		}
	}
	return b, err
}
