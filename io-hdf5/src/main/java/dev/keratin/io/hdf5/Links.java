package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.ObjectHeader.Message;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The links of a group: from a symbol table, that is a B-tree over a heap of names (sections III.A.1, III.B and III.D),
 * or from link messages in the header or in a heap (section IV.A.2.f and g).
 */
final class Links {
    /** Stands in for the address of links that aren't followed. */
    static final long NOT_HARD = -2;

    private static final int CACHED_SOFT_LINK = 2;

    private final Fields fields;
    private final Map<String, Long> links = new TreeMap<>(H5Path.ORDER);
    private final Set<Long> nodes = new HashSet<>();
    private long names;

    private Links(Fields fields) {
        this.fields = fields;
    }

    /** The addresses of a group's children by name. */
    static Map<String, Long> read(Fields fields, ObjectHeader group) throws H5Exception {
        Links links = new Links(fields);
        Message table = group.find(ObjectHeader.SYMBOL_TABLE);
        if (table != null) {
            links.symbolTable(table);
        }
        Message info = group.find(ObjectHeader.LINK_INFO);
        if (info != null) {
            links.dense(info);
        }
        for (Message message : group.all(ObjectHeader.LINK)) {
            links.link(message);
        }
        return links.links;
    }

    /** The links of a large group, in a heap with an index by name; a record is a hash and the place in the heap. */
    private void dense(Message info) throws H5Exception {
        long at = info.at() + ((fields.u8(info.at() + 1) & 1) != 0 ? 10 : 2);
        long heapAt = fields.i64(at);
        if (heapAt != Fields.UNDEFINED) {
            FractalHeap heap = new FractalHeap(fields, heapAt);
            for (long record : SecondTree.records(fields, fields.i64(at + 8))) {
                link(heap.find(record + 4, ObjectHeader.LINK));
            }
        }
    }

    private void symbolTable(Message table) throws H5Exception {
        long heap = fields.i64(table.at() + 8);
        fields.signature(heap, "HEAP");
        long length = fields.i64(heap + 8);
        long data = fields.i64(heap + 24);
        fields.check(data, length, "a heap of names");
        node(fields.i64(table.at()), data, length, -1);
    }

    /** Visits a B-tree node of a level (or any, for the root), each one once. */
    private void node(long at, long heap, long heapLength, int level) throws H5Exception {
        fields.signature(at, "TREE");
        int actual = fields.u8(at + 5);
        if (fields.u8(at + 4) != 0 || (level >= 0 && actual != level) || !nodes.add(at)) {
            throw fields.damaged(at, "a node that doesn't belong in its tree");
        }
        int children = fields.u16(at + 6);
        for (int i = 0; i < children; i++) {
            long child = fields.i64(at + 32 + 16L * i);
            if (actual > 0) {
                node(child, heap, heapLength, actual - 1);
            } else {
                symbols(child, heap, heapLength);
            }
        }
    }

    private void symbols(long at, long heap, long heapLength) throws H5Exception {
        fields.signature(at, "SNOD");
        if (!nodes.add(at)) {
            throw fields.damaged(at, "a node that stands in its tree twice");
        }
        int count = fields.u16(at + 6);
        for (int i = 0; i < count; i++) {
            long entry = at + 8 + 40L * i;
            String name = name(heap, heapLength, fields.i64(entry));
            boolean soft = fields.u32(entry + 16) == CACHED_SOFT_LINK;
            add(entry, name, soft ? NOT_HARD : fields.i64(entry + 8));
        }
    }

    /** The name at an offset of the heap; names don't overlap, so together they can't be longer than it. */
    private String name(long heap, long heapLength, long offset) throws H5Exception {
        if (offset < 0 || offset >= heapLength) {
            throw fields.damaged(heap, "a name outside its heap");
        }
        long at = heap + offset;
        long end = at;
        while (end < heap + heapLength && fields.u8(end) != 0) {
            end++;
        }
        names += end - at + 1;
        if (end == heap + heapLength || names > heapLength) {
            throw fields.damaged(at, "names that overlap or never end");
        }
        return Fields.text(fields.bytes(at, end - at, "a name"));
    }

    private void link(Message message) throws H5Exception {
        long at = message.at();
        int flags = fields.u8(at + 1);
        long place = at + 2;
        int type = (flags & 8) != 0 ? fields.u8(place++) : 0;
        place += ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
        int width = 1 << (flags & 3);
        long length = fields.number(place, width);
        place += width;
        if (fields.u8(at) != 1 || length < 0 || length > message.end() - place) {
            throw fields.damaged(at, "a link that is longer than its message");
        }
        names += length;
        if (names > fields.size()) {
            throw fields.damaged(at, "links that overlap");
        }
        String name = Fields.text(fields.bytes(place, length, "a name"));
        add(at, name, type == 0 ? fields.i64(place + length) : NOT_HARD);
    }

    private void add(long at, String name, long address) throws H5Exception {
        if (name.isEmpty() || name.equals(".") || name.indexOf('/') >= 0 || links.put(name, address) != null) {
            throw fields.damaged(at, "a name that no child can have, or two children have: \"" + name + "\"");
        }
    }
}
