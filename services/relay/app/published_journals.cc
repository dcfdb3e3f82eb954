#include "services/relay/app/published_journals.h"

#include <future>

namespace holdfast::relay {
namespace {

constexpr std::chrono::seconds kCatchUpLimit{60};

Projection::Options OptionsFor(uint32_t partition_count, std::function<void()> on_news) {
  Projection::Options options;
  for (const auto service : kPublished) {
    for (const auto& journal : JournalsOf(std::string(service), partition_count))
      options.journals.push_back(journal);
  }
  options.on_new = std::move(on_news);
  return options;
}

}  // namespace

PublishedJournals::PublishedJournals(EventLog& log, uint32_t partition_count,
                                     const OpenStore& open_store, std::function<void()> on_news)
    : log_(log),
      partition_count_(partition_count),
      index_(partition_count, open_store),
      projection_(OptionsFor(partition_count, std::move(on_news)), log, index_) {}

PublishedJournals::~PublishedJournals() { Stop(); }

Result<void> PublishedJournals::Start(const journal::v1::Head& witness) {
  return projection_.Start(witness);
}

void PublishedJournals::Stop() { projection_.Stop(); }

std::optional<Status> PublishedJournals::failure() const {
  for (const auto& part : projection_.status()) {
    if (part.failure) return part.failure;
  }
  return std::nullopt;
}

uint64_t PublishedJournals::behind() const {
  uint64_t records = 0;
  for (const auto& part : projection_.status()) {
    const auto end = log_.EndNow(part.partition);
    if (end && *end > part.read.next_offset) records += *end - part.read.next_offset;
  }
  return records;
}

Result<void> PublishedJournals::CatchUp() {
  auto read = std::make_shared<std::promise<Result<void>>>();
  auto done = read->get_future();
  projection_.ReadLatest({}, std::chrono::steady_clock::now() + kCatchUpLimit,
                         [read](Result<void> reached) { read->set_value(std::move(reached)); });
  return done.get();
}

std::unique_ptr<JournalWalk> PublishedJournals::WalkAfter(const LogPartition& partition,
                                                          uint64_t event) {
  return std::make_unique<JournalWalk>(
      JournalWalk::Parts{log_, index_, [this] { return CatchUp(); }},
      JournalIdentity{partition, partition_count_}, event);
}

std::unique_ptr<JournalWalk> PublishedJournals::WalkFrom(
    const LogPartition& partition, const std::optional<journal::v1::Checkpoint>& place) {
  auto walk = WalkAfter(partition, place ? place->events() : 0);
  if (place) walk->BeginAt(*place);
  return walk;
}

}  // namespace holdfast::relay
