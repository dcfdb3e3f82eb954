// Many calls at once, over several connections.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "tools/holdfast/client.h"
#include "tools/import/record.h"

namespace holdfast::cli {

using Clients = std::vector<std::unique_ptr<Client>>;

// Calls `work(client, i)`, a Result, for each i below `count`, on a thread for each client; none
// further once one has failed. The results in order, or the first failure. `progress` may be empty.
template <typename Answer, typename Work>
Result<std::vector<Answer>> InParallel(const Clients& clients, size_t count, const Work& work,
                                       const import::Progress& progress) {
  std::vector<Answer> answers(count);
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  std::optional<Status> failure;
  size_t done = 0;
  std::mutex mutex;  // guards failure and done
  const auto run = [&](Client& client) {
    for (size_t i = next++; i < count && !failed; i = next++) {
      auto answer = work(client, i);
      const std::lock_guard lock(mutex);
      if (!answer) {
        failed = true;
        if (!failure) failure = answer.error();
        return;
      }
      answers[i] = std::move(*answer);
      if (progress) progress(++done, count);
    }
  };
  {
    std::vector<std::jthread> threads;
    for (const auto& client : clients) threads.emplace_back([&run, &client] { run(*client); });
  }
  if (failure) return tl::unexpected(*failure);
  return answers;
}

}  // namespace holdfast::cli
