package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATIONGRAPH_OPS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_POINTWISE_BDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_POINTWISE_TDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_POINTWISE_XDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATION_POINTWISE_YDESC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_DATA_TYPE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_DIMENSIONS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_IS_BY_VALUE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_IS_VIRTUAL;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_STRIDES;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_TENSOR_UNIQUE_ID;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_TENSOR_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_DATA_TYPE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Writes a graph of cuDNN. Tensors in memory are numbered from 0 on in the order in which they are asked for. */
final class GraphWriter {
    /** What addresses of values that parts of a model or a loop have are multiples of, at most. */
    private static final int ALIGNMENT = 16;
    private static final int FIRST_VIRTUAL = 100;
    private static final int[] OPERANDS = {CUDNN_ATTR_OPERATION_POINTWISE_XDESC, CUDNN_ATTR_OPERATION_POINTWISE_BDESC,
        CUDNN_ATTR_OPERATION_POINTWISE_TDESC};

    private final CudnnStatus status;
    private final List<Descriptor> operations = new ArrayList<>();
    private int stored;
    private int virtuals;

    /**
     * How the elements of a tensor lie.
     *
     * @param type a cudnnDataType_t
     * @param bytes of an element
     */
    record Layout(int type, int bytes, long[] dims, long[] strides) {
        /** The same for float32 elements. */
        Layout wide() {
            return of(CUDNN_DATA_FLOAT, Float.BYTES);
        }

        /** The same for elements of another type. */
        Layout of(int elements, int width) {
            return new Layout(elements, width, dims, strides);
        }
    }

    GraphWriter(CudnnStatus status) {
        this.status = status;
    }

    Descriptor create(int type) {
        return new Descriptor(type, status);
    }

    /** The next tensor in memory; a part of a larger one begins at a multiple of its own size. */
    Descriptor stored(Layout layout) {
        long bytes = Arrays.stream(layout.dims).reduce(layout.bytes, (a, b) -> a * b);
        return tensor(layout, stored++).longs(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, Math.min(ALIGNMENT, Long.lowestOneBit(bytes))).finish();
    }

    /** A value that is never stored. */
    Descriptor virtual(Layout layout) {
        return tensor(layout, FIRST_VIRTUAL + virtuals++).longs(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, ALIGNMENT)
                .flag(CUDNN_ATTR_TENSOR_IS_VIRTUAL, true).finish();
    }

    /** The next tensor in memory, one float32 in that of this process. */
    Descriptor number(int rank) {
        long[] ones = LongStream.generate(() -> 1).limit(rank).toArray();
        return tensor(new Layout(CUDNN_DATA_FLOAT, Float.BYTES, ones, ones), stored++)
                .longs(CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, Float.BYTES).flag(CUDNN_ATTR_TENSOR_IS_BY_VALUE, true).finish();
    }

    private Descriptor tensor(Layout layout, long id) {
        return create(CUDNN_BACKEND_TENSOR_DESCRIPTOR).choice(CUDNN_ATTR_TENSOR_DATA_TYPE, CUDNN_TYPE_DATA_TYPE, layout.type)
                .longs(CUDNN_ATTR_TENSOR_DIMENSIONS, layout.dims).longs(CUDNN_ATTR_TENSOR_STRIDES, layout.strides)
                .longs(CUDNN_ATTR_TENSOR_UNIQUE_ID, id);
    }

    /** Adds a finished operation. */
    void add(Descriptor operation) {
        operations.add(operation);
    }

    /** Adds an elementwise function with its settings, of up to three operands. */
    void pointwise(Descriptor function, Descriptor result, Descriptor... operands) {
        Descriptor operation = create(CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR, function.finish()).parts(CUDNN_ATTR_OPERATION_POINTWISE_YDESC, result);
        for (int i = 0; i < operands.length; i++) {
            operation.parts(OPERANDS[i], operands[i]);
        }
        add(operation.finish());
    }

    /** The graph of all operations, not finished. */
    Descriptor graph() {
        return create(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR)
                .parts(CUDNN_ATTR_OPERATIONGRAPH_OPS, operations.toArray(Descriptor[]::new));
    }
}
