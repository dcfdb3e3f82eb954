#include "libs/rpc/x509.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "libs/base/check.h"

namespace holdfast {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

Bio NewMemory() {
  Bio bio(BIO_new(BIO_s_mem()), BIO_free);
  HOLDFAST_CHECK(bio != nullptr);
  return bio;
}

Bio MemoryOf(const std::string& text) {
  Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
  HOLDFAST_CHECK(bio != nullptr);
  return bio;
}

std::string TextOf(const Bio& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<size_t>(size)};
}

time_t Seconds(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

Instant ToInstant(const ASN1_TIME* at) {
  tm parts{};
  HOLDFAST_CHECK(ASN1_TIME_to_tm(at, &parts) == 1);
  return Instant(std::chrono::seconds(timegm(&parts)));
}

void SetSerial(X509* certificate) {
  std::array<unsigned char, 16> random;
  HOLDFAST_CHECK(RAND_bytes(random.data(), random.size()) == 1);
  random[0] &= 0x7f;
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(
      BN_bin2bn(random.data(), random.size(), nullptr), BN_free);
  HOLDFAST_CHECK(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void SetName(X509* certificate, const std::string& common_name) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto add = [&](const char* kind, const std::string& text) {
    HOLDFAST_CHECK(X509_NAME_add_entry_by_txt(name, kind, MBSTRING_UTF8,
                                              reinterpret_cast<const unsigned char*>(text.data()),
                                              static_cast<int>(text.size()), -1, 0) == 1);
  };
  add("O", "Holdfast");
  add("CN", common_name);
}

void AddExtension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_nconf_nid(nullptr, &context, kind, value.c_str()), X509_EXTENSION_free);
  HOLDFAST_CHECK(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void AddExtensions(X509* certificate, X509* issuer, const CertificateSpec& spec) {
  const auto add = [&](int kind, const std::string& value) {
    AddExtension(certificate, issuer, kind, value);
  };
  add(NID_subject_key_identifier, "hash");
  add(NID_authority_key_identifier, "keyid:always");
  if (spec.use == CertificateUse::kAuthority) {
    add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add(NID_key_usage, "critical,keyCertSign,cRLSign");
    return;
  }
  const bool is_server = spec.use != CertificateUse::kClient;
  const bool is_client = spec.use != CertificateUse::kServer;
  add(NID_basic_constraints, "critical,CA:FALSE");
  add(NID_key_usage, "critical,digitalSignature");
  add(NID_ext_key_usage, !is_server ? "clientAuth" : is_client ? "serverAuth,clientAuth" : "serverAuth");
  add(NID_subject_alt_name,
      "URI:" + spec.uri + (is_server ? ",DNS:localhost,IP:127.0.0.1,IP:::1" : ""));
}

}  // namespace

void FreeKey::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }
void FreeCertificate::operator()(x509_st* certificate) const { X509_free(certificate); }

PrivateKey GenerateKey() {
  PrivateKey key(EVP_EC_gen("P-256"));
  HOLDFAST_CHECK(key != nullptr);
  return key;
}

Certificate IssueCertificate(const CertificateSpec& spec, evp_pkey_st* subject_key,
                             const Issuer& issuer) {
  Certificate certificate(X509_new());
  HOLDFAST_CHECK(certificate != nullptr);
  X509* raw = certificate.get();
  X509* signer = issuer.certificate == nullptr ? raw : issuer.certificate;
  HOLDFAST_CHECK(X509_set_version(raw, X509_VERSION_3) == 1);
  SetSerial(raw);
  SetName(raw, spec.common_name);
  HOLDFAST_CHECK(X509_set_issuer_name(raw, X509_get_subject_name(signer)) == 1);
  HOLDFAST_CHECK(ASN1_TIME_set(X509_getm_notBefore(raw), Seconds(spec.not_before)) != nullptr);
  HOLDFAST_CHECK(ASN1_TIME_set(X509_getm_notAfter(raw), Seconds(spec.not_after)) != nullptr);
  HOLDFAST_CHECK(X509_set_pubkey(raw, subject_key) == 1);
  AddExtensions(raw, signer, spec);
  HOLDFAST_CHECK(X509_sign(raw, issuer.key, EVP_sha256()) > 0);
  return certificate;
}

std::string ToPem(evp_pkey_st* key) {
  const auto bio = NewMemory();
  HOLDFAST_CHECK(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) ==
                 1);
  return TextOf(bio);
}

std::string ToPem(x509_st* certificate) {
  const auto bio = NewMemory();
  HOLDFAST_CHECK(PEM_write_bio_X509(bio.get(), certificate) == 1);
  return TextOf(bio);
}

PrivateKey KeyFromPem(const std::string& pem) {
  return PrivateKey(PEM_read_bio_PrivateKey(MemoryOf(pem).get(), nullptr, nullptr, nullptr));
}

Certificate CertificateFromPem(const std::string& pem) {
  return Certificate(PEM_read_bio_X509(MemoryOf(pem).get(), nullptr, nullptr, nullptr));
}

CertificateFacts FactsOf(x509_st* certificate) {
  CertificateFacts facts{
      {}, ToInstant(X509_get0_notBefore(certificate)), ToInstant(X509_get0_notAfter(certificate))};
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> names(
      static_cast<GENERAL_NAMES*>(
          X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
      GENERAL_NAMES_free);
  for (int i = 0; names != nullptr && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
    facts.uris.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                            static_cast<size_t>(ASN1_STRING_length(uri)));
  }
  return facts;
}

bool BelongTogether(x509_st* authority, x509_st* certificate, evp_pkey_st* key) {
  return X509_check_private_key(certificate, key) == 1 &&
         X509_verify(certificate, X509_get0_pubkey(authority)) == 1;
}

}  // namespace holdfast
