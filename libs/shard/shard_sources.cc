// What a shard does with the journals that it reacts to.
#include <algorithm>

#include "libs/shard/shard.h"

namespace holdfast {

SourceReader* Shard::SourceOf(const journal::v1::SourceRange& range) {
  const auto source = std::ranges::find_if(sources_, [&](const SourceReader& reader) {
    return reader.source() == LogPartition{range.service(), range.partition()};
  });
  return source == sources_.end() ? nullptr : &*source;
}

Result<bool> Shard::TrySources(const Moment& now, const std::function<Result<void>()>& read) {
  if (!sources_back_off_.MayRead(now.steady)) return false;
  const auto done = read();
  if (done) {
    sources_back_off_.OnSuccess();
    return true;
  }
  if (!JournalReader::MayTryAgain(done.error())) return tl::unexpected(done.error());
  sources_back_off_.OnFailure(done.error(), now.steady);
  return false;
}

Result<void> Shard::ApplySources(const journal::v1::Record& record, const Moment& now) {
  for (const auto& range : record.sources()) {
    SourceReader* source = SourceOf(range);
    if (source == nullptr) {
      return Fail(StatusCode::kFailedPrecondition, "SETTINGS_DIFFER",
                  "a batch consumed journal " + range.service() + ", which is no source here");
    }
    bool has_all = false;
    const auto tried = TrySources(now, [&]() -> Result<void> {
      const auto read = source->ReadThrough(range.to());
      if (!read) return tl::unexpected(read.error());
      has_all = *read;
      return {};
    });
    if (!tried) return tl::unexpected(tried.error());
    if (!has_all) return tl::unexpected(JournalReader::NotYet());
  }
  for (const auto& range : record.sources()) {
    SourceReader* source = SourceOf(range);
    const auto applied =
        source->ApplyRange(range, [&](const SourceEvent& event) { return state_.Consume(event); });
    if (!applied) return applied;
    state_.SetCursor(range.service(), range.partition(), source->cursor());
  }
  return {};
}

Result<size_t> Shard::OfferSources(const Moment& now, BatchBuilder& builder) {
  size_t shown = 0;
  const auto tried = TrySources(now, [&]() -> Result<void> {
    for (SourceReader& source : sources_) {
      while (shown < options_.source_events_a_turn && !builder.IsFull()) {
        const auto offered = source.Offer(1, [&](const SourceEvent& event, const Chain& chain) {
          return builder.React(event, chain);
        });
        if (!offered) return tl::unexpected(offered.error());
        if (*offered == 0) break;
        ++shown;
      }
    }
    return {};
  });
  if (!tried) return tl::unexpected(tried.error());
  return shown;
}

// An owner reads its sources to decide; who owns nothing reads them to know what is not applied
// yet.
Result<void> Shard::ReadSourcesAhead() {
  if (owner_.IsServing()) return {};
  for (const WaitingRead& waits : to_read_) {
    for (size_t i = 0; i < waits.source_ends.size(); ++i) {
      if (auto read = sources_[i].ReadAsFarAs(waits.source_ends[i]); !read) return read;
    }
  }
  return {};
}

}  // namespace holdfast
