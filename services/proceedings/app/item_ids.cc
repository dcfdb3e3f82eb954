#include "services/proceedings/app/item_ids.h"

#include "libs/crypto/identity.h"
#include "libs/permanence/contact_rate.h"
#include "libs/permanence/dates.h"
#include "services/proceedings/domain/feed_kinds.h"

namespace holdfast::proceedings {
namespace {

void NoteUnreadable(const v1::StreamItemsRequest& said, v1::ReceiveItem& command) {
  const auto note = [&](bool is_set, const common::v1::Date& date, const char* field) {
    if (is_set && !DayOf(date)) command.add_unreadable(field);
  };
  if (said.sent_at_us() < 0) command.add_unreadable("sent_at");
  note(said.has_on(), said.on(), "on");
  note(said.has_born(), said.born(), "born");
  note(said.has_until(), said.until(), "until");
}

void SetPersonal(const v1::StreamItemsRequest& said, common::v1::Personal& personal) {
  personal.set_event_id(std::string(TrimLocalId(said.event_id())));
  personal.set_ref(std::string(TrimLocalId(said.ref())));
  personal.set_local_id(std::string(TrimLocalId(said.local_id())));
  personal.set_case_ref(std::string(TrimLocalId(said.case_ref())));
  personal.set_name(said.name());
  if (said.has_born() && DayOf(said.born())) *personal.mutable_born() = said.born();
  personal.set_text(said.reason());
}

std::string ContentOf(const SecretKey& key, const v1::StreamItemsRequest& said,
                      const common::v1::Personal& personal) {
  return MakeContentDigest(
      key, {said.kind(), IsoOf(said.on()), personal.ref(), said.child_authority(),
            personal.local_id(), personal.case_ref(), said.name(), IsoOf(said.born()), said.code(),
            IsoOf(said.until()), TrimLocalId(said.after()), said.reason()});
}

// One without a ref of its own is a fact by itself.
FactId FactOf(const SecretKey& key, const AuthorityCode& source, v1::FeedKind kind,
              const common::v1::Personal& personal) {
  const std::string thing(ThingOf(kind));
  if (!personal.ref().empty()) return MakeFactId(key, {source.text()}, {thing, personal.ref()});
  return MakeFactId(key, {source.text()}, {thing, "", personal.event_id()});
}

}  // namespace

Result<NamedItem> NameItem(KeysFolder& keys, const AuthorityCode& source,
                           const v1::StreamItemsRequest& said) {
  const auto key = keys.IdentityKey(source);
  if (!key) return tl::unexpected(key.error());
  NamedItem named;
  named.item = MakeItemId(*key, source, said.event_id());
  auto& command = named.command;
  command.set_kind_text(said.kind());
  NoteUnreadable(said, command);
  auto& version = *command.mutable_version();
  auto& personal = *version.mutable_personal()->mutable_open();
  SetPersonal(said, personal);
  version.set_source(source.text());
  version.set_kind(FeedKindNamed(said.kind()).value_or(v1::FEED_KIND_UNSPECIFIED));
  if (said.has_on()) *version.mutable_on() = said.on();
  version.set_code(said.code());
  if (version.kind() == v1::FEED_KIND_CONTACT_DIRECTION) version.set_rate(ReadRate(said.reason()));
  if (said.has_until()) *version.mutable_until() = said.until();
  if (!TrimLocalId(said.after()).empty())
    version.set_withdraws(MakeItemId(*key, source, said.after()).Bytes());
  version.set_sent_at_us(said.sent_at_us());
  version.set_content_sha256(ContentOf(*key, said, personal));
  const FactId fact = FactOf(*key, source, version.kind(), personal);
  version.set_fact(fact.Bytes());
  const auto content = CommandId::FromBytes(version.content_sha256().substr(0, 16));
  version.set_assertion(MakeAssertionId(*key, fact, content.value_or(CommandId{})).Bytes());
  version.set_authority(said.child_authority());
  const auto authority = AuthorityCode::FromText(said.child_authority());
  if (authority && !personal.local_id().empty()) {
    const auto theirs = keys.IdentityKey(*authority);
    if (theirs) version.set_child(MakeChildId(*theirs, *authority, personal.local_id()).Bytes());
  }
  if (!personal.case_ref().empty()) {
    named.case_ref = MakeCaseRefId(*key, source, personal.case_ref());
    version.set_case_ref(named.case_ref->Bytes());
  }
  return named;
}

}  // namespace holdfast::proceedings
