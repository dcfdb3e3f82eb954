// The rows of an embedded log (embedded_log.h), as bytes.
#pragma once

#include <sodium.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/eventlog/event_log.h"

namespace holdfast::log_keys {

inline constexpr std::string_view kFormatKey = "f";
inline constexpr std::string_view kFormat = "holdfast-log-1 ";  // then the log's id
inline constexpr size_t kIdSize = 16;

inline void AppendBigEndian(std::string& text, uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    text.push_back(static_cast<char>(value >> shift));
  }
}

inline uint64_t ReadBigEndian(std::string_view text) {
  uint64_t value = 0;
  for (const char c : text) value = value << 8 | static_cast<uint8_t>(c);
  return value;
}

inline std::string PartitionPrefix(const LogPartition& partition) {
  std::string key = "l" + partition.service;
  key.push_back('\0');
  AppendBigEndian(key, partition.partition, 4);
  return key;
}

inline std::string RecordKey(const LogPartition& partition, uint64_t offset) {
  std::string key = PartitionPrefix(partition);
  AppendBigEndian(key, offset, 8);
  return key;
}

// The partition of a record's key.
inline LogPartition PartitionOfKey(std::string_view key) {
  const size_t end = key.find('\0');
  return {.service = std::string(key.substr(1, end - 1)),
          .partition = static_cast<uint32_t>(ReadBigEndian(key.substr(end + 1, 4)))};
}

// The offset of a record's key.
inline uint64_t OffsetOfKey(std::string_view key) {
  return ReadBigEndian(key.substr(key.size() - 8));
}

inline std::string NewLogId() {
  std::string id(kIdSize, '\0');
  randombytes_buf(id.data(), id.size());
  return id;
}

}  // namespace holdfast::log_keys
