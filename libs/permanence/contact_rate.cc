#include "libs/permanence/contact_rate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

namespace holdfast {
namespace {

constexpr int kMostTimes = 366;

// A run of days: `count` weeks or months; a day is a seventh of a week.
struct Unit {
  std::string_view noun;
  std::string_view adverb;
  bool of_months;
  int times;  // how often a thing done once in it is done in `runs`
  int runs;
};

constexpr std::array kUnits = std::to_array<Unit>({{"day", "daily", false, 7, 1},
                                                   {"week", "weekly", false, 1, 1},
                                                   {"fortnight", "fortnightly", false, 1, 2},
                                                   {"month", "monthly", true, 1, 1},
                                                   {"quarter", "quarterly", true, 1, 3},
                                                   {"year", "yearly", true, 1, 12},
                                                   {"year", "annually", true, 1, 12}});

constexpr std::array<std::string_view, 13> kNumbers{"zero", "one", "two",   "three", "four",
                                                    "five", "six", "seven", "eight", "nine",
                                                    "ten",  "eleven", "twelve"};
// What counted contact is called.
constexpr std::array<std::string_view, 10> kCounted{"time",  "times", "session", "sessions", "visit",
                                                    "visits", "call", "calls", "letter", "letters"};
constexpr std::array<std::string_view, 5> kOver{"a", "per", "each", "every", "in"};

template <size_t kCount>
bool Holds(const std::array<std::string_view, kCount>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_part = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_part) {
      words.back().push_back(is_upper ? static_cast<char>(c - 'A' + 'a') : c);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::optional<int> NumberOf(std::string_view word) {
  const auto named = std::ranges::find(kNumbers, word);
  if (named != kNumbers.end()) return static_cast<int>(named - kNumbers.begin());
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size() || number > kMostTimes)
    return std::nullopt;
  return number;
}

// once, twice, thrice.
std::optional<int> TimesOf(std::string_view word) {
  if (word == "once") return 1;
  if (word == "twice") return 2;
  return word == "thrice" ? std::optional(3) : std::nullopt;
}

const Unit* NamedBy(std::string_view word) {
  if (word.ends_with('s')) word.remove_suffix(1);
  const auto unit = std::ranges::find(kUnits, word, &Unit::noun);
  return unit == kUnits.end() ? nullptr : &*unit;
}

const Unit* SaidBy(std::string_view adverb) {
  const auto unit = std::ranges::find(kUnits, adverb, &Unit::adverb);
  return unit == kUnits.end() ? nullptr : &*unit;
}

// `times` in `runs` of the unit.
std::string RateOf(int times, int runs, const Unit& unit) {
  if (times == 0) return kNoContact;
  if (runs == 0) return kUnreadRate;
  times *= unit.times;
  runs *= unit.runs;
  const int common = std::gcd(times, runs);
  const int in = runs / common;
  const std::string noun = unit.of_months ? "month" : "week";
  return std::to_string(times / common) +
         (in == 1 ? " a " + noun : " in " + std::to_string(in) + " " + noun + "s");
}

bool SaysNone(const std::vector<std::string>& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "none" || words[i] == "never" || words[i] == "nil") return true;
    if (words[i] == "no" && (words.size() == 1 || (i + 1 < words.size() && words[i + 1] == "contact")))
      return true;
  }
  return false;
}

}  // namespace

std::string ReadRate(std::string_view text) {
  const auto words = WordsOf(text);
  if (SaysNone(words)) return kNoContact;
  int times = 1;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view next = i + 1 < words.size() ? std::string_view(words[i + 1]) : "";
    if (const auto* unit = SaidBy(words[i])) return RateOf(times, 1, *unit);
    if (const auto said = TimesOf(words[i])) {
      times = *said;
    } else if (const auto number = NumberOf(words[i])) {
      // Of anything else, as hours, it does not say how often.
      if (Holds(kCounted, next) || Holds(kOver, next)) times = *number;
    } else if (Holds(kOver, words[i])) {
      if (const auto* unit = NamedBy(next)) return RateOf(times, 1, *unit);
      const auto runs = next == "other" ? std::optional(2) : NumberOf(next);
      if (const auto* unit = runs && i + 2 < words.size() ? NamedBy(words[i + 2]) : nullptr)
        return RateOf(times, *runs, *unit);
    }
  }
  return words.empty() ? "" : kUnreadRate;
}

}  // namespace holdfast
