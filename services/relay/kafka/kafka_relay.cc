#include "services/relay/kafka/kafka_relay.h"

#include <algorithm>

#include "libs/eventlog/kafka_topics.h"
#include "services/relay/app/group_keys.h"

namespace holdfast::relay {
namespace {

constexpr size_t kRead_bytes = 256 << 10;
constexpr std::chrono::seconds kLookEvery{2};  // for new topics
constexpr std::chrono::seconds kPutEvery{1};
constexpr std::chrono::seconds kTellEvery{60};
constexpr std::chrono::seconds kDelivered{30};  // more than the producer takes

// The deliveries of one round.
struct Deliveries {
  std::mutex mutex;
  std::condition_variable told;
  size_t left = 0;
  std::set<size_t> failed;  // by chunk
};

}  // namespace

Result<std::unique_ptr<KafkaRelay>> KafkaRelay::Start(Parts parts) {
  std::unique_ptr<KafkaRelay> relay(new KafkaRelay(std::move(parts)));
  if (auto opened = relay->Open(); !opened) return tl::unexpected(opened.error());
  relay->thread_ = std::thread([raw = relay.get()] { raw->Run(); });
  const auto& kafka = relay->parts_.kafka;
  auto group = KafkaGroup::Join({.settings = kafka,
                                 .instance = relay->parts_.instance,
                                 .services = {std::string(kPublished.front())},
                                 .group = RelayGroup(kafka.topic_prefix),
                                 .session = relay->parts_.session},
                                relay->events_, [raw = relay.get()](const auto& partitions) {
                                  {
                                    const std::lock_guard lock(raw->mutex_);
                                    raw->assigned_.clear();
                                    for (const auto& one : partitions)
                                      raw->assigned_.insert(one.partition);
                                  }
                                  raw->Signal();
                                });
  if (!group) return tl::unexpected(group.error());
  relay->group_ = std::move(*group);
  return relay;
}

Result<void> KafkaRelay::Open() {
  const auto& kafka = parts_.kafka;
  auto table = KafkaTable::Open(kafka, kafka.topic_prefix + ".ownership", events_);
  if (!table) return tl::unexpected(table.error());
  table_ = std::move(*table);
  places_ = std::make_unique<RelayPlaces>(*table_);
  auto producer = KafkaProducer::Open(kafka, events_);
  if (!producer) return tl::unexpected(producer.error());
  producer_ = std::move(*producer);
  auto admin = KafkaAdmin::Open(kafka, events_);
  if (!admin) return tl::unexpected(admin.error());
  admin_ = std::move(*admin);
  context_.topic_prefix = kafka.topic_prefix;
  context_.partition_count = parts_.journals.partition_count();
  lines_["public"] = PublicLine();
  return {};
}

KafkaRelay::~KafkaRelay() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  Signal();
  if (thread_.joinable()) thread_.join();
  group_.reset();
}

void KafkaRelay::Signal() {
  {
    const std::lock_guard lock(mutex_);
    signalled_ = true;
  }
  wakes_.notify_one();
}

std::optional<Status> KafkaRelay::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void KafkaRelay::Fail(const Status& why) {
  if (parts_.log != nullptr)
    parts_.log->Error("a journal is not published on",
                      {{"reason", PlainText{why.reason}}, {"detail", PlainText{why.message}}});
  const std::lock_guard lock(mutex_);
  failure_ = why;
}

void KafkaRelay::Run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      const auto wait = unput_.empty() ? kLookEvery : kPutEvery;
      wakes_.wait_for(lock, wait, [this] { return signalled_ || stopping_; });
      if (stopping_) break;
      signalled_ = false;
    }
    TakeAssignment();
    LookForTopics();
    while (Round()) {
      PutPlaces();
      const std::lock_guard lock(mutex_);
      if (stopping_ || assigned_ != mine_) {
        signalled_ = true;
        break;
      }
    }
    PutPlaces();
  }
  put_ = {};
  PutPlaces();
}

// What is no longer ours is left where it stands; what is new begins where another has left it.
void KafkaRelay::TakeAssignment() {
  std::set<uint32_t> assigned;
  {
    const std::lock_guard lock(mutex_);
    assigned = assigned_;
  }
  if (assigned == mine_) return;
  put_ = {};
  PutPlaces();
  std::erase_if(ways_,
                [&](const auto& way) { return !assigned.contains(way.first.second.partition); });
  std::erase_if(unput_,
                [&](const auto& one) { return !assigned.contains(one.first.second.partition); });
  if (auto read = places_->CatchUp(); !read) return Signal();  // the next turn tries again
  mine_ = std::move(assigned);
}

