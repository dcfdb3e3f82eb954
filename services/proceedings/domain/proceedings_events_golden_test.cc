// The bytes of each event ever written, which are read for ever. Rows are added, never changed.
#include <gtest/gtest.h>

#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/testing/goldens.h"

namespace holdfast::proceedings {
namespace {

using Event = v1::ProceedingsEvent;

const std::vector<Golden>& Goldens() {
  static const std::vector<Golden> goldens{
      {"Stated",
       R"(item_stated { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" fact: "ffffffffffffffff" )"
       R"(assertion: "aaaaaaaaaaaaaaaa" kind: FEED_KIND_ORDER_MADE on { year: 2024 month: 5 )"
       R"(day: 1 } code: "CSO" until { year: 2025 month: 4 day: 30 } sent_at_us: )"
       R"(1714644000000000 content_sha256: "ssssssssssssssssssssssssssssssss" source_event: 7 )"
       R"(personal { sealed { key_id: "kkkkkkkkkkkkkkkk" algorithm: )"
       R"(SEAL_ALGORITHM_XCHACHA20_POLY1305 key_version: 1 nonce: "nnnnnnnnnnnnnnnnnnnnnnnn" )"
       R"(ciphertext: "sealed" } } })",
       "52c3010a09736865726966662d611210696969696969696969696969696969691a106666666666666666"
       "66666666666666662210616161616161616161616161616161612807320708e80f100518013a0343534f"
       "420708e90f1004181e508090a5d4daee85035a2073737373737373737373737373737373737373737373"
       "7373737373737373737360077a3a12380a106b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b1001180122186e6e"
       "6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e2a067365616c6564"},
      {"StatedWithdrawn",
       R"(item_stated { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" fact: "ffffffffffffffff" )"
       R"(assertion: "aaaaaaaaaaaaaaaa" kind: FEED_KIND_WITHDRAWN on { year: 2024 month: 5 )"
       R"(day: 1 } withdraws: "wwwwwwwwwwwwwwww" sent_at_us: 1 content_sha256: )"
       R"("ssssssssssssssssssssssssssssssss" source_event: 8 })",
       "5284010a09736865726966662d611210696969696969696969696969696969691a106666666666666666"
       "66666666666666662210616161616161616161616161616161612816320708e80f100518014a10777777"
       "7777777777777777777777777750015a2073737373737373737373737373737373737373737373737373"
       "737373737373736008"},
      {"StatedDirection",
       R"(item_stated { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" fact: "ffffffffffffffff)"
       R"(" assertion: "aaaaaaaaaaaaaaaa" kind: FEED_KIND_CONTACT_DIRECTION on { year: 2024 )"
       R"(month: 5 day: 1 } code: "mother" sent_at_us: 1 content_sha256: "ssssssssssssssssss)"
       R"(ssssssssssssss" source_event: 8 rate: "1 in 2 weeks" })",
       "5289010a09736865726966662d611210696969696969696969696969696969691a106666666666666666"
       "66666666666666662210616161616161616161616161616161612818320708e80f100518013a066d6f74"
       "68657250015a207373737373737373737373737373737373737373737373737373737373737373600882"
       "010c3120696e2032207765656b73"},
      {"ReceivedDirection",
       R"(item_received { source: "sheriff-a" kind: FEED_KIND_CONTACT_DIRECTION on { year: 2)"
       R"(024 month: 5 day: 1 } code: "mother" sent_at_us: 1 rate: "none" })",
       "a201270a09736865726966662d6110181a0708e80f1005180122066d6f7468657238018201046e6f6e65"},
      {"TakenAway",
       R"(item_taken_away { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" child: )"
       R"("cccccccccccccccc" sent_at_us: 1714644000000000 content_sha256: )"
       R"("ssssssssssssssssssssssssssssssss" source_event: 9 })",
       "5a5c0a09736865726966662d611210696969696969696969696969696969691a10636363636363636363"
       "63636363636363208090a5d4daee85032a20737373737373737373737373737373737373737373737373"
       "73737373737373733009"},
      {"StatedOfAnAuthority",
       R"(item_stated { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" fact: "ffffffffffffff)"
       R"(ff" assertion: "aaaaaaaaaaaaaaaa" kind: FEED_KIND_HEARING_SET on { year: 2024 mo)"
       R"(nth: 5 day: 1 } sent_at_us: 1 content_sha256: "ssssssssssssssssssssssssssssssss")"
       R"( source_event: 8 authority: "S12000901" names_another_child: true })",
       "527f0a09736865726966662d611210696969696969696969696969696969691a10666666666666666666"
       "666666666666662210616161616161616161616161616161612803320708e80f1005180150015a207373"
       "73737373737373737373737373737373737373737373737373737373737360086a095331323030303930"
       "317001"},
      {"TakenAwayOfAnAuthority",
       R"(item_taken_away { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" sent_at_us: 1 sou)"
       R"(rce_event: 9 authority: "S12000901" })",
       "5a2c0a09736865726966662d61121069696969696969696969696969696969200130093a095331323030"
       "30393031"},
      {"Waits",
       R"(item_waits { statement { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" fact: )"
       R"("ffffffffffffffff" assertion: "aaaaaaaaaaaaaaaa" kind: FEED_KIND_ORDER_MADE on { )"
       R"(year: 2024 month: 5 day: 1 } code: "CSO" until { year: 2025 month: 4 day: 30 } )"
       R"(sent_at_us: 1714644000000000 content_sha256: "ssssssssssssssssssssssssssssssss" )"
       R"(source_event: 7 personal { sealed { key_id: "kkkkkkkkkkkkkkkk" algorithm: )"
       R"(SEAL_ALGORITHM_XCHACHA20_POLY1305 key_version: 1 nonce: "nnnnnnnnnnnnnnnnnnnnnnnn" )"
       R"(ciphertext: "sealed" } } } authority: "S12000901" })",
       "62d1010ac3010a09736865726966662d611210696969696969696969696969696969691a106666666666"
       "66666666666666666666662210616161616161616161616161616161612807320708e80f100518013a03"
       "43534f420708e90f1004181e508090a5d4daee85035a2073737373737373737373737373737373737373"
       "7373737373737373737373737360077a3a12380a106b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b1001180122"
       "186e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e2a067365616c6564120953313230303039"
       "3031"},
      {"StatedPassedOn",
       R"(item_stated { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" fact: "ffffffffffffffff" )"
       R"(assertion: "aaaaaaaaaaaaaaaa" kind: FEED_KIND_WITHDRAWN on { year: 2024 month: 5 day: 1 } )"
       R"(withdraws: "wwwwwwwwwwwwwwww" sent_at_us: 1 content_sha256: "ssssssssssssssssssssssssssssssss" )"
       R"(authority: "S12000901" passed_on: true })",
       "5290010a09736865726966662d611210696969696969696969696969696969691a106666666666666666"
       "66666666666666662210616161616161616161616161616161612816320708e80f100518014a10777777"
       "7777777777777777777777777750015a2073737373737373737373737373737373737373737373737373"
       "737373737373736a09533132303030393031880101"},
      {"WithdrawalHeard",
       R"(withdrawal_heard { statement { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" fact: )"
       R"("ffffffffffffffff" assertion: "aaaaaaaaaaaaaaaa" kind: FEED_KIND_WITHDRAWN on { year: 2024 )"
       R"(month: 5 day: 1 } withdraws: "wwwwwwwwwwwwwwww" sent_at_us: 1 content_sha256: )"
       R"("ssssssssssssssssssssssssssssssss" } })",
       "c20185010a82010a09736865726966662d611210696969696969696969696969696969691a1066666666"
       "6666666666666666666666662210616161616161616161616161616161612816320708e80f100518014a"
       "107777777777777777777777777777777750015a20737373737373737373737373737373737373737373"
       "7373737373737373737373"},
      {"Received",
       R"(item_received { source: "sheriff-a" kind: FEED_KIND_HEARING_CONTINUED on { year: )"
       R"(2024 month: 5 day: 1 } code: "x" until { year: 2025 month: 4 day: 30 } withdraws: )"
       R"("wwwwwwwwwwwwwwww" sent_at_us: 1714644000000000 content_sha256: )"
       R"("ssssssssssssssssssssssssssssssss" fact: "ffffffffffffffff" assertion: )"
       R"("aaaaaaaaaaaaaaaa" authority: "S12000901" child: "cccccccccccccccc" case_ref: )"
       R"("rrrrrrrrrrrrrrrr" key_id: "kkkkkkkkkkkkkkkk" personal { sealed { key_id: )"
       R"("kkkkkkkkkkkkkkkk" algorithm: SEAL_ALGORITHM_XCHACHA20_POLY1305 key_version: 1 )"
       R"(nonce: "nnnnnnnnnnnnnnnnnnnnnnnn" ciphertext: "sealed" } } })",
       "a20180020a09736865726966662d6110051a0708e80f100518012201782a0708e90f1004181e32107777"
       "7777777777777777777777777777388090a5d4daee850342207373737373737373737373737373737373"
       "7373737373737373737373737373734a1066666666666666666666666666666666521061616161616161"
       "6161616161616161615a095331323030303930316210636363636363636363636363636363636a107272"
       "727272727272727272727272727272106b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b7a3a12380a106b6b6b6b"
       "6b6b6b6b6b6b6b6b6b6b6b6b1001180122186e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e"
       "2a067365616c6564"},
      {"MatchedByAPerson",
       R"(item_matched { kind: MATCH_KIND_PERSON child: "cccccccccccccccc" authority: )"
       R"("S12000901" at_us: 1714644000000000 instead_of: "oooooooooooooooo" assertion: )"
       R"("aaaaaaaaaaaaaaaa" personal { sealed { key_id: "kkkkkkkkkkkkkkkk" algorithm: )"
       R"(SEAL_ALGORITHM_XCHACHA20_POLY1305 key_version: 1 nonce: "nnnnnnnnnnnnnnnnnnnnnnnn" )"
       R"(ciphertext: "sealed" } } })",
       "aa01880108011210636363636363636363636363636363631a09533132303030393031208090a5d4daee"
       "85032a106f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f3a10616161616161616161616161616161617a3a1238"
       "0a106b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b1001180122186e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e"
       "6e6e6e6e6e6e2a067365616c6564"},
      {"MatchedByACaseRef",
       R"(item_matched { kind: MATCH_KIND_CASE_REF child: "cccccccccccccccc" authority: )"
       R"("S12000901" at_us: 1714644000000000 case_ref: "rrrrrrrrrrrrrrrr" })",
       "aa013a08021210636363636363636363636363636363631a09533132303030393031208090a5d4daee85"
       "03321072727272727272727272727272727272"},
      {"Sent", R"(item_sent { through: 12 waits: true })", "b20104080c1001"},
      {"ChildErased", R"(child_erased { authority: "S12000901" })", "6a0b0a09533132303030393031"},
      {"ItemErased", R"(item_erased { child: "cccccccccccccccc" })",
       "ba01120a1063636363636363636363636363636363"},
      {"CaseRefNamed", R"(case_ref_named { source: "sheriff-a" item: "iiiiiiiiiiiiiiii" })",
       "f2011d0a09736865726966662d61121069696969696969696969696969696969"},
      {"CaseRefLearnt",
       R"(case_ref_learnt { source: "sheriff-a" child: "cccccccccccccccc" authority: )"
       R"("S12000901" at_us: 1714644000000000 })",
       "fa01310a09736865726966662d611210636363636363636363636363636363631a095331323030303930"
       "31208090a5d4daee8503"},
      {"CaseRefSent", R"(case_ref_sent { through: 13 })", "820202080d"},
      {"SourceRegistered",
       R"(source_registered { source: "sheriff-a" kind: SOURCE_KIND_COURT nation: )"
       R"(NATION_SCOTLAND covers: "S12000901" covers: "S12000902" states: )"
       R"(FEED_KIND_HEARING_HELD states: FEED_KIND_ORDER_MADE silent_after_days: 14 )"
       R"(source_event: 3 })",
       "c2022d0a09736865726966662d6110011801220953313230303039303122095331323030303930322a02"
       "0407300e3803"},
      {"SourceHeardFrom",
       R"(source_heard_from { source: "sheriff-a" sent_on { year: 2024 month: 5 day: 1 } )"
       R"(covered_through { year: 2025 month: 4 day: 30 } source_event: 4 })",
       "ca021f0a09736865726966662d61120708e80f100518011a0708e90f1004181e2004"},
      {"SourceSent", R"(source_sent { through: 4 })", "d202020804"},
      {"HistoryLost",
       R"(history_lost { service: "cases" partition: 3 from: 121 to: 150 chain: )"
       R"("hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh" })",
       "9203300a056361736573100318792096012a206868686868686868686868686868686868686868686868"
       "686868686868686868"},
  };
  return goldens;
}

TEST(ProceedingsEvents, AreWrittenAndReadAsTheyEverWere) {
  ExpectWrittenAndReadAsEver<Event>(Goldens());
}

TEST(ProceedingsEvents, EachHaveAGolden) { ExpectAGoldenOfEach<Event>(Goldens()); }

}  // namespace
}  // namespace holdfast::proceedings
