// The corpus of the fuzzers, run once each: what a fuzzer found stays found.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/fuzz/fuzz_targets.h"

namespace holdfast {
namespace {

void RunEach(const std::string& folder, void (*target)(const uint8_t*, size_t)) {
  size_t run = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(HOLDFAST_CORPUS_FOLDER "/" + folder)) {
    SCOPED_TRACE(entry.path().string());
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    const std::string text = bytes.str();
    target(reinterpret_cast<const uint8_t*>(text.data()), text.size());
    ++run;
  }
  EXPECT_GT(run, 0u);
}

TEST(FuzzCorpus, OfTheCsvReaderDoesNoHarm) { RunEach("csv", FuzzCsv); }

TEST(FuzzCorpus, OfTheReturnReaderDoesNoHarm) { RunEach("return", FuzzReturn); }

TEST(FuzzCorpus, OfTheRecordReaderDoesNoHarm) { RunEach("record", FuzzRecord); }

TEST(FuzzCorpus, OfThePackLoaderDoesNoHarm) { RunEach("pack", FuzzPack); }

}  // namespace
}  // namespace holdfast
