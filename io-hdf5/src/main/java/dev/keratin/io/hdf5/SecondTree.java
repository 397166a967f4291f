package dev.keratin.io.hdf5;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A B-tree of version 2, whose records stand in the inner nodes too (section III.A.2). */
final class SecondTree {
    private static final int NODE_OVERHEAD = 10;
    private static final int RECORDS_AT = 6;

    private final Fields fields;
    private final int recordSize;
    private final int countBytes;
    /** Per level, the bytes of a count of all records beneath. */
    private final int[] totalBytes;
    private final List<Long> records = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();

    private SecondTree(Fields fields, long header, int depth) throws H5Exception {
        this.fields = fields;
        this.recordSize = fields.u16(header + 10);
        long nodeSize = fields.u32(header + 6);
        if (depth > 16 || recordSize == 0 || nodeSize > fields.size()) {
            throw fields.damaged(header, "a tree of impossible measures");
        }
        long most = (nodeSize - NODE_OVERHEAD) / recordSize;
        this.countBytes = bytesFor(most);
        this.totalBytes = new int[depth + 1];
        long total = most;
        for (int level = 1; level <= depth; level++) {
            long pointer = pointerSize(level);
            most = (nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer);
            total = (most + 1) * total + most;
            totalBytes[level] = bytesFor(total);
        }
    }

    private static int bytesFor(long limit) {
        return (63 - Long.numberOfLeadingZeros(Math.max(1, limit))) / 8 + 1;
    }

    private int pointerSize(int level) {
        return 8 + countBytes + totalBytes[level - 1];
    }

    /** The addresses of all records of a tree. */
    static List<Long> records(Fields fields, long header) throws H5Exception {
        fields.signature(header, "BTHD");
        int depth = fields.u16(header + 12);
        SecondTree tree = new SecondTree(fields, header, depth);
        long root = fields.i64(header + 16);
        if (root != Fields.UNDEFINED) {
            tree.node(root, fields.u16(header + 24), depth);
        }
        return tree.records;
    }

    private void node(long at, long count, int level) throws H5Exception {
        fields.signature(at, level == 0 ? "BTLF" : "BTIN");
        fields.check(at, RECORDS_AT + count * recordSize, "a node");
        if (!seen.add(at)) {
            throw fields.damaged(at, "a node that stands in its tree twice");
        }
        for (long i = 0; i < count; i++) {
            records.add(at + RECORDS_AT + i * recordSize);
        }
        long pointers = at + RECORDS_AT + count * recordSize;
        for (long i = 0; level > 0 && i <= count; i++) {
            long pointer = pointers + i * pointerSize(level);
            node(fields.i64(pointer), fields.number(pointer + 8, countBytes), level - 1);
        }
    }
}
