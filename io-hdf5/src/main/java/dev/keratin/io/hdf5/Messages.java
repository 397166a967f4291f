package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.H5Attribute.Form;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes header messages as HDF5 1.6 to 1.14 write them by default; all are padded to multiples of 8 bytes. */
final class Messages {
    /** A message: its type and content. */
    record Message(int type, byte[] content) {}

    private Messages() {}

    static byte[] letters(String letters) {
        return letters.getBytes(StandardCharsets.US_ASCII);
    }

    static ByteBuffer block(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] padded(ByteBuffer buffer) {
        byte[] bytes = new byte[(buffer.position() + 7) / 8 * 8];
        buffer.flip().get(bytes, 0, buffer.limit());
        return bytes;
    }

    static Message dataspace(List<Long> shape) {
        ByteBuffer buffer = block(8 + 8 * shape.size()).put((byte) 1).put((byte) shape.size()).position(8);
        shape.forEach(buffer::putLong);
        return new Message(ObjectHeader.DATASPACE, padded(buffer));
    }

    static Message datatype(H5Type type, Form form, int size) {
        return new Message(ObjectHeader.DATATYPE, padded(typeBytes(type, form, size)));
    }

    private static ByteBuffer typeBytes(H5Type type, Form form, int size) {
        return switch (type) {
            case STRING -> form == Form.FIXED ? head(3, 1, 0, size) : variable(form);
            case BFLOAT16 -> head(5, 0, 0, size);
            case FLOAT16, FLOAT32, FLOAT64 -> floating(FloatLayout.of(type));
            case BOOL -> truth();
            default -> integer(type);
        };
    }

    private static ByteBuffer head(int kind, int bits0, int bits1, int size) {
        return block(64).put((byte) (0x10 | kind)).put((byte) bits0).put((byte) bits1).put((byte) 0).putInt(size);
    }

    private static ByteBuffer integer(H5Type type) {
        return head(0, type.isSigned() ? 8 : 0, 0, type.size()).putShort((short) 0).putShort((short) (8 * type.size()));
    }

    private static ByteBuffer floating(FloatLayout layout) {
        int bits = 8 * layout.size();
        return head(1, 0x20, bits - 1, layout.size()).putShort((short) 0).putShort((short) bits)
                .put((byte) layout.exponentAt()).put((byte) layout.exponentBits())
                .put((byte) 0).put((byte) layout.mantissaBits()).putInt((int) layout.bias());
    }

    /** h5py's enumeration: names padded to 8 bytes, then the values. */
    private static ByteBuffer truth() {
        return head(8, 2, 0, 1).put(integer(H5Type.INT8).flip())
                .put(letters("FALSE\0\0\0")).put(letters("TRUE\0\0\0\0")).put((byte) 0).put((byte) 1);
    }

    private static ByteBuffer variable(Form form) {
        return head(9, 1, form == Form.UTF8 ? 1 : 0, AttributeSize.REFERENCE)
                .put(integer(H5Type.UINT8).flip());
    }

    /** Contiguous layout of version 3. */
    static Message layout(long address, long bytes) {
        ByteBuffer buffer = block(18).put((byte) 3).put((byte) 1).putLong(address).putLong(bytes);
        return new Message(ObjectHeader.LAYOUT, padded(buffer));
    }

    /** Version 2: allocated late, written if set, and not set. */
    static Message noFillValue() {
        return new Message(ObjectHeader.FILL_VALUE, new byte[] {2, 2, 2, 0, 0, 0, 0, 0});
    }

    static Message symbolTable(long tree, long heap) {
        return new Message(ObjectHeader.SYMBOL_TABLE, block(16).putLong(tree).putLong(heap).array());
    }

    /** Version 1: name, type and shape, each padded to 8 bytes, then the elements. */
    static Message attribute(String name, H5Attribute value, HeapWriter heap) throws IOException {
        byte[] nameBytes = H5Path.utf8(name + "\0");
        ByteBuffer type = typeBytes(value.type(), value.form(), AttributeSize.element(value));
        byte[] space = dataspace(value.shape()).content;
        ByteBuffer buffer = block(72 + nameBytes.length + 8 + space.length + AttributeSize.of(value));
        buffer.put((byte) 1).put((byte) 0).putShort((short) nameBytes.length);
        buffer.putShort((short) type.position()).putShort((short) space.length);
        buffer.put(padded(block(nameBytes.length).put(nameBytes))).put(padded(type)).put(space);
        putElements(value, buffer, heap);
        return new Message(ObjectHeader.ATTRIBUTE, padded(buffer));
    }

    private static void putElements(H5Attribute value, ByteBuffer buffer, HeapWriter heap) throws IOException {
        if (value.form() == Form.UTF8 || value.form() == Form.ASCII) {
            for (String text : value.strings()) {
                heap.put(text, buffer);
            }
        } else {
            putPlain(value, buffer);
        }
    }

    /** Appends numbers or strings of fixed length. */
    static void putPlain(H5Attribute value, ByteBuffer buffer) {
        if (value.form() == Form.NUMERIC) {
            value.values().forEach(element -> Numbers.put(value.type(), buffer, element));
            return;
        }
        int width = AttributeSize.element(value);
        for (String text : value.strings()) {
            int next = buffer.position() + width;
            buffer.put(H5Path.utf8(text)).position(next);
        }
    }

    /** An object header of version 1 in one block. */
    static ByteBuffer header(List<Message> messages) {
        int length = messages.stream().mapToInt(message -> 8 + message.content.length).sum();
        ByteBuffer buffer = block(16 + length).put((byte) 1).put((byte) 0).putShort((short) messages.size());
        buffer.putInt(1).putInt(length).putInt(0);
        for (Message message : messages) {
            buffer.putShort((short) message.type).putShort((short) message.content.length).putInt(0).put(message.content);
        }
        return buffer.flip();
    }
}
