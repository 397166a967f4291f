package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.ObjectHeader.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Elements in chunks, which a B-tree finds (section III.A.1, node type 1); chunks that lack hold the fill value. */
final class Chunked implements Storage {
    /** A chunk: its place, its first element's index on each axis, its bytes in the file and the filters left out. */
    private record Chunk(long at, long[] origin, long stored, long mask) {}

    private final Fields fields;
    private final long[] dims;
    private final int[] chunkDims;
    private final int size;
    private final Filters filters;
    private final Fill fill;
    private final List<Chunk> chunks = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();

    /** Reads the index of the chunks of a version 3 layout message. */
    Chunked(Fields fields, ObjectHeader header, List<Long> shape, int size) throws H5Exception {
        this.fields = fields;
        this.dims = Dims.array(shape);
        this.size = size;
        this.filters = Filters.read(fields, header.find(ObjectHeader.FILTERS));
        this.fill = Fill.read(fields, header, size);
        Message layout = header.get(ObjectHeader.LAYOUT, "a layout");
        this.chunkDims = chunkDims(layout);
        long tree = fields.i64(layout.at() + 3);
        if (tree != Fields.UNDEFINED && Dims.elements(shape) > 0) {
            node(tree, -1);
        }
    }

    private int[] chunkDims(Message layout) throws H5Exception {
        int rank = fields.u8(layout.at() + 2) - 1;
        if (rank != dims.length || rank < 1 || fields.u32(layout.at() + 11 + 4L * rank) != size) {
            throw fields.damaged(layout.at(), "chunks that don't fit the shape or type");
        }
        int[] result = new int[rank];
        long bytes = size;
        for (int i = 0; i < rank; i++) {
            long length = fields.u32(layout.at() + 11 + 4L * i);
            bytes = length == 0 || bytes > Integer.MAX_VALUE ? Long.MAX_VALUE : bytes * length;
            result[i] = (int) length;
        }
        if (bytes > Math.min(Integer.MAX_VALUE - 16, fields.expansionLimit())) {
            throw fields.damaged(layout.at(), "chunks of no size or of more than the file can hold");
        }
        return result;
    }

    private int chunkBytes() {
        int bytes = size;
        for (int length : chunkDims) {
            bytes *= length;
        }
        return bytes;
    }

    /** Visits a B-tree node of a level (or any, for the root), each one once. */
    private void node(long at, int level) throws H5Exception {
        fields.signature(at, "TREE");
        int actual = fields.u8(at + 5);
        if (fields.u8(at + 4) != 1 || (level >= 0 && actual != level) || !seen.add(at)) {
            throw fields.damaged(at, "a node that doesn't belong in its tree");
        }
        int children = fields.u16(at + 6);
        long keyLength = 8 + 8L * (dims.length + 1);
        for (int i = 0; i < children; i++) {
            long key = at + 24 + i * (keyLength + 8);
            long child = fields.i64(key + keyLength);
            if (actual > 0) {
                node(child, actual - 1);
            } else {
                add(key, child);
            }
        }
    }

    /** Takes in a chunk. Chunks don't share bytes, so all of them unpacked stay within the file's expansion limit. */
    private void add(long key, long at) throws H5Exception {
        long stored = fields.u32(key);
        fields.check(at, stored, "a chunk");
        long[] origin = new long[dims.length];
        for (int i = 0; i < origin.length; i++) {
            origin[i] = fields.i64(key + 8 + 8L * i);
            if (origin[i] < 0 || origin[i] >= dims[i] || origin[i] % chunkDims[i] != 0) {
                throw fields.damaged(key, "a chunk outside the shape");
            }
        }
        if (!seen.add(at) || (chunks.size() + 1L) * chunkBytes() > fields.expansionLimit()) {
            throw fields.damaged(key, "chunks that overlap or unpack to more than the file can hold");
        }
        chunks.add(new Chunk(at, origin, stored, fields.u32(key + 4)));
    }

    @Override
    public void read(long from, ByteBuffer target) throws H5Exception {
        ByteBuffer window = target.slice();
        fill.read(from, target);
        for (Chunk chunk : chunks) {
            if (first(chunk) < from + window.limit() && last(chunk) >= from) {
                byte[] stored = fields.bytes(chunk.at, chunk.stored, "a chunk");
                copy(chunk, filters.undo(stored, chunk.at, chunk.mask, chunkBytes()), from, window);
            }
        }
    }

    private long first(Chunk chunk) {
        return offset(chunk.origin);
    }

    private long last(Chunk chunk) {
        long[] end = chunk.origin.clone();
        for (int i = 0; i < end.length; i++) {
            end[i] = Math.min(end[i] + chunkDims[i], dims[i]) - 1;
        }
        return offset(end);
    }

    private long offset(long[] index) {
        long offset = 0;
        for (int i = 0; i < index.length; i++) {
            offset = offset * dims[i] + index[i];
        }
        return offset * size;
    }

    /** Copies the chunk's rows, runs along the last axis, as far as they lie in the shape and in the window. */
    private void copy(Chunk chunk, byte[] bytes, long from, ByteBuffer window) {
        int axis = dims.length - 1;
        int row = chunkDims[axis] * size;
        long length = Math.min(chunkDims[axis], dims[axis] - chunk.origin[axis]) * size;
        long[] index = chunk.origin.clone();
        for (int at = 0; at < bytes.length; at += row) {
            if (isInside(index)) {
                long start = offset(index) - from;
                long begin = Math.max(0, start);
                long end = Math.min(window.limit(), start + length);
                if (begin < end) {
                    window.put((int) begin, bytes, at + (int) (begin - start), (int) (end - begin));
                }
            }
            advance(index, chunk.origin);
        }
    }

    private boolean isInside(long[] index) {
        for (int i = 0; i < index.length; i++) {
            if (index[i] >= dims[i]) {
                return false;
            }
        }
        return true;
    }

    /** Moves to the next row of the chunk. */
    private void advance(long[] index, long[] origin) {
        for (int axis = index.length - 2; axis >= 0; axis--) {
            if (++index[axis] < origin[axis] + chunkDims[axis]) {
                return;
            }
            index[axis] = origin[axis];
        }
    }
}
