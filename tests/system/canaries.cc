#include "tests/system/canaries.h"

#include <rocksdb/db.h>
#include <rocksdb/sst_file_reader.h>
#include <sodium.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>

#include "libs/base/check.h"

namespace holdfast::testing {
namespace {

namespace fs = std::filesystem;

constexpr size_t kShortest = 6;

std::string MapEach(std::string text, int (*change)(int)) {
  for (char& c : text) c = static_cast<char>(change(static_cast<unsigned char>(c)));
  return text;
}

std::string HexOf(std::string_view text) {
  std::string hex(text.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const uint8_t*>(text.data()),
                 text.size());
  hex.pop_back();
  return hex;
}

// What of the base64 of any text that holds `text` does not depend on what stands around it.
std::string Base64Of(std::string_view text, size_t before, int variant) {
  const std::string padded = std::string(before, 'x') + std::string(text);
  std::string encoded(sodium_base64_encoded_len(padded.size(), variant), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(), reinterpret_cast<const uint8_t*>(padded.data()),
                    padded.size(), variant);
  const size_t first = (before * 8 + 5) / 6;
  const size_t last = padded.size() * 8 / 6;
  return encoded.substr(first, last - first);
}

std::string Utf16Of(std::string_view text, bool big_endian) {
  std::string wide;
  for (const char c : text) wide.append(big_endian ? std::string{'\0', c} : std::string{c, '\0'});
  return wide.substr(0, wide.size() - 1);
}

std::string BytesOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

uint32_t FirstFour(const char* bytes) {
  uint32_t four = 0;
  std::memcpy(&four, bytes, 4);
  return four;
}

uint16_t FirstTwo(const char* bytes) {
  uint16_t two = 0;
  std::memcpy(&two, bytes, 2);
  return two;
}

// All that the iterator has, as one text.
std::string AllOf(rocksdb::Iterator& iterator) {
  std::string all;
  for (iterator.SeekToFirst(); iterator.Valid(); iterator.Next()) {
    all.append(iterator.key().data(), iterator.key().size()).append("\n");
    all.append(iterator.value().data(), iterator.value().size()).append("\n");
  }
  HOLDFAST_CHECK(iterator.status().ok());
  return all;
}

}  // namespace

void Canaries::AddForm(const std::string& bytes, const std::string& form, const std::string& of) {
  HOLDFAST_CHECK(bytes.size() >= kShortest - 1);
  forms_[FirstFour(bytes.data())].push_back({bytes, form + " of " + of});
  starts_[FirstTwo(bytes.data())] = true;
}

void Canaries::AddText(const std::string& text) {
  HOLDFAST_CHECK(text.size() >= kShortest);
  if (!names_.insert(text).second) return;
  AddForm(text, "text", text);
  const auto lower = MapEach(text, std::tolower);
  const auto upper = MapEach(text, std::toupper);
  if (lower != text) AddForm(lower, "lower case", text);
  if (upper != text) AddForm(upper, "upper case", text);
  AddForm(HexOf(text), "hex", text);
  AddForm(MapEach(HexOf(text), std::toupper), "hex", text);
  for (size_t before = 0; before < 3; ++before) {
    AddForm(Base64Of(text, before, sodium_base64_VARIANT_ORIGINAL), "base64", text);
    AddForm(Base64Of(text, before, sodium_base64_VARIANT_URLSAFE), "base64", text);
  }
  AddForm(Utf16Of(text, false), "UTF-16", text);
  AddForm(Utf16Of(text, true), "UTF-16", text);
}

void Canaries::AddDay(CivilDate day) {
  const std::string iso = day.Iso();
  if (!names_.insert(iso).second) return;
  const std::string year = iso.substr(0, 4);
  const std::string month = iso.substr(5, 2);
  const std::string of_month = iso.substr(8, 2);
  for (const auto& text :
       {iso, of_month + "/" + month + "/" + year, of_month + "-" + month + "-" + year}) {
    AddForm(text, "text", iso);
    AddForm(HexOf(text), "hex", iso);
    for (size_t before = 0; before < 3; ++before) {
      AddForm(Base64Of(text, before, sodium_base64_VARIANT_ORIGINAL), "base64", iso);
    }
    AddForm(Utf16Of(text, false), "UTF-16", iso);
  }
  // holdfast.common.v1.Date: fields 1 to 3, each a varint.
  std::string message = {8, static_cast<char>((day.year() & 127) | 128),
                         static_cast<char>(day.year() >> 7)};
  message += {16, static_cast<char>(day.month()), 24, static_cast<char>(day.day())};
  AddForm(message, "protobuf", iso);
}

std::set<std::string> Canaries::FindIn(std::string_view bytes) const {
  std::set<std::string> found;
  for (size_t i = 0; i + kShortest - 1 <= bytes.size(); ++i) {
    if (!starts_[FirstTwo(bytes.data() + i)]) continue;
    const auto forms = forms_.find(FirstFour(bytes.data() + i));
    if (forms == forms_.end()) continue;
    for (const auto& form : forms->second) {
      if (bytes.substr(i).starts_with(form.bytes)) found.insert(form.name);
    }
  }
  return found;
}

std::set<std::string> Canaries::FindInFiles(const fs::path& folder) const {
  std::set<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = fs::relative(entry.path(), folder);
    for (const auto& form : FindIn(name)) found.insert(name + ": " + form);
    if (!entry.is_regular_file()) continue;
    for (const auto& form : FindIn(BytesOf(entry.path()))) found.insert(name + ": " + form);
  }
  return found;
}

std::set<std::string> Canaries::FindInDatabase(const fs::path& folder) const {
  std::set<std::string> found;
  rocksdb::DB* opened = nullptr;
  HOLDFAST_CHECK(rocksdb::DB::OpenForReadOnly({}, folder, &opened).ok());
  const std::unique_ptr<rocksdb::DB> database(opened);
  const std::unique_ptr<rocksdb::Iterator> rows(database->NewIterator({}));
  found.merge(FindIn(AllOf(*rows)));
  // Rows that others have since replaced, or that were deleted, are in their tables still.
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".sst") continue;
    rocksdb::SstFileReader table({});
    HOLDFAST_CHECK(table.Open(entry.path()).ok());
    const std::unique_ptr<rocksdb::Iterator> table_rows(table.NewIterator({}));
    found.merge(FindIn(AllOf(*table_rows)));
  }
  return found;
}

std::set<std::string> Canaries::FindInFolder(const fs::path& folder) const {
  auto found = FindInFiles(folder);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().filename() != "CURRENT") continue;
    const std::string name = fs::relative(entry.path().parent_path(), folder);
    for (const auto& form : FindInDatabase(entry.path().parent_path()))
      found.insert(name + ": " + form);
  }
  return found;
}

}  // namespace holdfast::testing
