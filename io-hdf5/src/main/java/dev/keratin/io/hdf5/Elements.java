package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.H5Attribute.Form;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns stored elements into Java values. */
final class Elements {
    private final Fields fields;
    private final GlobalHeap heap;

    Elements(Fields fields, GlobalHeap heap) {
        this.fields = fields;
        this.heap = heap;
    }

    /** All elements of {@code raw}, whose length is a multiple of their size. */
    List<?> decode(Datatype datatype, byte[] raw) throws H5Exception {
        return datatype.isVariable() ? variable(ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN)) : plain(datatype, raw);
    }

    /** Numbers and strings of fixed length. */
    static List<?> plain(Datatype datatype, byte[] raw) {
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(datatype.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        List<Object> values = new ArrayList<>(raw.length / datatype.size());
        for (int at = 0; at < raw.length; at += datatype.size()) {
            values.add(datatype.form() == Form.FIXED ? fixed(datatype, raw, at) : Numbers.get(datatype.type(), bytes, at));
        }
        return values;
    }

    private static String fixed(Datatype datatype, byte[] raw, int at) {
        int end = at + datatype.size();
        if (datatype.padding() == 0) {
            end = at;
            while (end < at + datatype.size() && raw[end] != 0) {
                end++;
            }
        } else {
            int filler = datatype.padding() == 2 ? ' ' : 0;
            while (end > at && raw[end - 1] == filler) {
                end--;
            }
        }
        return new String(raw, at, end - at, StandardCharsets.UTF_8);
    }

    /** Each string is its length, the address of its collection and its index there; together they fit in the file. */
    private List<String> variable(ByteBuffer bytes) throws H5Exception {
        List<String> values = new ArrayList<>(bytes.remaining() / AttributeSize.REFERENCE);
        long total = 0;
        for (int at = 0; at < bytes.limit(); at += AttributeSize.REFERENCE) {
            long length = Integer.toUnsignedLong(bytes.getInt(at));
            long address = bytes.getLong(at + 4);
            total += length;
            if (total > fields.size()) {
                throw fields.damaged(address, "strings that are longer than the file");
            }
            boolean none = length == 0 || address == 0 || address == Fields.UNDEFINED;
            values.add(none ? "" : Fields.text(heap.read(address, bytes.getInt(at + 12), length)));
        }
        return values;
    }
}