// What topics there are says which groups there are.
void KafkaRelay::LookForTopics() {
  const Monotonic now = parts_.clock.Steady();
  if (now < looked_for_topics_ + kLookEvery) return;
  looked_for_topics_ = now;
  const auto there = admin_->Describe();
  if (!there) return;
  topics_.clear();
  context_.public_topics.clear();
  const std::string& prefix = parts_.kafka.topic_prefix;
  for (const auto& [name, topic] : there->topics) {
    topics_.insert(name);
    if (name.starts_with(PublicTopic(prefix, ""))) context_.public_topics.push_back(name);
    if (!name.starts_with(PseudonymousTopic(prefix, ""))) continue;
    const std::string group = name.substr(PseudonymousTopic(prefix, "").size());
    if (lines_.contains(LineNameOf(group))) continue;
    auto line = LineOfGroup(prefix, group, KeyOfGroup(parts_.keys, group));
    lines_[line.name] = std::move(line);
  }
}

bool KafkaRelay::Round() {
  context_.now = parts_.clock.Now();
  std::vector<Chunk> chunks;
  for (const auto& [name, line] : lines_) {
    for (const auto service : kPublished) {
      for (const uint32_t partition : mine_) {
        const LinePart part{name, {std::string(service), partition}};
        if (auto chunk = ReadOn(line, part, ways_[part])) chunks.push_back(std::move(*chunk));
      }
    }
  }
  Deliver(chunks);
  return std::ranges::any_of(chunks, [](const Chunk& chunk) { return !chunk.failed; });
}

std::optional<KafkaRelay::Chunk> KafkaRelay::ReadOn(const RelayLine& line, const LinePart& part,
                                                    Way& way) {
  if (parts_.clock.Steady() < way.not_before) return std::nullopt;
  if (!way.walk) {
    if (!way.place) way.place = places_->Find(part);
    way.walk = parts_.journals.WalkFrom(part.second, way.place);
  }
  if (!way.walk->HasNews()) return std::nullopt;
  Chunk chunk{.part = part, .records = {}};
  const uint64_t before = way.walk->seen();
  const auto read = way.walk->Next(kRead_bytes, [&](const PublishedEvent& published) {
    for (auto& record : RecordsOf(line, published, context_))
      chunk.records.push_back(std::move(record));
  });
  if (read && way.walk->seen() != before && HasTopics(chunk)) return chunk;
  if (!read) Fail(read.error());
  if (!read || way.walk->seen() != before) {
    way.walk.reset();  // again from its place, later
    way.not_before = parts_.clock.Steady() + kLookEvery;
  }
  return std::nullopt;
}

// Nothing of a chunk is published while one of its topics is missing: it would be published again
// and again.
bool KafkaRelay::HasTopics(const Chunk& chunk) {
  const auto missing = std::ranges::find_if(
      chunk.records, [&](const auto& record) { return !topics_.contains(record.topic); });
  if (missing == chunk.records.end()) return true;
  const Monotonic now = parts_.clock.Steady();
  if (parts_.log != nullptr && now >= told_ + kTellEvery) {
    told_ = now;
    parts_.log->Warning("events wait for a topic; make it with: holdfast topics apply",
                        {{"topic", PlainText{missing->topic}}});
  }
  return false;
}

void KafkaRelay::Deliver(std::vector<Chunk>& chunks) {
  if (chunks.empty()) return;
  const auto deliveries = std::make_shared<Deliveries>();
  for (const Chunk& chunk : chunks) deliveries->left += chunk.records.size();
  const bool any = deliveries->left > 0;
  for (size_t i = 0; i < chunks.size(); ++i) {
    for (auto& record : chunks[i].records) {
      producer_->Publish(std::move(record), [deliveries, i](AppendReport report, auto) {
        const std::lock_guard lock(deliveries->mutex);
        if (report != AppendReport::kAppended) deliveries->failed.insert(i);
        if (--deliveries->left == 0) deliveries->told.notify_all();
      });
    }
  }
  std::unique_lock lock(deliveries->mutex);
  const bool told =
      !any || deliveries->told.wait_for(lock, kDelivered, [&] { return deliveries->left == 0; });
  for (size_t i = 0; i < chunks.size(); ++i) {
    Way& way = ways_[chunks[i].part];
    chunks[i].failed = !told || deliveries->failed.contains(i);
    if (chunks[i].failed) {
      way.walk.reset();  // again from its place
      continue;
    }
    way.place = way.walk->checkpoint();
    unput_[chunks[i].part] = *way.place;
  }
}

void KafkaRelay::PutPlaces() {
  const Monotonic now = parts_.clock.Steady();
  if (unput_.empty() || now < put_ + kPutEvery) return;
  put_ = now;
  if (places_->Put(unput_)) unput_.clear();
}

}  // namespace holdfast::relay
