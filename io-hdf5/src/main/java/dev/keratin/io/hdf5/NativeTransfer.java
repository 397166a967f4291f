package dev.keratin.io.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5S_SELECT_SET;
import static org.bytedeco.hdf5.global.hdf5.H5Screate_simple;
import static org.bytedeco.hdf5.global.hdf5.H5Sselect_hyperslab;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;

/** Moves runs of numbers between memory and a dataset of libhdf5. */
final class NativeTransfer {
    /** {@code H5Dread} or {@code H5Dwrite} with dataset and type given. */
    @FunctionalInterface
    interface Call {
        int run(long memorySpace, long fileSpace, BytePointer bytes);
    }

    private NativeTransfer() {}

    /** Moves the elements from number {@code first} on, as many as {@code bytes} has; its position stays. */
    static void move(H5Dataset dataset, long space, long first, BytePointer bytes, Call call) throws IOException {
        int size = dataset.type().size();
        long count = (bytes.limit() - bytes.position()) / size;
        if (count == dataset.elements()) {
            NativeLibrary.check(call.run(NativeLibrary.DEFAULT, NativeLibrary.DEFAULT, bytes));
            return;
        }
        long start = bytes.position();
        for (Boxes.Box box : Boxes.of(dataset.dims(), first, count)) {
            select(space, box);
            try (NativeId memory = NativeId.of(H5Screate_simple(1, new long[] {box.elements()}, (long[]) null))) {
                NativeLibrary.check(call.run(memory.id(), space, bytes));
            }
            bytes.position(bytes.position() + box.elements() * size);
        }
        bytes.position(start);
    }

    private static void select(long space, Boxes.Box box) throws IOException {
        try (LongPointer start = new LongPointer(box.start()); LongPointer count = new LongPointer(box.count())) {
            NativeLibrary.check(H5Sselect_hyperslab(space, H5S_SELECT_SET, start, (LongPointer) null, count,
                    (LongPointer) null));
        }
    }

    /** Native memory with the content of a buffer, or a direct buffer's own; the caller closes it. */
    static BytePointer of(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            return new BytePointer(buffer.slice());
        }
        BytePointer copy = new BytePointer(buffer.remaining());
        copy.asByteBuffer().put(buffer.duplicate());
        return copy;
    }
}
