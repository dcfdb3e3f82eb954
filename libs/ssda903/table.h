// The eleven tables of England's yearly return of looked-after children (SSDA903), and their
// columns. Source: DfE, SSDA903 collection guides; a rule's number is the department's own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::ssda903 {

enum class Table {
  kHeader,
  kEpisodes,
  kReviews,
  kUasc,
  kOc2,
  kOc3,
  kAd1,
  kPlacedAdoption,
  kPrevPerm,
  kMissing,
  kSocialWorker,
};

inline constexpr int kTableCount = 11;

// What a column holds, which says how it is read and what becomes of a row in which it cannot be.
enum class ColumnKind {
  kChild,         // the local id: needed
  kBorn,          // Header: needed; elsewhere checked against Header, not content
  kKeyDay,        // with the local id, the natural key: needed
  kEndDay,        // blank: still open
  kDay,           // optional
  kMatchDay,      // optional, and not after the year end
  kRequiredCode,  // of a code set of some year
  kCode,          // the same, optional
  kWithEnd,       // optional code that says why the end came: none without an end
  kText,          // as it is
};

struct Column {
  std::string_view name;
  ColumnKind kind;
  std::string_view rule;  // the department's rule for a value that cannot be taken; blank: none
};

// The name by which the table is known in files of totals and rejects: Header, Episodes, ...
std::string_view Name(Table table);
std::optional<Table> TableNamed(std::string_view name);

std::span<const Column> ColumnsOf(Table table);

// True for tables whose rows make facts; the rows of OC2, OC3 and SocialWorker are set aside.
bool MakesFacts(Table table);

// The columns that a rejects file adds; they are not counted when a table is recognised.
std::span<const std::string_view> RejectColumns();
// True if a heading's cell, in any case, is one of them.
bool IsRejectColumn(std::string_view name);

// The table whose columns are exactly those of `heading`, in any case and order, each once.
std::optional<Table> Recognise(const std::vector<std::string>& heading);

}  // namespace holdfast::ssda903
