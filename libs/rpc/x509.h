// Keys and certificates as PEM text, by OpenSSL. P-256, ECDSA with SHA-256.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/status.h"

struct evp_pkey_st;
struct x509_st;

namespace holdfast {

struct FreeKey {
  void operator()(evp_pkey_st* key) const;
};
struct FreeCertificate {
  void operator()(x509_st* certificate) const;
};
using PrivateKey = std::unique_ptr<evp_pkey_st, FreeKey>;
using Certificate = std::unique_ptr<x509_st, FreeCertificate>;

enum class CertificateUse { kAuthority, kServer, kClient, kServerAndClient };

struct CertificateSpec {
  std::string common_name;  // for people, and for Kafka's ACLs; Holdfast decides nothing by it
  std::string uri;          // blank for an authority's own
  CertificateUse use;
  Instant not_before;
  Instant not_after;
};

struct Issuer {
  x509_st* certificate;  // null: self-signed
  evp_pkey_st* key;
};

PrivateKey GenerateKey();
Certificate IssueCertificate(const CertificateSpec& spec, evp_pkey_st* subject_key,
                             const Issuer& issuer);

std::string ToPem(evp_pkey_st* key);  // PKCS #8, not encrypted; the caller wipes it
std::string ToPem(x509_st* certificate);
PrivateKey KeyFromPem(const std::string& pem);  // null when it is none
Certificate CertificateFromPem(const std::string& pem);

struct CertificateFacts {
  std::vector<std::string> uris;
  Instant not_before;
  Instant not_after;
};
CertificateFacts FactsOf(x509_st* certificate);

// True when `certificate` is signed by `authority` and holds the public half of `key`.
bool BelongTogether(x509_st* authority, x509_st* certificate, evp_pkey_st* key);

}  // namespace holdfast
