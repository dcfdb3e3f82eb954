#include "tests/sim/profile.h"

namespace holdfast {

Profile SwarmProfile(uint64_t seed) {
  Random random(seed ^ 0x5eed5eed5eed5eedULL);
  const auto maybe = [&](uint32_t most) {
    return random.Chance(500) ? static_cast<uint32_t>(random.Below(most + 1)) : 0;
  };
  Profile profile{.name = "swarm"};
  profile.faults = {.lost = maybe(150),
                    .doubled = maybe(200),
                    .late = maybe(100),
                    .unknown = maybe(300),
                    .false_report = maybe(500),
                    .gap = maybe(200),
                    .lagging_read = maybe(300),
                    .least_delay_us = maybe(2000),
                    .delay_us = maybe(20000),
                    .latest_us = 1000 + random.Below(600'000'000)};
  profile.instances = 1 + static_cast<uint32_t>(random.Below(4));
  profile.clients = 1 + static_cast<uint32_t>(random.Below(5));
  profile.commands = 20 + static_cast<uint32_t>(random.Below(60));
  profile.crash = maybe(15);
  profile.io_crash = maybe(15);
  profile.lost_writes = maybe(1000);
  profile.reassign = maybe(15);
  profile.overlap = maybe(1000);
  profile.pause = maybe(15);
  profile.repeat = maybe(300);
  profile.skew_us = maybe(4'000'000);
  profile.echo = random.Chance(300);
  profile.pushes = random.Chance(400);
  if (profile.pushes) profile.actions *= 2;
  profile.faults.unreadable = maybe(50);
  return profile;
}

Profile ProfileAgainst(Mutant mutant) {
  // Rivals and overtaking appends: what most of the rule is against.
  Profile rivals{.name = "rivals",
                 .faults = {.doubled = 150, .late = 150, .delay_us = 20000, .latest_us = 4'000'000},
                 .instances = 3,
                 .commands = 60,
                 .reassign = 20,
                 .overlap = 700,
                 .pause = 10};
  Profile restarts{.name = "restarts",
                   .instances = 1,
                   .crash = 15,
                   .io_crash = 15,
                   .lost_writes = 600,
                   .repeat = 300};
  Profile losses{.name = "losses",
                 .faults = {.lost = 250, .false_report = 1000, .delay_us = 5000},
                 .instances = 1,
                 .pause = 20};
  // Owners that stop or lose a partition between a command and its pushes.
  Profile pushes{.name = "pushes",
                 .faults = {.lost = 30, .late = 30, .delay_us = 5000, .latest_us = 4'000'000},
                 .instances = 2,
                 .actions = 1800,
                 .crash = 5,
                 .io_crash = 10,
                 .lost_writes = 300,
                 .reassign = 5,
                 .overlap = 500,
                 .pause = 5,
                 .pushes = true};
  switch (mutant) {
    case Mutant::kAnswerAtReport:
      return losses;
    case Mutant::kForgetOffered:
      losses.echo = true;
      return losses;
    case Mutant::kKeepOverlay:
      losses.faults.least_delay_us = 5000;
      return losses;
    case Mutant::kDecideOnAppliedOnly:
      return {.name = "slow log", .faults = {.least_delay_us = 5000}, .instances = 1};
    case Mutant::kDedupeWithoutAuthority:
      return {.name = "slow log, many callers",
              .faults = {.least_delay_us = 5000},
              .instances = 1,
              .clients = 6,
              .commands = 80};
    case Mutant::kForgetOutcomes:
    case Mutant::kCheckpointApart:
      return restarts;
    case Mutant::kUnknownIsNotTaken:
    case Mutant::kReuseSequence:
      return {.name = "late",
              .faults = {.late = 300, .delay_us = 2000, .latest_us = 6'000'000},
              .instances = 1,
              .pause = 25};
    case Mutant::kReadOverlay:
      losses.faults.least_delay_us = 5000;
      return losses;
    case Mutant::kFreshPushIds:
    case Mutant::kConfirmBeforeAnswers:
    case Mutant::kConfirmUnanswered:
    case Mutant::kForgetUntold:
      return pushes;
    default:
      return rivals;
  }
}

}  // namespace holdfast
