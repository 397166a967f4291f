package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.compiler.IndexChecks;
import dev.keratin.backend.ir.Elements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Finds indices out of range in the runs of one executable. Kernels note the position of such an index in a word on the
 * device and go on with another index; the host looks at the word before a parameter is written. If it is set, nothing
 * that lasts has changed, and the program runs a second time with a look behind every check, to say which index it was.
 */
final class IndexGuard implements AutoCloseable {
    private static final long NONE = -1;

    private final DeviceMemory memory;
    private long word;
    private boolean careful;

    IndexGuard(DeviceMemory memory) {
        this.memory = memory;
    }

    /** A run met an index out of range. */
    private static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Found() {
            super("an index out of range", null, false, false);
        }
    }

    /** Adds the check of a node whose second operand are indices. */
    void check(Node node, Code code) {
        Value indices = node.inputs().get(1);
        List<Long> lengths = lengths(node);
        long count = indices.type().shape().size();
        KernelBuilder kernel = new KernelBuilder("check", "indices.cuh").within(count);
        kernel.line("check(" + kernel.pointer(code.slot(indices), "const " + CTypes.stored(indices.type().dtype())) + ", "
                + kernel.number(count) + ", " + kernel.numbers(lengths.stream().mapToLong(Long::longValue).toArray()) + ", "
                + kernel.pointer(new Slot(Slot.ADDRESS, word()), "uint64_t") + ");");
        kernel.launch(Geometry.loop(count), node.op() + " " + node.scope(), code);
        Slot slot = code.slot(indices);
        code.add(Work.HOST, "look", frame -> {
            if (careful) {
                look(frame, node, slot);
            }
        });
    }

    private static List<Long> lengths(Node node) {
        return IndexChecks.lengths(node.op(), node.inputs().get(0).type().shape(), node.inputs().get(1).type().shape());
    }

    private long word() {
        if (word == 0) {
            word = memory.allocate(Long.BYTES, "a check of indices");
            reset();
        }
        return word;
    }

    private void reset() {
        memory.driver().copyIn(bytes().putLong(0, NONE), word);
    }

    private static ByteBuffer bytes() {
        return ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
    }

    private long read() {
        ByteBuffer bytes = bytes();
        memory.driver().copyOut(word, bytes);
        return bytes.getLong(0);
    }

    /** Waits for all checks so far and ends the run if one has failed. */
    void require() {
        if (word != 0 && read() != NONE) {
            throw new Found();
        }
    }

    /**
     * Makes a run.
     *
     * @throws IndexOutOfBoundsException if an index is out of range
     */
    void run(Replay program, Frame frame) {
        try {
            program.run(frame);
        } catch (Found found) {
            reset();
            careful = true;
            try {
                program.runSteps(frame);
            } finally {
                careful = false;
                reset();
            }
        }
    }

    private void look(Frame frame, Node node, Slot indices) {
        long position = read();
        if (position == NONE) {
            return;
        }
        boolean tuples = node.op() instanceof GatherNd || node.op() instanceof ScatterNd;
        List<Long> lengths = lengths(node);
        int axis = (int) (position % lengths.size());
        DType dtype = node.inputs().get(1).type().dtype();
        ByteBuffer element = bytes().limit(dtype.byteSize());
        frame.driver().copyOut(frame.at(indices) + position * dtype.byteSize(), element);
        throw new IndexOutOfBoundsException(node.op().label() + ": index from 0 to " + (lengths.get(axis) - 1)
                + (tuples ? " on axis " + axis : "") + " is required. Received: " + Elements.readLong(element, 0, dtype)
                + " at position " + position + ". Correct the indices or take an axis that is long enough.");
    }

    @Override
    public void close() {
        memory.free(word, Long.BYTES);
        word = 0;
    }
}
