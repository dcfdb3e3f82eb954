#include "services/proceedings/domain/item_refusal.h"

#include <gtest/gtest.h>

#include <functional>

#include "services/proceedings/domain/items_in_tests.h"

namespace holdfast::proceedings {
namespace {

using namespace testing;
using enum ItemRefusal;

// An item, its source and the time, all in order until a row of the table spoils them.
struct Judged {
  v1::ReceiveItem item = Held(1000);
  SourceFacts source = Registered();
  std::optional<Instant> now = Instant(std::chrono::microseconds(2000));

  v1::ItemReceived& version() { return *item.mutable_version(); }
  common::v1::Personal& personal() { return *version().mutable_personal()->mutable_open(); }
  void Say(v1::FeedKind kind) {
    version().set_kind(kind);
    item.set_kind_text(std::string(NameOf(kind)));
  }
};

struct Spoilt {
  ItemRefusal refusal;
  std::string field;
  std::function<void(Judged&)> spoil;
};

// In order of precedence: an item that is spoilt by two rows is refused for the first.
const std::vector<Spoilt>& Table() {
  static const std::vector<Spoilt> table = {
      {kUnknownSource, "source", [](Judged& j) { j.source = {}; }},
      {kAuthorityNotCovered, "authority", [](Judged& j) { j.version().set_authority(kSouth); }},
      {kUnknownKind, "kind",
       [](Judged& j) {
         j.version().set_kind(v1::FEED_KIND_UNSPECIFIED);
         j.item.set_kind_text("hearing_lost");
       }},
      {kKindNotStated, "kind",
       [](Judged& j) {
         if (j.source.registered) j.source.registered->add_states(v1::FEED_KIND_APPEAL_LODGED);
       }},
      {kKindNotOfNation, "kind",
       [](Judged& j) {
         if (j.source.registered) j.source.registered->set_nation(v1::NATION_ENGLAND);
         j.Say(v1::FEED_KIND_GROUNDS);
       }},
      {kBadDay, "on", [](Judged& j) { j.item.add_unreadable("on"); }},
      {kMissing, "event_id", [](Judged& j) { j.personal().clear_event_id(); }},
      {kMissing, "sent_at", [](Judged& j) { j.version().set_sent_at_us(0); }},
      {kMissing, "on", [](Judged& j) { j.version().clear_on(); }},
      {kMissing, "local_id", [](Judged& j) { j.personal().clear_local_id(); }},
      {kUnknownCode, "code", [](Judged& j) { j.version().set_code("of the sheriff"); }},
      {kUntilBeforeOn, "until",
       [](Judged& j) { *j.version().mutable_until() = Day("2024-04-30"); }},
      {kWithdrawnWithoutAfter, "after", [](Judged& j) { j.Say(v1::FEED_KIND_WITHDRAWN); }},
      {kSentAhead, "sent_at", [](Judged& j) { j.version().set_sent_at_us(300'002'001); }},
  };
  return table;
}

RefusedItem Said(const Judged& judged) {
  return Judge(judged.item, {judged.source, judged.now})
      .value_or(RefusedItem{ItemRefusal{99}, "taken"});
}

TEST(AnItemsRefusal, IsThatOfTheTable) {
  EXPECT_EQ(Said(Judged{}).field, "taken");
  for (const auto& row : Table()) {
    Judged judged;
    row.spoil(judged);
    EXPECT_EQ(Said(judged), (RefusedItem{row.refusal, row.field})) << row.field;
  }
}

TEST(AnItemsRefusal, OfTwoIsTheFirst) {
  const auto& table = Table();
  for (size_t first = 0; first < table.size(); ++first) {
    for (size_t second = first + 1; second < table.size(); ++second) {
      const bool both_are_kinds =
          table[first].field == "kind" && table[second].refusal == kWithdrawnWithoutAfter;
      const bool same_cell = table[first].field == "kind" && table[second].field == "kind";
      const bool same_time = table[first].field == "sent_at" && table[second].field == "sent_at";
      const bool no_day = table[first].field == "on" && table[second].field == "until";
      if (both_are_kinds || same_cell || same_time || no_day) continue;
      Judged judged;
      table[second].spoil(judged);
      table[first].spoil(judged);
      EXPECT_EQ(Said(judged).refusal, table[first].refusal)
          << NameOf(table[first].refusal) << " before " << NameOf(table[second].refusal);
    }
  }
}

TEST(AContactDirection, IsOfAnOrderByItsRefAndOfAPartyAtLeast) {
  Judged judged;
  judged.Say(v1::FEED_KIND_CONTACT_DIRECTION);
  judged.version().set_code("mother");
  judged.personal().set_ref("O-1");
  EXPECT_EQ(Said(judged).field, "taken");
  judged.version().set_code("CSO");
  EXPECT_EQ(Said(judged), (RefusedItem{kUnknownCode, "code"}));
  judged.version().clear_code();
  EXPECT_EQ(Said(judged), (RefusedItem{kUnknownCode, "code"}));
  judged.personal().clear_ref();
  EXPECT_EQ(Said(judged), (RefusedItem{kMissing, "ref"}));
}

TEST(AnItem, NeedsTheRefOfItsThingUnlessItWithdrawsOrCovers) {
  for (const auto kind :
       {v1::FEED_KIND_HEARING_HELD, v1::FEED_KIND_ORDER_MADE, v1::FEED_KIND_REFERRAL}) {
    Judged judged;
    judged.Say(kind);
    judged.personal().clear_ref();
    EXPECT_EQ(Said(judged), (RefusedItem{kMissing, "ref"})) << NameOf(kind);
  }
  Judged withdrawal;
  withdrawal.Say(v1::FEED_KIND_WITHDRAWN);
  withdrawal.personal().clear_ref();
  withdrawal.version().set_withdraws(std::string(16, 'w'));
  EXPECT_EQ(Said(withdrawal).field, "taken");
  Judged covered;
  covered.Say(v1::FEED_KIND_COVERED);
  covered.personal().clear_ref();
  EXPECT_EQ(Said(covered).field, "taken");
}

TEST(AnItemsRefusal, UnderAManualClockIsNotForItsTime) {
  Judged judged;
  judged.version().set_sent_at_us(300'002'001);
  judged.now.reset();
  EXPECT_EQ(Said(judged).field, "taken");
}

TEST(AnItem, MayBeSentFiveMinutesAhead) {
  Judged judged;
  judged.version().set_sent_at_us(300'002'000);
  EXPECT_EQ(Said(judged).field, "taken");
}

TEST(AnItem, NamesItsChildInOneOfThreeWays) {
  const auto child = [](const char* authority, const char* local_id, const char* case_ref,
                        const char* name, bool born) {
    Judged judged;
    judged.version().set_authority(authority);
    judged.personal().set_local_id(local_id);
    judged.personal().set_case_ref(case_ref);
    judged.personal().set_name(name);
    if (born) *judged.personal().mutable_born() = Day("2015-01-01");
    return std::string(Said(judged).field);
  };
  const char* north = kNorth.c_str();
  EXPECT_EQ(child(north, "L1", "", "", false), "taken");
  EXPECT_EQ(child("", "", "SCRA/1", "", false), "taken");
  EXPECT_EQ(child("", "", "", "Anna", true), "taken");
  EXPECT_EQ(child("", "", "", "Anna", false), "local_id");
  EXPECT_EQ(child(north, "", "", "", false), "local_id");
  EXPECT_EQ(child("", "L1", "", "", false), "authority");
}

TEST(AnItem, CoveredNeedsNoChild) {
  Judged judged;
  judged.Say(v1::FEED_KIND_COVERED);
  judged.version().clear_authority();
  judged.personal().clear_local_id();
  EXPECT_EQ(Said(judged).field, "taken");
}

TEST(AnOrder, HasACodeOfItsNation) {
  const auto code = [](v1::Nation nation, v1::FeedKind kind, const char* code) {
    Judged judged;
    judged.source.registered->set_nation(nation);
    judged.Say(kind);
    judged.version().set_code(code);
    return std::string(Said(judged).field);
  };
  EXPECT_EQ(code(v1::NATION_SCOTLAND, v1::FEED_KIND_ORDER_MADE, "CSO"), "taken");
  EXPECT_EQ(code(v1::NATION_ENGLAND, v1::FEED_KIND_ORDER_MADE, "CSO"), "code");
  EXPECT_EQ(code(v1::NATION_ENGLAND, v1::FEED_KIND_APPLICATION_LODGED, "CARE"), "taken");
  EXPECT_EQ(code(v1::NATION_SCOTLAND, v1::FEED_KIND_APPLICATION_LODGED, "CARE"), "code");
  EXPECT_EQ(code(v1::NATION_SCOTLAND, v1::FEED_KIND_ORDER_MADE, ""), "code");
  EXPECT_EQ(code(v1::NATION_SCOTLAND, v1::FEED_KIND_ORDER_TERMINATED, ""), "taken");
  EXPECT_EQ(code(v1::NATION_SCOTLAND, v1::FEED_KIND_APPLICATION_DISPOSED, ""), "taken");
}

}  // namespace
}  // namespace holdfast::proceedings
