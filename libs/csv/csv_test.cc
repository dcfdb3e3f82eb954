#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "libs/csv/reader.h"
#include "libs/csv/writer.h"

namespace holdfast::csv {
namespace {

using Cells = std::vector<std::string>;

TEST(CsvReader, TakesByteOrderMarkBothLineEndsAndSpacesAroundCells) {
  const auto file = Read(
      "\xEF\xBB\xBF"
      "CHILD , DOB\r\n 1,02/01/2020 \r\n\r\n2,\"a, \"\"b\"\"\"\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->heading, (Cells{"CHILD", "DOB"}));
  ASSERT_EQ(file->rows.size(), 2u);
  EXPECT_EQ(file->rows[0].cells, (Cells{"1", "02/01/2020"}));
  EXPECT_EQ(file->rows[1].cells, (Cells{"2", "a, \"b\""}));
}

TEST(CsvReader, NamesTheLineOfEachRow) {
  const auto file = Read("A,B\n1,2\n\n\n3,\"x\ny\"\n5,6");
  ASSERT_TRUE(file);
  ASSERT_EQ(file->rows.size(), 3u);
  EXPECT_EQ(file->rows[0].line, 2u);
  EXPECT_EQ(file->rows[1].line, 5u);
  EXPECT_EQ(file->rows[2].line, 7u);
}

TEST(CsvReader, ReadsLatin1WhereItIsNotUtf8) {
  const auto file = Read("A\ncaf\xE9\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->rows[0].cells[0], "caf\xC3\xA9");
}

TEST(CsvReader, RefusesAQuoteThatIsNeverClosed) {
  const auto file = Read("A,B\n1,\"2\n3,4\n");
  ASSERT_FALSE(file);
  EXPECT_NE(file.error().message.find("line 2"), std::string::npos) << file.error().message;
  EXPECT_EQ(file.error().where.line, 2u);
}

TEST(CsvReader, HasNoHeadingInAnEmptyFile) { EXPECT_TRUE(Read("")->heading.empty()); }

TEST(CsvWriter, KeepsFormulasFromRunning) {
  EXPECT_EQ(Line({"=1+1", "-5.5", "@x", "-x", "plain"}), "'=1+1,-5.5,'@x,'-x,plain\r\n");
}

RC_GTEST_PROP(CsvWriter, IsReadBackAsWritten, (std::string cell)) {
  std::erase_if(cell, [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == '\0'; });
  const auto file = Read("A,B\r\n" + ExactLine({Trim(cell), "end"}));
  RC_ASSERT(file.has_value());
  RC_ASSERT(file->rows.at(0).cells == (Cells{Trim(cell), "end"}));
}

}  // namespace
}  // namespace holdfast::csv
