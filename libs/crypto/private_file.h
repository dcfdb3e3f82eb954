// Small files for their owner alone, written so that a crash leaves the old file, the new one or
// none, never a part.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libs/base/status.h"

namespace holdfast {

enum class FileMode { kReadOnly = 0400, kReadWrite = 0600 };

// Makes `folder` and its missing parents with mode 0700, durably. An existing one that others may
// enter is refused (KEYS_NOT_PRIVATE).
Result<void> MakePrivateFolder(const std::filesystem::path& folder);

// Makes the names of a folder's files durable.
Result<void> SyncFolder(const std::filesystem::path& folder);

// Writes a new file: fsync, atomic link, fsync of the folder. FILE_EXISTS when there is one, which
// stays as it is.
Result<void> CreatePrivateFile(const std::filesystem::path& path, std::string_view bytes,
                               FileMode mode);

// Writes a file, replacing one that is there: fsync, atomic rename, fsync of the folder.
Result<void> ReplacePrivateFile(const std::filesystem::path& path, std::string_view bytes,
                                FileMode mode);

// The bytes of a file of at most 1 MiB. KEYS_NOT_PRIVATE when group or others have any right to it,
// FILE_MISSING when there is none, FILE_UNREADABLE otherwise. The caller wipes secrets.
Result<std::string> ReadPrivateFile(const std::filesystem::path& path);

// Overwrites a file's bytes with zeros, syncs and removes it, durably. Copies that the disk or
// backups keep are out of reach.
Result<void> ShredPrivateFile(const std::filesystem::path& path);

}  // namespace holdfast
