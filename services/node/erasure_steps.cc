#include <algorithm>

#include "libs/base/crash_point.h"
#include "libs/base/uuid.h"
#include "libs/crypto/request_macs.h"
#include "services/node/ask_shards.h"
#include "services/node/erasures.h"

namespace holdfast {
namespace {

using cases::Erasure;
using cases::v1::ErasureStep;

// The space of the ids of these commands.
constexpr UuidBytes kSpace = {0x91, 0x4f, 0x22, 0x6b, 0xd0, 0x35, 0x4e, 0x8c,
                              0x9d, 0x7a, 0x1b, 0xe2, 0x58, 0x03, 0xfc, 0x64};

struct StepOfService {
  const char* service;
  ErasureStep step;
};
constexpr StepOfService kOfServices[] = {
    {"proceedings", cases::v1::ERASURE_STEP_PROCEEDINGS},
    {"contact", cases::v1::ERASURE_STEP_CONTACT},
    {"alerting", cases::v1::ERASURE_STEP_ALERTING},
};

// The new key of each authority and source that is concerned.
std::vector<AuthorityKeyName> NewKeys(const Erasure& erasure) {
  std::vector<AuthorityKeyName> names;
  for (const auto& body : Bodies(erasure)) {
    if (const auto code = AuthorityCode::FromText(body))
      names.push_back({*code, NewVersion(erasure, body)});
  }
  return names;
}

}  // namespace

// Each step says kDone when there is nothing of it to do any more, and the next one may.
Result<Erasures::Went> Erasures::GoOn(const SubjectId& child) {
  const auto erasure = ErasureOf(child);
  if (!erasure) return tl::unexpected(erasure.error());
  if (!erasure->erased || erasure->complete) return Went::kDone;
  for (const auto step :
       {&Erasures::AskServices, &Erasures::DestroyKeys, &Erasures::MakeKeys, &Erasures::HoldKeys,
        &Erasures::WrapAnew, &Erasures::DestroyOlder, &Erasures::Complete}) {
    auto went = (this->*step)(child, *erasure);
    if (!went || *went != Went::kDone) return went;
  }
  return Went::kDone;
}

Result<Erasures::Went> Erasures::AskServices(const SubjectId& child, const Erasure& erasure) {
  bool waits = false;
  for (const auto& [name, step] : kOfServices) {
    if (Has(erasure, step)) continue;
    waits = true;
    Service* service = ServiceNamed(name);
    const auto erased = service == nullptr ? Result<Service::ErasedWith>{} : service->Erase(child);
    if (!erased) return tl::unexpected(erased.error());
    if (!*erased) continue;
    cases::v1::ErasureStepDone done;
    done.set_step(step);
    for (const auto& key : **erased) {
      auto& added = *done.add_keys();
      added.set_key_id(key.key.Bytes());
      added.set_of(key.of.text());
    }
    return Record(child, std::move(done));
  }
  return waits ? Went::kWaits : Went::kDone;
}

// The look-up is of names that nobody can open after it: made again from the journal, it would
// differ.
Result<Erasures::Went> Erasures::DestroyKeys(const SubjectId& child, const Erasure& erasure) {
  if (Has(erasure, cases::v1::ERASURE_STEP_KEYS_DESTROYED)) return Went::kDone;
  if (!KeepsKeys()) return Went::kWaits;
  const auto forgotten = ServiceNamed("cases")->Erase(child);
  if (!forgotten) return tl::unexpected(forgotten.error());
  if (!*forgotten) return Went::kWaits;
  const auto keys = KeysOf(child, erasure);
  if (!keys) return tl::unexpected(keys.error());
  CrashPoint("erasure.before_keys_destroyed");
  if (auto destroyed = Destroy(*keys); !destroyed) return tl::unexpected(destroyed.error());
  CrashPoint("erasure.after_keys_destroyed");
  return Record(child, cases::v1::ERASURE_STEP_KEYS_DESTROYED);
}

// One that a crash left without a record is one version more, and goes with the older ones.
Result<Erasures::Went> Erasures::MakeKeys(const SubjectId& child, const Erasure& erasure) {
  for (const auto& name : NewKeys(erasure)) {
    if (name.version > 0) continue;
    if (!KeepsKeys()) return Went::kWaits;
    const auto made = parts_.keys.AddVersion(name.authority);
    if (!made) return tl::unexpected(made.error());
    CrashPoint("erasure.after_key_made");
    cases::v1::ErasureStepDone done;
    done.set_step(cases::v1::ERASURE_STEP_KEY_MADE);
    done.set_of(name.authority.text());
    done.set_version(made->version);
    return Record(child, std::move(done));
  }
  return Went::kDone;
}

Result<Erasures::Went> Erasures::HoldKeys(const SubjectId& child, const Erasure& erasure) {
  if (Has(erasure, cases::v1::ERASURE_STEP_KEY_HELD, parts_.instance)) return Went::kDone;
  for (const auto& name : NewKeys(erasure)) {
    const auto newest = parts_.keys.NewestKey(name.authority);
    if (!newest) return tl::unexpected(newest.error());
    if (newest->version < name.version) {
      if (parts_.peers == nullptr)
        return Fail(StatusCode::kDataLoss, "KEYS_MISSING",
                    "version " + std::to_string(name.version) + " of the key of " +
                        name.authority.text() + " is gone from the keys folder; restore it");
      const auto file = parts_.peers->FetchKey(name);
      if (!file) return tl::unexpected(file.error());
      if (auto taken = parts_.keys.ImportKey(name, *file); !taken)
        return tl::unexpected(taken.error());
    }
    // Whoever is making a key at this moment took the older one: that is over when this returns.
    if (auto none = parts_.store.MakeKeys(name.authority, 0); !none)
      return tl::unexpected(none.error());
  }
  const auto keys = KeysOf(child, erasure);
  if (!keys) return tl::unexpected(keys.error());
  for (const KeyId& key : *keys) parts_.store.ForgetDerived(key);
  const auto forgotten = ServiceNamed("cases")->Erase(child);
  if (!forgotten) return tl::unexpected(forgotten.error());
  if (!*forgotten) return Went::kWaits;
  return Record(child, cases::v1::ERASURE_STEP_KEY_HELD);
}

Result<Erasures::Went> Erasures::WrapAnew(const SubjectId& child, const Erasure& erasure) {
  if (Has(erasure, cases::v1::ERASURE_STEP_WRAPPED_ANEW)) return Went::kDone;
  if (!KeepsKeys()) return Went::kWaits;
  const auto present =
      parts_.peers == nullptr ? std::set<std::string>{parts_.instance} : parts_.peers->Present();
  if (!present) return tl::unexpected(present.error());
  const auto hold = DoneBy(erasure, cases::v1::ERASURE_STEP_KEY_HELD);
  if (!std::ranges::includes(hold, *present)) return Went::kWaits;
  for (const auto& name : NewKeys(erasure)) {
    if (auto wrapped = parts_.store.Rewrap(name.authority); !wrapped)
      return tl::unexpected(wrapped.error());
    CrashPoint("erasure.after_rewrap");
  }
  return Record(child, cases::v1::ERASURE_STEP_WRAPPED_ANEW);
}

Result<Erasures::Went> Erasures::DestroyOlder(const SubjectId& child, const Erasure& erasure) {
  if (Has(erasure, cases::v1::ERASURE_STEP_OLD_KEY_DESTROYED, parts_.instance)) return Went::kDone;
  const auto in_use = parts_.store.WrappedBy();
  if (!in_use) return tl::unexpected(in_use.error());
  for (const auto& name : NewKeys(erasure)) {
    const auto oldest = in_use->lower_bound({name.authority, 0});
    if (oldest != in_use->end() && oldest->authority == name.authority &&
        oldest->version < name.version) {
      // Made while the others were wrapped, by an instance that had just joined.
      if (!KeepsKeys()) return Went::kWaits;
      const auto wrapped = parts_.store.Rewrap(name.authority);
      return wrapped ? Result<Went>(Went::kWaits) : tl::unexpected(wrapped.error());
    }
  }
  for (const auto& name : NewKeys(erasure)) {
    for (uint32_t version = 1; version < name.version; ++version) {
      const AuthorityKeyName old{name.authority, version};
      if (auto destroyed = parts_.keys.DestroyVersion(old); !destroyed)
        return tl::unexpected(destroyed.error());
      parts_.store.ForgetDerived(MacKeyIdOf(old));
    }
    CrashPoint("erasure.after_older_destroyed");
  }
  return Record(child, cases::v1::ERASURE_STEP_OLD_KEY_DESTROYED);
}

Result<Erasures::Went> Erasures::Complete(const SubjectId& child, const Erasure& erasure) {
  if (!KeepsKeys()) return Went::kWaits;
  const auto known =
      parts_.peers == nullptr ? std::set<std::string>{parts_.instance} : parts_.peers->Known();
  const auto done = DoneBy(erasure, cases::v1::ERASURE_STEP_OLD_KEY_DESTROYED);
  if (!std::ranges::includes(done, known)) return Went::kWaits;
  // An instance that was paused in the middle of wrapping may have brought one back.
  const auto keys = KeysOf(child, erasure);
  if (!keys) return tl::unexpected(keys.error());
  if (auto destroyed = Destroy(*keys); !destroyed) return tl::unexpected(destroyed.error());
  CrashPoint("erasure.before_complete");
  return Record(child, cases::v1::ERASURE_STEP_COMPLETE);
}

Result<void> Erasures::Destroy(const std::vector<KeyId>& keys) {
  for (const KeyId& key : keys) {
    const auto destroyed = parts_.store.Destroy(key);
    if (!destroyed && destroyed.error().reason != "KEY_MISSING") return destroyed;
    parts_.store.ForgetDerived(key);
  }
  return {};
}

Result<std::vector<KeyId>> Erasures::KeysOf(const SubjectId& child, const Erasure& erasure) {
  const auto own = DataKeyOf(child);
  if (!own) return tl::unexpected(own.error());
  std::vector<KeyId> keys{*own};
  for (const auto& taken : erasure.steps) {
    for (const auto& key : taken.done.keys()) {
      if (const auto id = KeyId::FromBytes(key.key_id())) keys.push_back(*id);
    }
  }
  return keys;
}

Result<Erasures::Went> Erasures::Record(const SubjectId& child, ErasureStep step) {
  cases::v1::ErasureStepDone done;
  done.set_step(step);
  return Record(child, std::move(done));
}

Result<Erasures::Went> Erasures::Record(const SubjectId& child, cases::v1::ErasureStepDone done) {
  const auto erasure = ErasureOf(child);
  if (!erasure) return tl::unexpected(erasure.error());
  done.set_instance(parts_.instance);
  const std::string name =
      child.HexText() + "/" + std::to_string(done.step()) + "/" + done.of() + "/" + parts_.instance;
  cases::v1::CasesCommand command;
  command.set_subject(child.Bytes());
  command.set_authority(erasure->said.authority());
  *command.mutable_record_erasure_step()->mutable_done() = std::move(done);
  const auto answer = SubmitNow(*cases_, child,
                                {.authority = erasure->said.authority(),
                                 .id = {UuidV5(kSpace, name)},
                                 .of_service = true,
                                 .principal = "holdfast://service/cases",
                                 .request = command.SerializeAsString(),
                                 .request_mac = {},
                                 .mac_key = {}});
  if (!answer) return tl::unexpected(answer.error());
  if (answer->kind == journal::v1::OUTCOME_KIND_REFUSED)
    return Fail(StatusCode::kInternal, "ERASURE_NOT_RECORDED", answer->result);
  return Went::kOn;
}

Result<void> Erasures::TakeMissingKeys() {
  const auto in_use = parts_.store.WrappedBy();
  if (!in_use) return tl::unexpected(in_use.error());
  for (const auto& name : *in_use) {
    if (const auto identity = parts_.keys.IdentityKey(name.authority); !identity) {
      return Fail(StatusCode::kFailedPrecondition, "KEYS_MISSING",
                  identity.error().message + ", by which the children of " + name.authority.text() +
                      " are known; restore it, or copy the keys folder of another instance");
    }
    const auto newest = parts_.keys.NewestKey(name.authority);
    if (newest && newest->version >= name.version && parts_.keys.AuthorityKey(name)) continue;
    const auto file = parts_.peers == nullptr
                          ? Fail(StatusCode::kUnavailable, "KEY_NOT_FOUND", "no other instance")
                          : parts_.peers->FetchKey(name);
    if (!file) {
      return Fail(
          StatusCode::kFailedPrecondition, "KEYS_MISSING",
          "the keys folder lacks version " + std::to_string(name.version) + " of the key of " +
              name.authority.text() +
              ", by which what is known of living children is sealed: keys and data are not "
              "of the same time. Restore both from one backup, or copy the keys folder of "
              "another instance (" +
              file.error().message + ")");
    }
    if (auto taken = parts_.keys.ImportKey(name, *file); !taken) return taken;
  }
  return {};
}

}  // namespace holdfast
