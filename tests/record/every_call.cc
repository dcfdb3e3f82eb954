#include "tests/record/every_call.h"

#include <google/protobuf/descriptor.pb.h>

#include <fstream>
#include <set>

#include "libs/base/check.h"

namespace holdfast::testing {
namespace {

void AddPaths(const Descriptor& type, const std::string& field, const std::string& prefix,
              std::set<const Descriptor*> above, std::vector<std::string>& paths) {
  if (!above.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const auto& member = *type.field(i);
    const std::string path = prefix + member.name() + (member.is_repeated() ? "[]" : "");
    if (member.name() == field) paths.push_back(path);
    if (member.message_type() != nullptr)
      AddPaths(*member.message_type(), field, path + ".", above, paths);
  }
}

}  // namespace

EveryCall::EveryCall(const std::string& descriptors) {
  google::protobuf::FileDescriptorSet files;
  std::ifstream bytes(descriptors, std::ios::binary);
  HOLDFAST_CHECK(files.ParseFromIstream(&bytes));
  for (const auto& described : files.file()) {
    const auto* file = pool_.BuildFile(described);
    HOLDFAST_CHECK(file != nullptr);
    if (file->package().starts_with("holdfast.testing.")) continue;
    for (int s = 0; s < file->service_count(); ++s) {
      const auto& service = *file->service(s);
      for (int m = 0; m < service.method_count(); ++m) {
        methods_[service.full_name() + "/" + service.method(m)->name()] = service.method(m);
      }
    }
  }
}

int SetEach(Message& message, const std::string& field, const std::string& value) {
  int set = 0;
  const auto& type = *message.GetDescriptor();
  const auto& reflection = *message.GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const auto* member = type.field(i);
    if (member->is_repeated()) continue;
    if (member->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      if (!PathsTo(*member->message_type(), field).empty())
        set += SetEach(*reflection.MutableMessage(&message, member), field, value);
    } else if (member->name() == field && member->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      reflection.SetString(&message, member, value);
      ++set;
    }
  }
  return set;
}

std::vector<std::string> PathsTo(const Descriptor& type, const std::string& field) {
  std::vector<std::string> paths;
  AddPaths(type, field, "", {}, paths);
  return paths;
}

}  // namespace holdfast::testing
