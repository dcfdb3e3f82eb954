"""One message and all that it is made of, as a proto file of its own.

Readers that know no imports, such as AsyncAPI's protobuf schema parser, read it as it stands. On the wire it is the same message:
numbers and types are kept, comments too; messages and enums of other packages lose their package's name.
"""

from google.protobuf import descriptor_pb2

Field = descriptor_pb2.FieldDescriptorProto
SCALARS = {Field.TYPE_DOUBLE: "double", Field.TYPE_FLOAT: "float", Field.TYPE_INT64: "int64", Field.TYPE_UINT64: "uint64",
           Field.TYPE_INT32: "int32", Field.TYPE_FIXED64: "fixed64", Field.TYPE_FIXED32: "fixed32", Field.TYPE_BOOL: "bool",
           Field.TYPE_STRING: "string", Field.TYPE_BYTES: "bytes", Field.TYPE_UINT32: "uint32", Field.TYPE_SFIXED32: "sfixed32",
           Field.TYPE_SFIXED64: "sfixed64", Field.TYPE_SINT32: "sint32", Field.TYPE_SINT64: "sint64"}
# Numbers of FileDescriptorProto's and its parts' fields, of which the places of comments are made.
MESSAGES_OF_FILE, ENUMS_OF_FILE, FIELDS, NESTED, ENUMS_OF_MESSAGE, ONEOFS, VALUES = 4, 5, 2, 3, 4, 8, 2


class Element:
    """A message or enum, with its file and the place of its comment there."""

    def __init__(self, proto, file, place, full_name):
        self.proto, self.file, self.place, self.full_name = proto, file, place, full_name

    @property
    def is_message(self):
        return isinstance(self.proto, descriptor_pb2.DescriptorProto)


class Protos:
    """What protoc read: every message and enum by its full name."""

    def __init__(self, descriptor_set):
        self.elements, self.comments = {}, {}
        for file in descriptor_set.file:
            for location in file.source_code_info.location:
                if location.leading_comments:
                    self.comments[file.name, tuple(location.path)] = location.leading_comments
            for i, message in enumerate(file.message_type):
                self._add_message(message, file, (MESSAGES_OF_FILE, i), f".{file.package}")
            for i, enum in enumerate(file.enum_type):
                self._add(enum, file, (ENUMS_OF_FILE, i), f".{file.package}")

    def _add(self, proto, file, place, outer):
        full_name = f"{outer}.{proto.name}"
        self.elements[full_name] = Element(proto, file, place, full_name)
        return full_name

    def _add_message(self, message, file, place, outer):
        full_name = self._add(message, file, place, outer)
        for i, nested in enumerate(message.nested_type):
            self._add_message(nested, file, (*place, NESTED, i), full_name)
        for i, enum in enumerate(message.enum_type):
            self._add(enum, file, (*place, ENUMS_OF_MESSAGE, i), full_name)

    def comment(self, element, *rest):
        return self.comments.get((element.file.name, (*element.place, *rest)), "").strip("\n")

    def reached(self, root):
        """The root and what its fields are made of, each once, in the order in which it is first named."""
        order, waiting = [], [root]
        while waiting:
            name = waiting.pop(0)
            element = self.elements[name]
            if name in order:
                continue
            if not (element.is_message and element.proto.options.map_entry):
                order.append(name)
            if element.is_message:
                waiting += [field.type_name for field in element.proto.field if field.type_name]
        return order


class ProtoText:
    """Writes a root message and all that it reaches."""

    def __init__(self, protos, root):
        self.protos, self.root = protos, root
        self.names = self._short_names(protos.reached(root))

    def text(self):
        package = self.protos.elements[self.root].file.package
        lines = ['syntax = "proto3";', "", f"package {package};"]
        for name in self.names:
            element = self.protos.elements[name]
            lines += ["", *(self._message(element) if element.is_message else self._enum(element))]
        return "\n".join(lines) + "\n"

    def _short_names(self, full_names):
        short = {}
        for full_name in full_names:
            file = self.protos.elements[full_name].file
            name = full_name.removeprefix(f".{file.package}.").replace(".", "")
            if name in short.values():
                name = file.package.split(".")[1].capitalize() + name
            if name in short.values():
                raise ValueError(f"two elements of {self.root} would be named {name}; one is {full_name}")
            short[full_name] = name
        return short

    def _comment(self, element, indent, *rest):
        comment = self.protos.comment(element, *rest)
        return [f"{indent}//{line.rstrip()}" for line in comment.split("\n")] if comment else []

    def _enum(self, element):
        lines = [*self._comment(element, ""), f"enum {self.names[element.full_name]} {{"]
        for i, value in enumerate(element.proto.value):
            lines += [*self._comment(element, "  ", VALUES, i), f"  {value.name} = {value.number};"]
        return [*lines, "}"]

    def _message(self, element):
        proto = element.proto
        lines = [*self._comment(element, ""), f"message {self.names[element.full_name]} {{"]
        for span in proto.reserved_range:
            last = span.end - 1
            lines.append(f"  reserved {span.start};" if last == span.start else f"  reserved {span.start} to {last};")
        lines += [f'  reserved "{name}";' for name in proto.reserved_name]
        begun = None
        for i, field in enumerate(proto.field):
            oneof = field.oneof_index if field.HasField("oneof_index") and not field.proto3_optional else None
            if begun is not None and oneof != begun:
                lines.append("  }")
            if oneof is not None and oneof != begun:
                lines += [*self._comment(element, "  ", ONEOFS, oneof), f"  oneof {proto.oneof_decl[oneof].name} {{"]
            begun = oneof
            indent = "  " if oneof is None else "    "
            lines += [*self._comment(element, indent, FIELDS, i), f"{indent}{self._field(field)};"]
        return [*lines, *(["  }"] if begun is not None else []), "}"]

    def _field(self, field):
        entry = self.protos.elements.get(field.type_name)
        if entry and entry.is_message and entry.proto.options.map_entry:
            key, value = entry.proto.field
            return f"map<{self._type(key)}, {self._type(value)}> {field.name} = {field.number}"
        label = "repeated " if field.label == Field.LABEL_REPEATED else "optional " if field.proto3_optional else ""
        return f"{label}{self._type(field)} {field.name} = {field.number}"

    def _type(self, field):
        return self.names[field.type_name] if field.type_name else SCALARS[field.type]
