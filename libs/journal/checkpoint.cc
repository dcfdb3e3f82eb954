#include "libs/journal/checkpoint.h"

namespace holdfast {
namespace {

tl::unexpected<Status> Regression(const LogPartition& partition, const std::string& what) {
  return Fail(
      StatusCode::kDataLoss, "LOG_REGRESSION",
      "journal " + partition.service + "/" + std::to_string(partition.partition) + " " + what);
}

}  // namespace

journal::v1::Claim ClaimOf(const JournalIdentity& identity) {
  journal::v1::Claim claim;
  claim.set_service(identity.partition.service);
  claim.set_partition(identity.partition.partition);
  claim.set_partition_count(identity.partition_count);
  claim.set_hash_function(journal::v1::HASH_FUNCTION_FNV1A_64);
  return claim;
}

Result<void> RequireSameSettings(const JournalIdentity& identity, const journal::v1::Claim& claim) {
  const journal::v1::Claim ours = ClaimOf(identity);
  if (ours.service() == claim.service() && ours.partition() == claim.partition() &&
      ours.partition_count() == claim.partition_count() &&
      ours.hash_function() == claim.hash_function()) {
    return {};
  }
  return Fail(StatusCode::kFailedPrecondition, "SETTINGS_DIFFER",
              "journal " + ours.service() + "/" + std::to_string(ours.partition()) + " of " +
                  std::to_string(ours.partition_count()) + " was written as " + claim.service() +
                  "/" + std::to_string(claim.partition()) + " of " +
                  std::to_string(claim.partition_count()));
}

journal::v1::Checkpoint MakeCheckpoint(const std::string& log_id, const JournalIdentity& identity,
                                       const ReaderState& state) {
  journal::v1::Checkpoint checkpoint;
  checkpoint.set_log_id(log_id);
  *checkpoint.mutable_claim() = ClaimOf(identity);
  checkpoint.set_next_offset(state.next_offset);
  checkpoint.set_epoch(state.epoch);
  checkpoint.set_nonce(state.nonce.Bytes());
  checkpoint.set_seq(state.seq);
  checkpoint.set_chain(std::string(AsBytes(state.chain)));
  checkpoint.set_chain_before_last(std::string(AsBytes(state.chain_before_last)));
  checkpoint.set_last_valid_offset(state.last_valid_offset);
  checkpoint.set_valid_records(state.valid_records);
  checkpoint.set_events(state.events);
  checkpoint.set_void_records(state.void_records);
  checkpoint.set_last_recorded_at(state.last_recorded_at);
  return checkpoint;
}

ReaderState StateOf(const journal::v1::Checkpoint& checkpoint) {
  return {.next_offset = checkpoint.next_offset(),
          .epoch = checkpoint.epoch(),
          .nonce = Nonce::FromBytes(checkpoint.nonce()).value_or(Nonce{}),
          .seq = checkpoint.seq(),
          .chain = ChainFromBytes(checkpoint.chain()),
          .chain_before_last = ChainFromBytes(checkpoint.chain_before_last()),
          .last_valid_offset = checkpoint.last_valid_offset(),
          .valid_records = checkpoint.valid_records(),
          .events = checkpoint.events(),
          .void_records = checkpoint.void_records(),
          .last_recorded_at = checkpoint.last_recorded_at()};
}

Result<void> RequireUnchanged(EventLog& log, const LogPartition& partition,
                              const journal::v1::Checkpoint& checkpoint) {
  if (checkpoint.log_id() != log.Id(partition)) return Regression(partition, "is of another log");
  const auto end = log.End(partition);
  if (!end) return tl::unexpected(end.error());
  if (*end < checkpoint.next_offset()) {
    return Regression(partition, "ends at offset " + std::to_string(*end) + "; up to " +
                                     std::to_string(checkpoint.next_offset()) + " was read before");
  }
  if (checkpoint.valid_records() == 0) return {};
  const auto records = log.Read(partition, checkpoint.last_valid_offset(), 1);
  if (!records) return tl::unexpected(records.error());
  const Chain before = ChainFromBytes(checkpoint.chain_before_last());
  if (records->empty() || records->front().offset != checkpoint.last_valid_offset() ||
      ExtendChain(before, records->front().bytes) != ChainFromBytes(checkpoint.chain())) {
    return Regression(partition, "holds another record at offset " +
                                     std::to_string(checkpoint.last_valid_offset()) +
                                     " than was read before");
  }
  return {};
}

}  // namespace holdfast
