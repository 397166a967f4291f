package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_BACKEND_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_BOOLEAN;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_CHAR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_DOUBLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_HANDLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_INT64;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_VOID_PTR;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendCreateDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendDestroyDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendFinalize;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendGetAttribute;
import static org.bytedeco.cuda.global.cudnn.cudnnBackendSetAttribute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.cuda.cudnn.cudnnBackendDescriptor_t;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A descriptor of cuDNN's graph API: its attributes are set, then it is finished. The library shares what it was made of, so
 * those others can be destroyed before it. One that nobody keeps is destroyed when the plan is made that it serves.
 */
final class Descriptor {
    private static final int MOST_NOTES = 32;

    private final CudnnStatus status;
    private final cudnnBackendDescriptor_t descriptor = new cudnnBackendDescriptor_t();

    Descriptor(int type, CudnnStatus status) {
        this.status = status;
        status.check(cudnnBackendCreateDescriptor(type, descriptor), "cudnnBackendCreateDescriptor");
        status.made(this);
    }

    cudnnBackendDescriptor_t pointer() {
        return descriptor;
    }

    Descriptor longs(int attribute, long... values) {
        try (LongPointer data = new LongPointer(values)) {
            return set(attribute, CUDNN_TYPE_INT64, values.length, data);
        }
    }

    Descriptor longs(int attribute, List<Integer> values) {
        return longs(attribute, values.stream().mapToLong(Integer::longValue).toArray());
    }

    Descriptor real(int attribute, double value) {
        try (DoublePointer data = new DoublePointer(new double[] {value})) {
            return set(attribute, CUDNN_TYPE_DOUBLE, 1, data);
        }
    }

    Descriptor flag(int attribute, boolean value) {
        try (BoolPointer data = new BoolPointer(1).put(value)) {
            return set(attribute, CUDNN_TYPE_BOOLEAN, 1, data);
        }
    }

    /** A value of an enum of the library; {@code type} says of which. */
    Descriptor choice(int attribute, int type, int value) {
        try (IntPointer data = new IntPointer(new int[] {value})) {
            return set(attribute, type, 1, data);
        }
    }

    Descriptor parts(int attribute, Descriptor... parts) {
        try (PointerPointer<Pointer> data = new PointerPointer<>(parts.length)) {
            for (int i = 0; i < parts.length; i++) {
                data.put(i, parts[i].descriptor);
            }
            return set(attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, parts.length, data);
        }
    }

    Descriptor handle(int attribute, cudnnContext handle) {
        try (PointerPointer<Pointer> data = new PointerPointer<>(1)) {
            return set(attribute, CUDNN_TYPE_HANDLE, 1, data.put(0, handle));
        }
    }

    /** Device addresses. */
    Descriptor places(int attribute, long... addresses) {
        try (LongPointer data = new LongPointer(addresses)) {
            return set(attribute, CUDNN_TYPE_VOID_PTR, addresses.length, data);
        }
    }

    Descriptor set(int attribute, int type, long count, Pointer data) {
        status.check(cudnnBackendSetAttribute(descriptor, attribute, type, count, data), "cudnnBackendSetAttribute " + attribute);
        return this;
    }

    Descriptor finish() {
        status.check(cudnnBackendFinalize(descriptor), "cudnnBackendFinalize");
        return this;
    }

    /** Finishes it if the library can. */
    boolean finishes() {
        return cudnnBackendFinalize(descriptor) == 0;
    }

    /** A number of a finished one. */
    long number(int attribute) {
        try (LongPointer data = new LongPointer(1)) {
            status.check(cudnnBackendGetAttribute(descriptor, attribute, CUDNN_TYPE_INT64, 1, new long[1], data), "cudnnBackendGetAttribute");
            return data.get();
        }
    }

    /** Whether the library takes a text, which stands for all other attributes. */
    boolean takes(int attribute, byte[] text) {
        try (BytePointer data = new BytePointer(text)) {
            return cudnnBackendSetAttribute(descriptor, attribute, CUDNN_TYPE_CHAR, text.length, data) == 0;
        }
    }

    /** What a finished one is as a text, if the library can write it. */
    Optional<byte[]> text(int attribute) {
        long[] count = new long[1];
        if (cudnnBackendGetAttribute(descriptor, attribute, CUDNN_TYPE_CHAR, 0, count, (Pointer) null) != 0) {
            return Optional.empty();
        }
        byte[] text = new byte[Math.toIntExact(count[0])];
        try (BytePointer data = new BytePointer(text)) {
            boolean written = cudnnBackendGetAttribute(descriptor, attribute, CUDNN_TYPE_CHAR, text.length, count, data) == 0;
            data.get(text);
            return written ? Optional.of(text) : Optional.empty();
        }
    }

    /** Values of an enum of the library that a finished one has. */
    Set<Integer> choices(int attribute, int type) {
        try (IntPointer data = new IntPointer(MOST_NOTES)) {
            long[] count = new long[1];
            status.check(cudnnBackendGetAttribute(descriptor, attribute, type, MOST_NOTES, count, data), "cudnnBackendGetAttribute");
            Set<Integer> values = new TreeSet<>();
            for (int i = 0; i < count[0]; i++) {
                values.add(data.get(i));
            }
            return values;
        }
    }

    /** Those that a finished one has, at most {@code most}, each of {@code type}. */
    List<Descriptor> parts(int attribute, int type, int most) {
        List<Descriptor> parts = new ArrayList<>();
        try (PointerPointer<Pointer> data = new PointerPointer<>(most)) {
            for (int i = 0; i < most; i++) {
                parts.add(new Descriptor(type, status));
                data.put(i, parts.get(i).descriptor);
            }
            long[] count = new long[1];
            status.check(cudnnBackendGetAttribute(descriptor, attribute, CUDNN_TYPE_BACKEND_DESCRIPTOR, most, count, data),
                    "cudnnBackendGetAttribute");
            return parts.subList(0, (int) Math.min(most, count[0]));
        }
    }

    /** Leaves it to the caller to destroy it. */
    Descriptor keep() {
        status.kept(this);
        return this;
    }

    void destroy() {
        status.kept(this);
        status.check(cudnnBackendDestroyDescriptor(descriptor), "cudnnBackendDestroyDescriptor");
    }
}
