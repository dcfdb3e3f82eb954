// What the fuzzers call with any bytes at all: it must neither crash nor break what it promises.
#pragma once

#include <cstddef>
#include <cstdint>

namespace holdfast {

// Reads the bytes as a CSV file and writes what was read: that is read back the same.
void FuzzCsv(const uint8_t* data, size_t size);

// Reads the bytes as the files of a return: a first line "YEAR", then files parted by a line "==
// NAME".
void FuzzReturn(const uint8_t* data, size_t size);

// Reads the bytes as the records of a journal, each after a byte (odd: it is made to continue the
// journal) and its length: the reader rule holds, and a reader comes to the same state.
void FuzzRecord(const uint8_t* data, size_t size);

// Reads the bytes as packs and calendars, parted by a line "== ", and counts the days of each
// clock.
void FuzzPack(const uint8_t* data, size_t size);

}  // namespace holdfast
