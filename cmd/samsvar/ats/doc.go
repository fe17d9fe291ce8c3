// Package ats reads candidates from the CSV files that applicant tracking
// systems export: Greenhouse, Lever, Ashby, Teamtailor, Workable, Recman,
// Jobylon and their like, in English and Norwegian.
//
// It is pure: bytes in, rows out. It guesses the encoding, the separator, the
// columns and the order of days and months, says what it guessed, and refuses
// with a reason where a guess could be wrong.
package ats
