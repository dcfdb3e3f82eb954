#include "services/node/key_audit.h"

#include <map>
#include <set>

#include "holdfast/alerting/v1/alerting_events.pb.h"
#include "holdfast/cases/v1/cases_events.pb.h"
#include "holdfast/contact/v1/contact_events.pb.h"
#include "holdfast/proceedings/v1/proceedings_events.pb.h"
#include "libs/journal/journal_reader.h"
#include "libs/rpc/certificates.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kReadAtOnce_bytes = 4 << 20;

Finding Found(const char* kind, const fs::path& file, std::string message) {
  return {.kind = kind,
          .file = file.string(),
          .partition = {},
          .offset = 0,
          .message = std::move(message)};
}

// A place of the journals that names a key.
struct Named {
  LogPartition partition;
  uint64_t offset = 0;
};

struct NamedKeys {
  std::map<KeyId, Named> keys;        // where each is named first
  std::set<std::string> authorities;  // and sources

  void Note(const std::string& id, const Named& place) {
    if (const auto key = KeyId::FromBytes(id)) keys.emplace(*key, place);
  }
};

// All sealed fields of a message, however deep.
void NoteSealed(const Message& message, const Named& place, NamedKeys& named) {
  if (message.GetDescriptor() == common::v1::SealedPersonal::descriptor()) {
    return named.Note(static_cast<const common::v1::SealedPersonal&>(message).key_id(), place);
  }
  std::vector<const FieldDescriptor*> fields;
  const auto& reflection = *message.GetReflection();
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      NoteSealed(reflection.GetMessage(message, field), place, named);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      NoteSealed(reflection.GetRepeatedMessage(message, field, i), place, named);
    }
  }
}

void NoteEvent(const std::string& payload, const Named& place, NamedKeys& named) {
  if (place.partition.service == "alerting") {
    alerting::v1::AlertingEvent event;
    if (event.ParseFromString(payload)) NoteSealed(event, place, named);
    return;
  }
  if (place.partition.service == "contact") {
    contact::v1::ContactEvent event;
    if (event.ParseFromString(payload)) NoteSealed(event, place, named);
    return;
  }
  if (place.partition.service == "proceedings") {
    proceedings::v1::ProceedingsEvent event;
    if (!event.ParseFromString(payload)) return;
    NoteSealed(event, place, named);
    if (event.has_item_received()) named.Note(event.item_received().key_id(), place);
    if (event.has_source_registered()) named.authorities.insert(event.source_registered().source());
    return;
  }
  cases::v1::CasesEvent event;
  if (place.partition.service != "cases" || !event.ParseFromString(payload)) return;
  NoteSealed(event, place, named);
  if (event.has_child_registered()) named.Note(event.child_registered().key_id(), place);
  if (event.has_meeting_planned()) named.Note(event.meeting_planned().key_id(), place);
  if (event.has_meeting_held()) named.Note(event.meeting_held().key_id(), place);
  if (event.has_siblings_decided()) named.Note(event.siblings_decided().key_id(), place);
  if (event.has_authority_registered())
    named.authorities.insert(event.authority_registered().authority());
}

NamedKeys KeysNamedIn(EventLog& log, const std::vector<JournalIdentity>& journals) {
  NamedKeys named;
  for (const JournalIdentity& journal : journals) {
    JournalReader reader(log, journal);
    while (reader
               .ReadOn(kReadAtOnce_bytes,
                       [&](const LogRecord& record, JudgedRecord& judged) -> Result<void> {
                         if (judged.verdict != Verdict::kBatch) return {};
                         for (const auto& event : judged.record.events()) {
                           NoteEvent(event.payload(), {journal.partition, record.offset}, named);
                         }
                         return {};
                       })
               .value_or(0) > 0) {
    }
  }
  return named;
}

}  // namespace

std::vector<Finding> AuditKeysFolder(KeysFolder& keys) {
  std::vector<Finding> findings;
  for (const Status& amiss : keys.CheckFiles())
    findings.push_back(Found("keys", keys.path(), amiss.message));
  std::set<fs::path> certificates{keys.path() / "ca.pem"};
  std::error_code ignored;
  for (const auto& identity : fs::directory_iterator(keys.path() / "id", ignored)) {
    certificates.insert(identity.path() / "cert.pem");
  }
  for (const fs::path& file : certificates) {
    if (const auto read = ReadCertificate(file); !read)
      findings.push_back(Found("keys", file, read.error().message));
  }
  return findings;
}

std::vector<Finding> AuditKeyStore(EventLog& log, const std::vector<JournalIdentity>& journals,
                                   KeyStore& store, KeysFolder& keys, const fs::path& folder) {
  std::vector<Finding> findings;
  const NamedKeys named = KeysNamedIn(log, journals);
  for (const auto& [id, place] : named.keys) {
    const auto key = store.Get(id);
    if (key || key.error().reason == "KEY_ERASED") continue;
    findings.push_back(
        {.kind = "key",
         .file = folder.string(),
         .partition = place.partition,
         .offset = place.offset,
         .message = key.error().message + ", which the record here names; restore the key store"});
  }
  const auto report = store.Check();
  if (!report) findings.push_back(Found("keystore", folder, report.error().message));
  for (const KeyId& id : report ? report->damaged : std::vector<KeyId>{}) {
    if (named.keys.contains(id)) continue;
    findings.push_back(
        Found("key", folder, "data key " + id.HexText() + " cannot be opened; no event names it"));
  }
  for (const std::string& text : named.authorities) {
    const auto code = AuthorityCode::FromText(text);
    if (!code) continue;
    const auto identity = keys.IdentityKey(*code);
    if (!identity) findings.push_back(Found("keys", keys.path(), identity.error().message));
    const auto newest = keys.NewestKey(*code);
    if (!newest) findings.push_back(Found("keys", keys.path(), newest.error().message));
  }
  return findings;
}

}  // namespace holdfast
