// The certificates of a deployment: its own authority, and an identity for the server and for each
// kind of caller.
//
//   KEYS/ca.pem, KEYS/ca.key            the certificate authority: 10 years
//   KEYS/id/NAME/cert.pem, key.pem      identities: 1 year
//
//   NAME            URI                              for
//   server          holdfast://NATION/server/server  localhost, 127.0.0.1 and ::1
//   broker          holdfast://NATION/server/broker  the same: brokers of Kafka on this machine (tools/kafka)
//   ROLE            holdfast://NATION/ROLE/ROLE      service, national, auditor, operator
//   service-NAME    holdfast://NATION/service/NAME   a service by itself, for Kafka's ACLs
//   ROLE@CODE       holdfast://CODE/ROLE/ROLE        worker, data
//   ROLE@GROUP      holdfast://GROUP/ROLE/ROLE       subscriber
//   ROLE@SOURCE     holdfast://SOURCE/ROLE/SOURCE    court, reporter
//
// Keys have mode 0400. An identity that ends within 30 days, or does not belong to ca.pem, is made
// anew when it is asked for.
#pragma once

#include <filesystem>
#include <string>

#include "libs/base/authority_code.h"
#include "libs/base/clock.h"
#include "libs/base/status.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/x509.h"

namespace holdfast {

// The folder of an identity within KEYS/id.
struct IdentityName {
  std::string text;

  auto operator<=>(const IdentityName&) const = default;
};

inline constexpr char kServerIdentity[] = "server";
inline constexpr char kBrokerIdentity[] = "broker";

IdentityName NameOfRole(Role role);
IdentityName NameOfRoleAt(Role role, const AuthorityCode& code);

// One process at a time makes certificates of a folder.
class CertificateAuthority {
 public:
  // `keys` is the keys folder, which exists. CERTIFICATE_DAMAGED when its ca.pem and ca.key do not
  // belong together.
  static Result<CertificateAuthority> OpenOrCreate(const std::filesystem::path& keys, Instant now);

  // The server, the broker, and service, national, auditor, operator and each service of `nation`;
  // those that are good stay.
  Result<void> IssueForDeployment(const AuthorityCode& nation, Instant now) const;

  // worker and data of an authority.
  Result<void> IssueForAuthority(const AuthorityCode& authority, Instant now) const;

  // court or reporter of a source.
  Result<void> IssueForSource(const AuthorityCode& source, Role role, Instant now) const;

  // One more, such as a person or a source.
  Result<void> Issue(const IdentityName& name, const Identity& identity, Instant now) const;

 private:
  struct Wanted {
    std::string uri;
    CertificateUse use;
  };

  CertificateAuthority(std::filesystem::path keys, PrivateKey key, Certificate certificate);

  Result<void> Issue(const IdentityName& name, const Wanted& wanted, Instant now) const;
  bool IsGood(const std::filesystem::path& folder, const Wanted& wanted, Instant now) const;

  std::filesystem::path keys_;
  PrivateKey key_;
  Certificate certificate_;
};

// What both ends of a connection need.
struct TlsIdentity {
  std::string authority_pem;
  std::string certificate_pem;
  std::string key_pem;
};

// Reads KEYS/id/NAME. FILE_MISSING when there is none; KEYS_NOT_PRIVATE.
Result<TlsIdentity> LoadIdentity(const std::filesystem::path& keys, const IdentityName& name);

// What a certificate file says. CERTIFICATE_DAMAGED, FILE_MISSING.
Result<CertificateFacts> ReadCertificate(const std::filesystem::path& file);

}  // namespace holdfast
