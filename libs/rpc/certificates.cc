#include "libs/rpc/certificates.h"

#include <algorithm>
#include <utility>

#include "libs/base/check.h"
#include "libs/crypto/private_file.h"
#include "libs/crypto/seal_bytes.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;

constexpr const char* kServices[] = {"cases",    "proceedings", "contact",
                                     "alerting", "national",    "audit", "relay"};

constexpr std::chrono::days kAuthorityLife{3653};
constexpr std::chrono::days kIdentityLife{365};
constexpr std::chrono::days kRenewedBefore{30};
constexpr std::chrono::minutes kClockSkew{5};

tl::unexpected<Status> Damaged(const fs::path& file) {
  return Fail(StatusCode::kFailedPrecondition, "CERTIFICATE_DAMAGED",
              file.string() + " is not a certificate or key of this folder's authority");
}

// The file's bytes; made first when there is none.
template <typename Make>
Result<std::string> ReadOrCreate(const fs::path& file, FileMode mode, const Make& make) {
  auto bytes = ReadPrivateFile(file);
  if (bytes || bytes.error().reason != "FILE_MISSING") return bytes;
  auto made = make();
  const auto created = CreatePrivateFile(file, made, mode);
  Wipe(made);
  if (!created && created.error().reason != "FILE_EXISTS") return tl::unexpected(created.error());
  return ReadPrivateFile(file);
}

}  // namespace

IdentityName NameOfRole(Role role) { return {std::string(Text(role))}; }

IdentityName NameOfRoleAt(Role role, const AuthorityCode& code) {
  return {std::string(Text(role)) + "@" + code.text()};
}

CertificateAuthority::CertificateAuthority(fs::path keys, PrivateKey key, Certificate certificate)
    : keys_(std::move(keys)), key_(std::move(key)), certificate_(std::move(certificate)) {}

Result<CertificateAuthority> CertificateAuthority::OpenOrCreate(const fs::path& keys, Instant now) {
  auto key_pem =
      ReadOrCreate(keys / "ca.key", FileMode::kReadOnly, [] { return ToPem(GenerateKey().get()); });
  if (!key_pem) return tl::unexpected(key_pem.error());
  auto key = KeyFromPem(*key_pem);
  Wipe(*key_pem);
  if (!key) return Damaged(keys / "ca.key");
  const auto pem = ReadOrCreate(keys / "ca.pem", FileMode::kReadWrite, [&] {
    const CertificateSpec spec{"Holdfast certificate authority", "", CertificateUse::kAuthority,
                               now - kClockSkew, now + kAuthorityLife};
    return ToPem(IssueCertificate(spec, key.get(), {nullptr, key.get()}).get());
  });
  if (!pem) return tl::unexpected(pem.error());
  auto certificate = CertificateFromPem(*pem);
  if (!certificate || !BelongTogether(certificate.get(), certificate.get(), key.get()))
    return Damaged(keys / "ca.pem");
  return CertificateAuthority(keys, std::move(key), std::move(certificate));
}

Result<void> CertificateAuthority::IssueForDeployment(const AuthorityCode& nation,
                                                      Instant now) const {
  const std::string server_uri = "holdfast://" + nation.text() + "/server/server";
  if (auto issued = Issue({kServerIdentity}, Wanted{server_uri, CertificateUse::kServer}, now);
      !issued)
    return issued;
  const std::string broker_uri = "holdfast://" + nation.text() + "/server/broker";
  const Wanted broker{broker_uri, CertificateUse::kServerAndClient};
  if (auto issued = Issue({kBrokerIdentity}, broker, now); !issued) return issued;
  for (const char* service : kServices) {
    const Identity identity{nation, Role::kService, service};
    if (auto issued = Issue({"service-" + identity.name}, identity, now); !issued) return issued;
  }
  for (const Role role : {Role::kService, Role::kNational, Role::kAuditor, Role::kOperator}) {
    if (auto issued = Issue(NameOfRole(role), Identity{nation, role, std::string(Text(role))}, now);
        !issued) {
      return issued;
    }
  }
  return {};
}

Result<void> CertificateAuthority::IssueForAuthority(const AuthorityCode& authority,
                                                     Instant now) const {
  for (const Role role : {Role::kWorker, Role::kData, Role::kReviewingOfficer, Role::kLegalAdviser}) {
    const Identity identity{authority, role, std::string(Text(role))};
    if (auto issued = Issue(NameOfRoleAt(role, authority), identity, now); !issued) return issued;
  }
  return {};
}

Result<void> CertificateAuthority::IssueForSource(const AuthorityCode& source, Role role,
                                                  Instant now) const {
  return Issue(NameOfRoleAt(role, source), {source, role, source.text()}, now);
}

Result<void> CertificateAuthority::Issue(const IdentityName& name, const Identity& identity,
                                         Instant now) const {
  HOLDFAST_CHECK(IsIdentityName(identity.name));
  return Issue(name, Wanted{IdentityUri(identity), CertificateUse::kClient}, now);
}

bool CertificateAuthority::IsGood(const fs::path& folder, const Wanted& wanted, Instant now) const {
  auto key_pem = ReadPrivateFile(folder / "key.pem");
  const auto certificate_pem = ReadPrivateFile(folder / "cert.pem");
  if (!key_pem || !certificate_pem) return false;
  const auto key = KeyFromPem(*key_pem);
  Wipe(*key_pem);
  const auto certificate = CertificateFromPem(*certificate_pem);
  if (!key || !certificate || !BelongTogether(certificate_.get(), certificate.get(), key.get()))
    return false;
  const auto facts = FactsOf(certificate.get());
  return facts.uris == std::vector{wanted.uri} && facts.not_before <= now &&
         now + kRenewedBefore < facts.not_after;
}

Result<void> CertificateAuthority::Issue(const IdentityName& name, const Wanted& wanted,
                                         Instant now) const {
  const fs::path folder = keys_ / "id" / name.text;
  if (auto made = MakePrivateFolder(folder); !made) return made;
  if (IsGood(folder, wanted, now)) return {};
  const Instant end = std::min(now + kIdentityLife, FactsOf(certificate_.get()).not_after);
  const auto key = GenerateKey();
  const CertificateSpec spec{name.text, wanted.uri, wanted.use, now - kClockSkew, end};
  const auto certificate = IssueCertificate(spec, key.get(), {certificate_.get(), key_.get()});
  auto key_pem = ToPem(key.get());
  auto replaced = ReplacePrivateFile(folder / "key.pem", key_pem, FileMode::kReadOnly);
  Wipe(key_pem);
  if (!replaced) return replaced;
  return ReplacePrivateFile(folder / "cert.pem", ToPem(certificate.get()), FileMode::kReadWrite);
}

Result<TlsIdentity> LoadIdentity(const fs::path& keys, const IdentityName& name) {
  auto authority = ReadPrivateFile(keys / "ca.pem");
  if (!authority) return tl::unexpected(authority.error());
  auto certificate = ReadPrivateFile(keys / "id" / name.text / "cert.pem");
  if (!certificate) return tl::unexpected(certificate.error());
  auto key = ReadPrivateFile(keys / "id" / name.text / "key.pem");
  if (!key) return tl::unexpected(key.error());
  return TlsIdentity{std::move(*authority), std::move(*certificate), std::move(*key)};
}

Result<CertificateFacts> ReadCertificate(const fs::path& file) {
  const auto pem = ReadPrivateFile(file);
  if (!pem) return tl::unexpected(pem.error());
  const auto certificate = CertificateFromPem(*pem);
  if (!certificate) return Damaged(file);
  return FactsOf(certificate.get());
}

}  // namespace holdfast
