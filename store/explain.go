package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
)

// Explain says what is in the way of the file path and what to do about it, in
// the names its reader gave: nobody knows what a draft is called. The error
// still wraps what the system said. Other errors are returned as they are.
func Explain(path string, err error) error {
	cause, known := errors.AsType[syscall.Errno](err)
	if !known {
		return err
	}
	failed, of := errors.AsType[*fs.PathError](err)
	itself, folder := of && failed.Path == path, filepath.Dir(path)
	var what string
	switch {
	case errors.Is(cause, fs.ErrNotExist) && itself:
		what = path + " is not there. Look at its name"
	case errors.Is(cause, fs.ErrNotExist):
		what = fmt.Sprintf("the folder %s is not there. Make it, or choose another place", folder)
	case errors.Is(cause, fs.ErrPermission) && itself:
		what = fmt.Sprintf("this user may not open %s. Run samsvar as the user it belongs to", path)
	case errors.Is(cause, fs.ErrPermission):
		what = fmt.Sprintf("this user may not write in the folder %s. Run samsvar as the user it belongs to, or choose another place", folder)
	case errors.Is(cause, syscall.EROFS):
		what = fmt.Sprintf("nobody may write in the folder %s: its file system is for reading only. Choose another place", folder)
	case errors.Is(cause, syscall.ENOSPC):
		what = fmt.Sprintf("there is no room for %s: the disk is full. Make room, or choose another place", path)
	case errors.Is(cause, syscall.EDQUOT):
		what = fmt.Sprintf("there is no room for %s: this user's quota is used up. Make room, or choose another place", path)
	default:
		return err
	}
	return fmt.Errorf("%s (%w)", what, cause)
}
