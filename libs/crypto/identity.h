// Ids under an authority's identity key: they look random, are the same on every retry and import,
// and cannot be reversed by trying all local ids. Each is the first 16 bytes of
// HMAC-SHA-256(identity key, label, 0x00, each part behind its length as 4 bytes big-endian):
//
//   id             label             parts
//   child          child             authority code, local id trimmed
//   fact           fact              source, each part of the natural key
//   assertion      assertion         fact id (16 bytes), command id (16 bytes)
//   look-up token  local-id-token    authority code, local id trimmed
//   look-up token  person-token      authority code, part of a name, day of birth as YYYY-MM-DD
//   item           item              source, event id trimmed          under the source's key
//   case reference case-ref          source, case reference trimmed    under the source's key
//
// Kept for ever: golden ids in identity_test.cc.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "libs/base/authority_code.h"
#include "libs/base/civil_date.h"
#include "libs/base/ids.h"
#include "libs/crypto/secret_key.h"

namespace holdfast {

// Finds a child in a look-up model without telling the local id.
using LookupToken = Id<struct LookupTokenTag>;

// What asserts facts, such as "ssda903/E06000001" or "record/E06000001".
struct SourceName {
  std::string text;

  auto operator<=>(const SourceName&) const = default;
};

// A local id without white space (ASCII) at its ends; its case is kept.
std::string_view TrimLocalId(std::string_view local_id);

// The key of `try`, which has no deployment: 32 zero bytes.
SecretKey NoDeploymentsIdentityKey();

SubjectId MakeChildId(const SecretKey& identity_key, const AuthorityCode& authority,
                      std::string_view local_id);

// `natural_key`: what identifies the fact within its source, such as {child id, table, key day}.
FactId MakeFactId(const SecretKey& identity_key, const SourceName& source,
                  std::initializer_list<std::string_view> natural_key);

AssertionId MakeAssertionId(const SecretKey& identity_key, const FactId& fact,
                            const CommandId& command);

// An item of a source, and its own number of a case, under the source's identity key.
SubjectId MakeItemId(const SecretKey& identity_key, const AuthorityCode& source,
                     std::string_view event_id);
SubjectId MakeCaseRefId(const SecretKey& identity_key, const AuthorityCode& source,
                        std::string_view case_ref);

// HMAC-SHA-256 of an item's content, cell by cell: 32 bytes.
std::string MakeContentDigest(const SecretKey& identity_key,
                              std::initializer_list<std::string_view> cells);

LookupToken MakeLocalIdToken(const SecretKey& identity_key, const AuthorityCode& authority,
                             std::string_view local_id);

// One part of a person's name as it is compared, with the day of birth: children have one in
// common only if they share both.
struct PersonPart {
  std::string name_part;
  CivilDate born;
};
LookupToken MakePersonToken(const SecretKey& identity_key, const AuthorityCode& authority,
                            const PersonPart& part);

}  // namespace holdfast
