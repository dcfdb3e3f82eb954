#include "services/cases/domain/name_parts.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace holdfast::cases {
namespace {

// A byte that is no UTF-8 becomes a letter of its own, for private use: left as it is, it could make
// another letter with the byte that follows when what was between them is left out.
constexpr char32_t kNoUtf8 = 0xf700;

struct Decoded {
  char32_t letter = 0;
  size_t bytes = 0;  // 0: no UTF-8
};

// The first letter of `text`, which is not blank.
Decoded DecodeFirst(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  if (byte(0) < 0x80) return {byte(0), 1};
  const size_t bytes = byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : byte(0) >= 0xc2 ? 2 : 0;
  if (bytes == 0 || byte(0) > 0xf4 || text.size() < bytes) return {};
  char32_t letter = byte(0) & (0xff >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    letter = letter << 6 | (byte(i) & 0x3f);
  }
  return {letter, bytes};
}

void Encode(char32_t letter, std::string& to) {
  if (letter < 0x80) {
    to.push_back(static_cast<char>(letter));
  } else if (letter < 0x800) {
    to.push_back(static_cast<char>(0xc0 | letter >> 6));
    to.push_back(static_cast<char>(0x80 | (letter & 0x3f)));
  } else {
    if (letter < 0x10000) {
      to.push_back(static_cast<char>(0xe0 | letter >> 12));
    } else {
      to.push_back(static_cast<char>(0xf0 | letter >> 18));
      to.push_back(static_cast<char>(0x80 | (letter >> 12 & 0x3f)));
    }
    to.push_back(static_cast<char>(0x80 | (letter >> 6 & 0x3f)));
    to.push_back(static_cast<char>(0x80 | (letter & 0x3f)));
  }
}

// Letters from `first` to `last` that are one of `folded` with an accent, in either case.
struct Accented {
  char32_t first;
  char32_t last;
  std::string_view folded;
};

// Latin-1 Supplement, Latin Extended-A, what Romanian has of Extended-B, and Extended Additional
// (Welsh, Gaelic, Vietnamese and others), by letter. Upper and lower case alternate from U+0100 on.
constexpr auto kAccented = std::to_array<Accented>({
    {0x00c0, 0x00c5, "a"},  {0x00c6, 0x00c6, "ae"}, {0x00c7, 0x00c7, "c"},  {0x00c8, 0x00cb, "e"},
    {0x00cc, 0x00cf, "i"},  {0x00d0, 0x00d0, "d"},  {0x00d1, 0x00d1, "n"},  {0x00d2, 0x00d6, "o"},
    {0x00d8, 0x00d8, "o"},  {0x00d9, 0x00dc, "u"},  {0x00dd, 0x00dd, "y"},  {0x00de, 0x00de, "th"},
    {0x00df, 0x00df, "ss"}, {0x00e0, 0x00e5, "a"},  {0x00e6, 0x00e6, "ae"}, {0x00e7, 0x00e7, "c"},
    {0x00e8, 0x00eb, "e"},  {0x00ec, 0x00ef, "i"},  {0x00f0, 0x00f0, "d"},  {0x00f1, 0x00f1, "n"},
    {0x00f2, 0x00f6, "o"},  {0x00f8, 0x00f8, "o"},  {0x00f9, 0x00fc, "u"},  {0x00fd, 0x00fd, "y"},
    {0x00fe, 0x00fe, "th"}, {0x00ff, 0x00ff, "y"},  {0x0100, 0x0105, "a"},  {0x0106, 0x010d, "c"},
    {0x010e, 0x0111, "d"},  {0x0112, 0x011b, "e"},  {0x011c, 0x0123, "g"},  {0x0124, 0x0127, "h"},
    {0x0128, 0x0131, "i"},  {0x0132, 0x0133, "ij"}, {0x0134, 0x0135, "j"},  {0x0136, 0x0138, "k"},
    {0x0139, 0x0142, "l"},  {0x0143, 0x0149, "n"},  {0x014a, 0x014b, "ng"}, {0x014c, 0x0151, "o"},
    {0x0152, 0x0153, "oe"}, {0x0154, 0x0159, "r"},  {0x015a, 0x0161, "s"},  {0x0162, 0x0167, "t"},
    {0x0168, 0x0173, "u"},  {0x0174, 0x0175, "w"},  {0x0176, 0x0178, "y"},  {0x0179, 0x017e, "z"},
    {0x017f, 0x017f, "s"},  {0x01a0, 0x01a1, "o"},  {0x01af, 0x01b0, "u"},  {0x01cd, 0x01ce, "a"},
    {0x01cf, 0x01d0, "i"},  {0x01d1, 0x01d2, "o"},  {0x01d3, 0x01dc, "u"},  {0x0218, 0x0219, "s"},
    {0x021a, 0x021b, "t"},  {0x1e00, 0x1e01, "a"},  {0x1e02, 0x1e07, "b"},  {0x1e08, 0x1e09, "c"},
    {0x1e0a, 0x1e13, "d"},  {0x1e14, 0x1e1d, "e"},  {0x1e1e, 0x1e1f, "f"},  {0x1e20, 0x1e21, "g"},
    {0x1e22, 0x1e2b, "h"},  {0x1e2c, 0x1e2f, "i"},  {0x1e30, 0x1e35, "k"},  {0x1e36, 0x1e3d, "l"},
    {0x1e3e, 0x1e43, "m"},  {0x1e44, 0x1e4b, "n"},  {0x1e4c, 0x1e53, "o"},  {0x1e54, 0x1e57, "p"},
    {0x1e58, 0x1e5f, "r"},  {0x1e60, 0x1e69, "s"},  {0x1e6a, 0x1e71, "t"},  {0x1e72, 0x1e7b, "u"},
    {0x1e7c, 0x1e7f, "v"},  {0x1e80, 0x1e89, "w"},  {0x1e8a, 0x1e8d, "x"},  {0x1e8e, 0x1e8f, "y"},
    {0x1e90, 0x1e95, "z"},  {0x1e96, 0x1e96, "h"},  {0x1e97, 0x1e97, "t"},  {0x1e98, 0x1e98, "w"},
    {0x1e99, 0x1e99, "y"},  {0x1e9a, 0x1e9a, "a"},  {0x1e9e, 0x1e9e, "ss"}, {0x1ea0, 0x1eb7, "a"},
    {0x1eb8, 0x1ec7, "e"},  {0x1ec8, 0x1ecb, "i"},  {0x1ecc, 0x1ee3, "o"},  {0x1ee4, 0x1ef1, "u"},
    {0x1ef2, 0x1ef9, "y"},
});

bool IsIn(char32_t letter, char32_t first, char32_t last) {
  return first <= letter && letter <= last;
}

bool IsLeftOut(char32_t letter) {
  constexpr std::array<char32_t, 9> kLeftOut{'\'',   '.',    '`',    0x00b4, 0x02b9,
                                             0x02bc, 0x2018, 0x2019, 0x2032};
  const bool is_combining_mark = IsIn(letter, 0x0300, 0x036f);
  return is_combining_mark || std::ranges::find(kLeftOut, letter) != kLeftOut.end();
}

bool Parts(char32_t letter) {
  return letter <= ' ' || letter == '-' || letter == ',' || letter == 0x00a0 || letter == 0x00ad ||
         IsIn(letter, 0x2000, 0x2015) || letter == 0x202f || letter == 0x3000;
}

// Greek and Cyrillic capitals, the accents of Greek, and the final sigma.
char32_t FoldedInOtherScripts(char32_t letter) {
  constexpr std::array<std::pair<char32_t, char32_t>, 16> kGreek{{{0x0386, 0x03b1},
                                                                  {0x0388, 0x03b5},
                                                                  {0x0389, 0x03b7},
                                                                  {0x038a, 0x03b9},
                                                                  {0x038c, 0x03bf},
                                                                  {0x038e, 0x03c5},
                                                                  {0x038f, 0x03c9},
                                                                  {0x03ac, 0x03b1},
                                                                  {0x03ad, 0x03b5},
                                                                  {0x03ae, 0x03b7},
                                                                  {0x03af, 0x03b9},
                                                                  {0x03c2, 0x03c3},
                                                                  {0x03cc, 0x03bf},
                                                                  {0x03cd, 0x03c5},
                                                                  {0x03ce, 0x03c9},
                                                                  {0x03ca, 0x03b9}}};
  const auto greek = std::ranges::find(kGreek, letter, [](const auto& pair) { return pair.first; });
  if (greek != kGreek.end()) return greek->second;
  if (IsIn(letter, 0x0391, 0x03a9)) return letter + 0x20;
  if (IsIn(letter, 0x0410, 0x042f)) return letter + 0x20;
  if (IsIn(letter, 0x0400, 0x040f)) return letter + 0x50;
  return letter;
}

void AddFolded(char32_t letter, std::string& to) {
  if (IsIn(letter, 'A', 'Z')) return to.push_back(static_cast<char>(letter + ('a' - 'A')));
  for (const auto& accented : kAccented) {
    if (IsIn(letter, accented.first, accented.last)) {
      to.append(accented.folded);
      return;
    }
  }
  Encode(FoldedInOtherScripts(letter), to);
}

}  // namespace

std::vector<std::string> NameParts(std::string_view name) {
  std::vector<std::string> parts(1);
  while (!name.empty()) {
    const auto [letter, bytes] = DecodeFirst(name);
    if (bytes == 0) {
      Encode(kNoUtf8 + static_cast<uint8_t>(name.front()), parts.back());
    } else if (Parts(letter)) {
      parts.emplace_back();
    } else if (!IsLeftOut(letter)) {
      AddFolded(letter, parts.back());
    }
    name.remove_prefix(std::max<size_t>(bytes, 1));
  }
  std::erase(parts, "");
  std::ranges::sort(parts);
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return parts;
}

}  // namespace holdfast::cases
