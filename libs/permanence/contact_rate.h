// How often contact is to be, read from the words that people say it in, so that an agreement and an order's direction can be
// compared without opening either's words.
#pragma once

#include <string>
#include <string_view>

namespace holdfast {

// No contact at all.
inline constexpr char kNoContact[] = "none";
// Something was said, and no rate can be read from it.
inline constexpr char kUnreadRate[] = "unread";

// "none"; or times in a run of weeks or months, reduced: "2 a week" (twice weekly), "1 in 2 weeks" (fortnightly), "1 in 3
// months" (quarterly, 4 a year). "unread": none can be read, as from "at weekends". Blank: nothing was said.
std::string ReadRate(std::string_view words);

}  // namespace holdfast
