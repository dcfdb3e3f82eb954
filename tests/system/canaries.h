// For tests: texts and days that may stand nowhere, in every form that a program could write them
// in, and a search of whole folders for them: each file's bytes, and each key and value of each
// RocksDB among them, which its blocks may compress.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libs/base/civil_date.h"

namespace holdfast::testing {

class Canaries {
 public:
  // A text of at least six bytes: as it is, in upper and lower case, in hex, base64 and UTF-16.
  void AddText(const std::string& text);
  // A day: as ISO, as returns write it, and as protobuf has it.
  void AddDay(CivilDate day);

  size_t size() const { return names_.size(); }

  // "FORM of CANARY" of each that stands in `bytes`, once.
  std::set<std::string> FindIn(std::string_view bytes) const;

  // "FILE: FORM of CANARY" of each that a file below `folder` has, by name or content. Databases
  // are read through RocksDB too; nobody may have them open.
  std::set<std::string> FindInFolder(const std::filesystem::path& folder) const;
  // The files' bytes alone: also while a process writes them.
  std::set<std::string> FindInFiles(const std::filesystem::path& folder) const;

 private:
  void AddForm(const std::string& bytes, const std::string& form, const std::string& of);
  std::set<std::string> FindInDatabase(const std::filesystem::path& folder) const;

  struct Form {
    std::string bytes;
    std::string name;
  };
  std::set<std::string> names_;
  std::unordered_map<uint32_t, std::vector<Form>> forms_;  // by their first four bytes
  std::vector<bool> starts_ = std::vector<bool>(1 << 16);  // what forms begin with, two bytes of it
};

}  // namespace holdfast::testing
