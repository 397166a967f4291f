package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.ObjectHeader.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The filters that chunks went through on writing (section IV.A.2.l), undone in reverse: deflate, shuffle, fletcher32. */
final class Filters {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final int CHECKSUM = 4;

    private record Filter(int id, int parameter) {}

    private final Fields fields;
    private final List<Filter> filters;

    private Filters(Fields fields, List<Filter> filters) {
        this.fields = fields;
        this.filters = filters;
    }

    static Filters read(Fields fields, @Nullable Message message) throws H5Exception {
        List<Filter> filters = new ArrayList<>();
        if (message != null) {
            long at = message.at();
            int version = fields.u8(at);
            int count = fields.u8(at + 1);
            at += version == 1 ? 8 : 2;
            for (int i = 0; i < count; i++) {
                at = readOne(fields, at, version, filters);
            }
        }
        return new Filters(fields, filters);
    }

    private static long readOne(Fields fields, long at, int version, List<Filter> filters) throws H5Exception {
        int id = fields.u16(at);
        if (id < DEFLATE || id > FLETCHER32) {
            throw fields.unsupported(at, "a compression filter of number " + id);
        }
        int nameLength = version == 1 ? (fields.u16(at + 2) + 7) / 8 * 8 : 0;
        long countAt = at + (version == 1 ? 6 : 4);
        int parameters = fields.u16(countAt);
        long values = countAt + 2 + nameLength;
        filters.add(new Filter(id, parameters > 0 ? (int) fields.u32(values) : 0));
        return values + 4L * (version == 1 ? (parameters + 1) / 2 * 2 : parameters);
    }

    /**
     * The chunk's elements.
     *
     * @param stored the chunk as it is in the file
     * @param at its place, for messages
     * @param mask a set bit says that the filter of that position was left out
     * @param length the bytes that must come out
     */
    byte[] undo(byte[] stored, long at, long mask, int length) throws H5Exception {
        byte[] bytes = stored;
        for (int i = filters.size() - 1; i >= 0; i--) {
            if ((mask >> i & 1) == 0) {
                bytes = undo(filters.get(i), bytes, at, length);
            }
        }
        if (bytes.length != length) {
            throw fields.damaged(at, "a chunk of " + bytes.length + " bytes instead of " + length);
        }
        return bytes;
    }

    private byte[] undo(Filter filter, byte[] bytes, long at, int length) throws H5Exception {
        return switch (filter.id) {
            case DEFLATE -> inflate(bytes, at, length + CHECKSUM);
            case SHUFFLE -> unshuffle(bytes, at, filter.parameter);
            default -> verify(bytes, at);
        };
    }

    private byte[] inflate(byte[] bytes, long at, int limit) throws H5Exception {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes);
            byte[] result = new byte[limit];
            int length = 0;
            int count;
            do {
                count = inflater.inflate(result, length, limit - length);
                length += count;
            } while (count > 0 && length < limit);
            return Arrays.copyOf(result, length);
        } catch (DataFormatException e) {
            throw fields.damaged(at, "a chunk that doesn't unpack (" + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    /** The bytes stand sorted by their position in the element; a rest that is no whole element stays. */
    private byte[] unshuffle(byte[] bytes, long at, int size) throws H5Exception {
        if (size < 1) {
            throw fields.damaged(at, "a shuffle filter for elements of " + size + " bytes");
        }
        int count = bytes.length / size;
        byte[] result = bytes.clone();
        for (int part = 0; part < size && count > 0; part++) {
            for (int i = 0; i < count; i++) {
                result[i * size + part] = bytes[part * count + i];
            }
        }
        return result;
    }

    private byte[] verify(byte[] bytes, long at) throws H5Exception {
        int length = bytes.length - CHECKSUM;
        if (length < 0 || littleEndian(bytes, length) != fletcher32(bytes, length)) {
            throw fields.damaged(at, "a chunk with a wrong checksum");
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int littleEndian(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    /** Fletcher's checksum over big-endian 16-bit words, a last odd byte counting as a high one. */
    static int fletcher32(byte[] bytes, int length) {
        int sum1 = 0;
        int sum2 = 0;
        for (int i = 0; i < length; i += 2) {
            int word = (bytes[i] & 0xff) << 8 | (i + 1 < length ? bytes[i + 1] & 0xff : 0);
            sum1 = (sum1 + word) % 65535;
            sum2 = (sum2 + sum1) % 65535;
        }
        return sum2 << 16 | sum1;
    }
}
