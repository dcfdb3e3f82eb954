# What tools/check builds: tests of one library or domain, tests of the whole, and tests on a real Kafka.
add_custom_target(unit_checks)
add_custom_target(long_checks)
add_custom_target(kafka_checks)

# The four kinds of target that the folders' lists are made of.
# g++ 12 warns of strings that overlap where there are none (its bug 105651) once it optimises: errors are for the other builds.
set(HOLDFAST_WARNINGS -Wall -Wextra $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<NOT:$<CONFIG:Release>>:-Werror> -Wnon-virtual-dtor -Woverloaded-virtual -Wno-missing-field-initializers)

# Under the thread sanitizer it also takes an empty std::optional's contents for read (its bug 80635).
if(HOLDFAST_SANITIZE STREQUAL "thread")
  list(APPEND HOLDFAST_WARNINGS -Wno-maybe-uninitialized)
endif()

# What protoc writes is compiled without sanitizers: it is most of the time, and nobody's to mend here.
if(HOLDFAST_SANITIZE)
  set(HOLDFAST_GENERATED -fno-sanitize=all)
endif()

# Where the preset compiles several sources at once (CMAKE_UNITY_BUILD, which halves the time from nothing), these of the calling
# folder are compiled by themselves: they have names of their own that others of their target have too.
function(holdfast_compile_apart)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# holdfast_library(NAME SOURCES a.cc .. DEPENDS target ..): a static library, included as "libs/NAME/a.h".
function(holdfast_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  if(arg_SOURCES)
    add_library(holdfast_${name} STATIC ${arg_SOURCES})
    target_include_directories(holdfast_${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(holdfast_${name} PUBLIC ${arg_DEPENDS})
    target_compile_options(holdfast_${name} PRIVATE ${HOLDFAST_WARNINGS})
  else()
    add_library(holdfast_${name} INTERFACE)
    target_include_directories(holdfast_${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(holdfast_${name} INTERFACE ${arg_DEPENDS})
  endif()
endfunction()

# holdfast_binary(NAME SOURCES .. DEPENDS ..): a program in bin/.
function(holdfast_binary name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS})
  target_compile_options(${name} PRIVATE ${HOLDFAST_WARNINGS})
endfunction()

# holdfast_test(NAME SOURCES .. DEPENDS .. [LABELS ..] [TIMEOUT seconds]): a GoogleTest program, run by ctest as one test.
# LABELS: none is a unit test; `system` runs real processes, `campaign` many seeds, `shared` needs HOLDFAST_SHARED, `kafka` a broker.
# Under the thread sanitizer only tests of the libraries and of the simulator: the services' domains have no threads.
function(holdfast_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)  # each test names things for itself
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS} GTest::gtest GTest::gtest_main rapidcheck Threads::Threads)
  target_compile_options(${name} PRIVATE ${HOLDFAST_WARNINGS})
  if(HOLDFAST_SANITIZE STREQUAL "thread" AND NOT CMAKE_CURRENT_SOURCE_DIR MATCHES "^${CMAKE_SOURCE_DIR}/(libs|tests)/")
    return()
  endif()
  add_test(NAME ${name} COMMAND ${name})
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT})
  if("unit" IN_LIST arg_LABELS OR "shared" IN_LIST arg_LABELS)
    add_dependencies(unit_checks ${name})
  elseif(NOT "kafka" IN_LIST arg_LABELS)
    add_dependencies(long_checks ${name})
  endif()
endfunction()

# holdfast_kafka_test(NAME SOURCES .. DEPENDS ..): the same with the label `kafka`, on a real broker that ctest starts before the
# first of them and stops after the last (tests/kafka). HOLDFAST_TEST_KAFKA is its folder.
set(HOLDFAST_KAFKA_FOLDER ${CMAKE_BINARY_DIR}/kafka)
function(holdfast_needs_kafka)
  set_tests_properties(${ARGN} PROPERTIES LABELS kafka TIMEOUT 300 FIXTURES_REQUIRED kafka_broker
    ENVIRONMENT "HOLDFAST_TEST_KAFKA=${HOLDFAST_KAFKA_FOLDER}")
endfunction()
function(holdfast_kafka_test name)
  holdfast_test(${name} ${ARGN} LABELS kafka)
  holdfast_needs_kafka(${name})
  add_dependencies(kafka_checks ${name})
endfunction()

# holdfast_proto(AREA FILES x.proto .. [GRPC x_service.proto ..] [DEPENDS AREA ..]): holdfast_proto_AREA has the messages,
# holdfast_grpc_AREA the services as well.
function(holdfast_proto area)
  cmake_parse_arguments(arg "" "" "FILES;GRPC;DEPENDS" ${ARGN})
  if(arg_FILES)
    add_library(holdfast_proto_${area} STATIC ${arg_FILES})
    set_target_properties(holdfast_proto_${area} PROPERTIES UNITY_BUILD OFF)  # protoc's files share names
    target_compile_options(holdfast_proto_${area} PRIVATE ${HOLDFAST_GENERATED})
    target_link_libraries(holdfast_proto_${area} PUBLIC protobuf::libprotobuf)
    foreach(dependency ${arg_DEPENDS})
      target_link_libraries(holdfast_proto_${area} PUBLIC holdfast_proto_${dependency})
    endforeach()
    target_include_directories(holdfast_proto_${area} SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/proto)
    protobuf_generate(TARGET holdfast_proto_${area} LANGUAGE cpp
      IMPORT_DIRS ${CMAKE_SOURCE_DIR}/proto PROTOC_OUT_DIR ${CMAKE_BINARY_DIR}/proto)
  else()
    add_library(holdfast_proto_${area} INTERFACE)
  endif()
  if(arg_GRPC AND NOT HOLDFAST_ONLY_LIBRARIES)
    add_library(holdfast_grpc_${area} STATIC ${arg_GRPC})
    set_target_properties(holdfast_grpc_${area} PROPERTIES UNITY_BUILD OFF)
    target_compile_options(holdfast_grpc_${area} PRIVATE ${HOLDFAST_GENERATED})
    target_link_libraries(holdfast_grpc_${area} PUBLIC gRPC::grpc++ holdfast_proto_${area})
    foreach(dependency ${arg_DEPENDS})
      target_link_libraries(holdfast_grpc_${area} PUBLIC holdfast_proto_${dependency})
    endforeach()
    target_include_directories(holdfast_grpc_${area} SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/proto)
    protobuf_generate(TARGET holdfast_grpc_${area} LANGUAGE cpp
      IMPORT_DIRS ${CMAKE_SOURCE_DIR}/proto PROTOC_OUT_DIR ${CMAKE_BINARY_DIR}/proto)
    protobuf_generate(TARGET holdfast_grpc_${area} LANGUAGE grpc
      GENERATE_EXTENSIONS .grpc.pb.h .grpc.pb.cc
      PLUGIN "protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>"
      IMPORT_DIRS ${CMAKE_SOURCE_DIR}/proto PROTOC_OUT_DIR ${CMAKE_BINARY_DIR}/proto)
  endif()
endfunction()
