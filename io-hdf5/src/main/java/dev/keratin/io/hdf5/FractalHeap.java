package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.ObjectHeader.Message;

/**
 * The fractal heap, which holds the links of large groups and the attributes of objects with many (section III.G).
 *
 * <p>Its blocks lie in one space of offsets: rows of {@code width} blocks, where row 0 and 1 have blocks of the starting
 * size and every further row blocks of twice the size. Rows of blocks up to the greatest direct size hold objects, the
 * rows beyond hold tables of blocks of their own.
 */
final class FractalHeap {
    private static final int TABLE_DEPTH_LIMIT = 16;
    private static final long MAX_BLOCK = 1L << 40;

    private final Fields fields;
    private final long address;
    private final int width;
    private final long start;
    private final int directRows;
    private final int offsetBytes;
    private final int lengthBytes;
    private final long root;
    private final int rootRows;

    FractalHeap(Fields fields, long address) throws H5Exception {
        this.fields = fields;
        this.address = address;
        fields.signature(address, "FRHP");
        if (fields.u16(address + 7) != 0) {
            throw fields.unsupported(address, "a compressed heap");
        }
        width = fields.u16(address + 110);
        start = fields.i64(address + 112);
        long maxDirect = fields.i64(address + 120);
        int bits = fields.u16(address + 128);
        root = fields.i64(address + 132);
        rootRows = fields.u16(address + 140);
        boolean powers = Long.bitCount(start) == 1 && Long.bitCount(maxDirect) == 1 && start > 0 && maxDirect >= start;
        if (!powers || width == 0 || bits > 64 || maxDirect > MAX_BLOCK) {
            throw fields.damaged(address, "a heap of impossible measures");
        }
        directRows = log2(maxDirect) - log2(start) + 2;
        offsetBytes = (bits + 7) / 8;
        lengthBytes = log2(Math.min(maxDirect, fields.u32(address + 10))) / 8 + 1;
    }

    private static int log2(long value) {
        return 63 - Long.numberOfLeadingZeros(Math.max(1, value));
    }

    /** The object whose identifier stands at {@code id}, as a header message of a type. */
    Message find(long id, int type) throws H5Exception {
        if (fields.u8(id) != 0) {
            throw fields.unsupported(id, "a heap object that is huge or tiny");
        }
        long offset = fields.number(id + 1, offsetBytes);
        long length = fields.number(id + 1 + offsetBytes, lengthBytes);
        long at = rootRows == 0 ? inBlock(root, offset) : inTable(root, rootRows, offset, 0);
        fields.check(at, length, "a heap object");
        if (length > 0xffff) {
            throw fields.damaged(id, "a heap object of " + length + " bytes");
        }
        return new Message(type, at, (int) length, false);
    }

    private long inBlock(long block, long offset) throws H5Exception {
        fields.signature(block, "FHDB");
        fields.check(block, offset, "a heap block");
        return block + offset;
    }

    private long inTable(long table, int rows, long offset, int depth) throws H5Exception {
        fields.signature(table, "FHIB");
        long left = offset;
        for (int row = 0; row < rows && depth < TABLE_DEPTH_LIMIT; row++) {
            long size = start << Math.max(0, row - 1);
            if (size <= 0 || size > Long.MAX_VALUE / width) {
                break;
            }
            if (left >= 0 && left < size * width) {
                long column = left / size;
                long child = fields.i64(table + 13 + offsetBytes + 8 * ((long) row * width + column));
                return row < directRows ? inBlock(child, left % size)
                        : inTable(child, log2(size) - log2(start * width) + 1, left % size, depth + 1);
            }
            left -= size * width;
        }
        throw fields.damaged(address, "a heap object outside its heap");
    }
}
