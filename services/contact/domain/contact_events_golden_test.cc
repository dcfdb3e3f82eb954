// The bytes of each event ever written, which are read for ever. Rows are added, never changed.
#include <gtest/gtest.h>

#include "holdfast/contact/v1/contact_events.pb.h"
#include "libs/testing/goldens.h"

namespace holdfast::contact {
namespace {

using Event = v1::ContactEvent;

const std::vector<Golden>& Goldens() {
  static const std::vector<Golden> goldens{
      {"Agreement",
       R"(reported_on { year: 2026 month: 3 day: 2 } contact_recorded { authority: "S1200090)"
       R"(1" fact: "ffffffffffffffff" assertion: "aaaaaaaaaaaaaaaa" said { kind: CONTACT_KIN)"
       R"(D_AGREEMENT on { year: 2026 month: 3 day: 1 } party: "mother" way: "direct" purpos)"
       R"(e: "assess_return" rate: "1 a week" review { year: 2026 month: 6 day: 1 } state: ")"
       R"(agreed" personal { sealed { key_id: "kkkkkkkkkkkkkkkk" algorithm: SEAL_ALGORITHM_X)"
       R"(CHACHA20_POLY1305 key_version: 1 nonce: "nnnnnnnnnnnnnnnnnnnnnnnn" ciphertext: "se)"
       R"(aled" } } } })",
       "0a0708ea0f1003180252b3010a095331323030303930311210666666666666666666666666666666661a"
       "10616161616161616161616161616161612281010801120708ea0f100318011a066d6f74686572220664"
       "69726563742a0d6173736573735f72657475726e3208312061207765656b3a0708ea0f10061801420661"
       "67726565647a3a12380a106b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b1001180122186e6e6e6e6e6e6e6e6e"
       "6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e2a067365616c6564"},
      {"Variation",
       R"(contact_recorded { authority: "S12000901" fact: "ffffffffffffffff" assertion: "aaa)"
       R"(aaaaaaaaaaaaa" said { kind: CONTACT_KIND_AGREEMENT on { year: 2026 month: 4 day: 1)"
       R"( } party: "mother" way: "direct" rate: "1 in 2 weeks" state: "agreed" } entry_fact)"
       R"(s: "eeeeeeeeeeeeeeee" })",
       "52740a095331323030303930311210666666666666666666666666666666661a10616161616161616161"
       "6161616161616122310801120708ea0f100418011a066d6f746865722206646972656374320c3120696e"
       "2032207765656b7342066167726565642a1065656565656565656565656565656565"},
      {"AgreementEnd",
       R"(contact_recorded { authority: "S12000901" fact: "ffffffffffffffff" assertion: "aaa)"
       R"(aaaaaaaaaaaaa" said { kind: CONTACT_KIND_AGREEMENT_END on { year: 2026 month: 7 da)"
       R"(y: 1 } } entry_facts: "eeeeeeeeeeeeeeee" })",
       "524e0a095331323030303930311210666666666666666666666666666666661a10616161616161616161"
       "61616161616161220b0802120708ea0f100718012a1065656565656565656565656565656565"},
      {"Session",
       R"(contact_recorded { authority: "S12000901" fact: "ffffffffffffffff" assertion: "aaa)"
       R"(aaaaaaaaaaaaa" said { kind: CONTACT_KIND_SESSION on { year: 2026 month: 3 day: 7 })"
       R"( party: "mother" way: "online" state: "missed" by: "mother" } })",
       "525c0a095331323030303930311210666666666666666666666666666666661a10616161616161616161"
       "61616161616161222b0803120708ea0f100318071a066d6f7468657222066f6e6c696e6542066d697373"
       "65644a066d6f74686572"},
      {"Observation",
       R"(contact_recorded { authority: "S12000901" fact: "ffffffffffffffff" assertion: "aaa)"
       R"(aaaaaaaaaaaaa" said { kind: CONTACT_KIND_OBSERVATION on { year: 2026 month: 3 day:)"
       R"( 7 } by: "worker" personal { sealed { key_id: "kkkkkkkkkkkkkkkk" algorithm: SEAL_A)"
       R"(LGORITHM_XCHACHA20_POLY1305 key_version: 1 nonce: "nnnnnnnnnnnnnnnnnnnnnnnn" ciphe)"
       R"(rtext: "sealed" } } } entry_facts: "eeeeeeeeeeeeeeee" })",
       "5292010a095331323030303930311210666666666666666666666666666666661a106161616161616161"
       "6161616161616161224f0804120708ea0f100318074a06776f726b65727a3a12380a106b6b6b6b6b6b6b"
       "6b6b6b6b6b6b6b6b6b1001180122186e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e2a0673"
       "65616c65642a1065656565656565656565656565656565"},
      {"ContactView",
       R"(contact_recorded { authority: "S12000901" fact: "ffffffffffffffff" assertion: "aaa)"
       R"(aaaaaaaaaaaaa" said { kind: CONTACT_KIND_CONTACT_VIEW on { year: 2026 month: 3 day)"
       R"(: 8 } by: "child" personal { sealed { key_id: "kkkkkkkkkkkkkkkk" algorithm: SEAL_A)"
       R"(LGORITHM_XCHACHA20_POLY1305 key_version: 1 nonce: "nnnnnnnnnnnnnnnnnnnnnnnn" ciphe)"
       R"(rtext: "sealed" } } } })",
       "527f0a095331323030303930311210666666666666666666666666666666661a10616161616161616161"
       "61616161616161224e0805120708ea0f100318084a056368696c647a3a12380a106b6b6b6b6b6b6b6b6b"
       "6b6b6b6b6b6b6b1001180122186e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e2a06736561"
       "6c6564"},
      {"ContactReview",
       R"(contact_recorded { authority: "S12000901" fact: "ffffffffffffffff" assertion: "aaa)"
       R"(aaaaaaaaaaaaa" said { kind: CONTACT_KIND_CONTACT_REVIEW on { year: 2026 month: 6 d)"
       R"(ay: 1 } review { year: 2026 month: 12 day: 1 } outcome: "continue" personal { seal)"
       R"(ed { key_id: "kkkkkkkkkkkkkkkk" algorithm: SEAL_ALGORITHM_XCHACHA20_POLY1305 key_v)"
       R"(ersion: 1 nonce: "nnnnnnnnnnnnnnnnnnnnnnnn" ciphertext: "sealed" } } } entry_facts)"
       R"(: "eeeeeeeeeeeeeeee" })",
       "529d010a095331323030303930311210666666666666666666666666666666661a106161616161616161"
       "6161616161616161225a0806120708ea0f100618013a0708ea0f100c18015208636f6e74696e75657a3a"
       "12380a106b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b1001180122186e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e"
       "6e6e6e6e6e6e6e6e2a067365616c65642a1065656565656565656565656565656565"},
      {"Corrected",
       R"(contact_corrected { authority: "S12000901" fact: "ffffffffffffffff" assertion: "aa)"
       R"(aaaaaaaaaaaaaa" said { kind: CONTACT_KIND_SESSION on { year: 2026 month: 3 day: 8 )"
       R"(} party: "mother" way: "direct" state: "held" } personal { sealed { key_id: "kkkkk)"
       R"(kkkkkkkkkkk" algorithm: SEAL_ALGORITHM_XCHACHA20_POLY1305 key_version: 1 nonce: "n)"
       R"(nnnnnnnnnnnnnnnnnnnnnnn" ciphertext: "sealed" } } })",
       "5a8e010a095331323030303930311210666666666666666666666666666666661a106161616161616161"
       "616161616161616122210803120708ea0f100318081a066d6f746865722206646972656374420468656c"
       "647a3a12380a106b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b1001180122186e6e6e6e6e6e6e6e6e6e6e6e6e"
       "6e6e6e6e6e6e6e6e6e6e6e2a067365616c6564"},
      {"Withdrawn",
       R"(contact_withdrawn { authority: "S12000901" fact: "ffffffffffffffff" assertion: "aa)"
       R"(aaaaaaaaaaaaaa" personal { sealed { key_id: "kkkkkkkkkkkkkkkk" algorithm: SEAL_ALG)"
       R"(ORITHM_XCHACHA20_POLY1305 key_version: 1 nonce: "nnnnnnnnnnnnnnnnnnnnnnnn" ciphert)"
       R"(ext: "sealed" } } })",
       "626b0a095331323030303930311210666666666666666666666666666666661a10616161616161616161"
       "616161616161617a3a12380a106b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b1001180122186e6e6e6e6e6e6e"
       "6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e2a067365616c6564"},
      {"ChildErased", R"(child_erased { authority: "S12000901" })", "6a0b0a09533132303030393031"},
      {"HistoryLost",
       R"(history_lost { service: "cases" partition: 3 from: 121 to: 150 chain: "hhhhhhhhhhh)"
       R"(hhhhhhhhhhhhhhhhhhhhh" })",
       "9203300a056361736573100318792096012a206868686868686868686868686868686868686868686868"
       "686868686868686868"},
  };
  return goldens;
}

TEST(ContactEvents, AreWrittenAndReadAsTheyEverWere) {
  ExpectWrittenAndReadAsEver<Event>(Goldens());
}

TEST(ContactEvents, EachHaveAGolden) { ExpectAGoldenOfEach<Event>(Goldens()); }

}  // namespace
}  // namespace holdfast::contact
