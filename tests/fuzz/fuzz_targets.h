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

}  // namespace holdfast
