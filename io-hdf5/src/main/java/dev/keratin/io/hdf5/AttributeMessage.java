package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.ObjectHeader.Message;
import java.util.List;

/**
 * The attribute message: name, type, shape and value (section IV.A.2.m), versions 1 to 3.
 *
 * @param name the attribute's name
 * @param typeAt where the type is
 * @param spaceAt where the shape is
 * @param dataAt where the elements are
 * @param end where the message ends
 */
record AttributeMessage(String name, long typeAt, long spaceAt, long dataAt, long end) {
    static AttributeMessage read(Fields fields, Message message) throws H5Exception {
        long at = message.at();
        int version = fields.u8(at);
        if (message.shared() || version < 1 || version > 3 || (version > 1 && fields.u8(at + 1) != 0)) {
            throw fields.unsupported(at, "a shared attribute, or one of version " + version);
        }
        int padding = version == 1 ? 8 : 1;
        int nameLength = fields.u16(at + 2);
        long nameAt = at + (version == 3 ? 9 : 8);
        long typeAt = nameAt + roundUp(nameLength, padding);
        long spaceAt = typeAt + roundUp(fields.u16(at + 4), padding);
        long dataAt = spaceAt + roundUp(fields.u16(at + 6), padding);
        if (dataAt > message.end()) {
            throw fields.damaged(at, "an attribute that is longer than its message");
        }
        String name = Fields.text(fields.bytes(nameAt, nameLength, "a name"));
        return new AttributeMessage(name, typeAt, spaceAt, dataAt, message.end());
    }

    private static int roundUp(int length, int padding) {
        return (length + padding - 1) / padding * padding;
    }

    H5Attribute value(Fields fields, Elements elements) throws H5Exception {
        Datatype datatype = Datatype.read(fields, typeAt);
        List<Long> shape = Dataspace.read(fields, spaceAt);
        if (datatype.opaque()) {
            throw fields.unsupported(typeAt, "an attribute \"" + name + "\" of opaque elements");
        }
        long bytes = Dataspace.elements(fields, spaceAt, shape, datatype.size()) * datatype.size();
        if (bytes > end - dataAt) {
            throw fields.damaged(dataAt, "an attribute that is longer than its message");
        }
        byte[] raw = fields.bytes(dataAt, bytes, "an attribute");
        return new H5Attribute(datatype.type(), shape, datatype.form(), elements.decode(datatype, raw));
    }
}
