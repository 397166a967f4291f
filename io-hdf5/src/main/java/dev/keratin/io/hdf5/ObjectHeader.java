package dev.keratin.io.hdf5;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of an object: its messages, gathered from all blocks. Versions 1 and 2 (sections IV.A.1 of the HDF5 file
 * format specification).
 */
final class ObjectHeader {
    /** Message types, by the numbers of the specification. */
    static final int DATASPACE = 1;

    static final int LINK_INFO = 2;
    static final int DATATYPE = 3;
    static final int FILL_VALUE = 5;
    static final int LINK = 6;
    static final int EXTERNAL_FILES = 7;
    static final int LAYOUT = 8;
    static final int FILTERS = 11;
    static final int ATTRIBUTE = 12;
    static final int ATTRIBUTE_INFO = 21;
    static final int SYMBOL_TABLE = 17;

    private static final int CONTINUATION = 16;
    private static final int SHARED_FLAG = 2;

    /** A message's content within the file. */
    record Message(int type, long at, int length, boolean shared) {
        long end() {
            return at + length;
        }
    }

    private record Block(long at, long length) {}

    private final Fields fields;
    private final long address;
    private final List<Message> messages = new ArrayList<>();
    private final Deque<Block> pending = new ArrayDeque<>();
    private final Set<Long> seen = new HashSet<>();
    private long total;

    private ObjectHeader(Fields fields, long address) {
        this.fields = fields;
        this.address = address;
    }

    static ObjectHeader read(Fields fields, long address) throws H5Exception {
        ObjectHeader header = new ObjectHeader(fields, address);
        if (fields.u8(address) == 1) {
            header.version1();
        } else {
            header.version2();
        }
        return header;
    }

    long address() {
        return address;
    }

    List<Message> all(int type) {
        return messages.stream().filter(message -> message.type == type).toList();
    }

    boolean has(int type) {
        return messages.stream().anyMatch(message -> message.type == type);
    }

    /** The message of a type, or null; a shared one, which stands elsewhere, is refused. */
    @Nullable Message find(int type) throws H5Exception {
        for (Message message : messages) {
            if (message.type == type) {
                if (message.shared) {
                    throw fields.unsupported(message.at, "a shared header message (a committed type)");
                }
                return message;
            }
        }
        return null;
    }

    /** The message of a type, which must be there. */
    Message get(int type, String what) throws H5Exception {
        Message message = find(type);
        if (message == null) {
            throw fields.damaged(address, "an object without " + what);
        }
        return message;
    }

    private void version1() throws H5Exception {
        add(address + 16, fields.u32(address + 8));
        while (!pending.isEmpty()) {
            Block block = pending.remove();
            long at = block.at;
            while (at + 8 <= block.at + block.length) {
                at = message(new Message(fields.u16(at), at + 8, fields.u16(at + 2), shared(fields.u8(at + 4))), block);
            }
        }
    }

    private void version2() throws H5Exception {
        fields.signature(address, "OHDR");
        int flags = fields.u8(address + 5);
        long at = address + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        int width = 1 << (flags & 3);
        add(at + width, fields.number(at, width));
        int prefix = (flags & 4) != 0 ? 6 : 4;
        while (!pending.isEmpty()) {
            Block block = pending.remove();
            at = block.at;
            while (at + prefix <= block.at + block.length) {
                at = message(new Message(fields.u8(at), at + prefix, fields.u16(at + 1), shared(fields.u8(at + 3))), block);
            }
        }
    }

    private static boolean shared(int flags) {
        return (flags & SHARED_FLAG) != 0;
    }

    /** Takes in one message and gives the place after it. */
    private long message(Message message, Block block) throws H5Exception {
        if (message.end() > block.at + block.length) {
            throw fields.damaged(message.at, "a header message that is longer than its block");
        }
        if (message.type == CONTINUATION) {
            continuation(fields.i64(message.at), fields.i64(message.at + 8));
        } else if (message.type != 0) {
            messages.add(message);
        }
        return message.end();
    }

    private void continuation(long at, long length) throws H5Exception {
        if (fields.u8(address) == 1) {
            add(at, length);
        } else {
            fields.signature(at, "OCHK");
            add(at + 4, length - 8);
        }
    }

    /** Queues a block. Blocks don't overlap, so together they can't be larger than the file. */
    private void add(long at, long length) throws H5Exception {
        fields.check(at, length, "a header block");
        total += length;
        if (!seen.add(at) || total > fields.size()) {
            throw fields.damaged(at, "header blocks that overlap");
        }
        pending.add(new Block(at, length));
    }
}
