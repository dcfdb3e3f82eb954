// The code of an authority, of a source that is registered like one (a court, a reporter), or of a
// nation.
#pragma once

#include <algorithm>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast {

// 1 to 32 letters, digits, '-' or '_', such as E06000001: safe as a file's name and in a URI. Never
// empty.
class AuthorityCode {
 public:
  static std::optional<AuthorityCode> FromText(std::string_view text) {
    if (text.empty() || text.size() > 32 || !std::ranges::all_of(text, IsCodeCharacter))
      return std::nullopt;
    return AuthorityCode(std::string(text));
  }

  const std::string& text() const { return text_; }

  auto operator<=>(const AuthorityCode&) const = default;

 private:
  explicit AuthorityCode(std::string text) : text_(std::move(text)) {}

  static bool IsCodeCharacter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_';
  }

  std::string text_;
};

}  // namespace holdfast
