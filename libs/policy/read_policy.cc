#include "libs/policy/read_policy.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace holdfast {

Result<std::vector<PolicyFile>> ReadPolicyFolder(const std::filesystem::path& folder) {
  std::vector<PolicyFile> files;
  std::error_code error;
  for (auto it = std::filesystem::recursive_directory_iterator(folder, error);
       !error && it != std::filesystem::recursive_directory_iterator(); it.increment(error)) {
    if (!it->is_regular_file(error) || it->path().extension() != ".yaml") continue;
    std::ifstream stream(it->path(), std::ios::binary);
    std::string yaml{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad()) {
      return Fail(StatusCode::kFailedPrecondition, "POLICY_NOT_READABLE", it->path().string());
    }
    files.push_back({std::filesystem::relative(it->path(), folder).string(), std::move(yaml)});
  }
  if (error) {
    return Fail(StatusCode::kFailedPrecondition, "POLICY_NOT_READABLE",
                folder.string() + ": " + error.message());
  }
  std::ranges::sort(files, {}, &PolicyFile::name);
  return files;
}

}  // namespace holdfast
