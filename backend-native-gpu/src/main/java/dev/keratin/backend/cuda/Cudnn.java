package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_HANDLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATIONGRAPH_HANDLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_BFLOAT16;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_FLOAT;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DATA_HALF;
import static org.bytedeco.cuda.global.cudnn.cudnnCreate;
import static org.bytedeco.cuda.global.cudnn.cudnnSetStream;

import dev.keratin.backend.DType;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudnn.cudnnContext;

/** cuDNN on one stream of a device. */
record Cudnn(cudnnContext handle, CudnnStatus status) implements GraphTarget {
    static Cudnn open(Faults faults, CUstream_st stream) {
        Cudnn library = new Cudnn(new cudnnContext(), new CudnnStatus(faults));
        library.status.check(cudnnCreate(library.handle), "cudnnCreate");
        library.status.check(cudnnSetStream(library.handle, stream), "cudnnSetStream");
        return library;
    }

    @Override
    public Descriptor graph(Descriptor descriptor) {
        return descriptor.handle(CUDNN_ATTR_OPERATIONGRAPH_HANDLE, handle);
    }

    @Override
    public Descriptor heuristics(Descriptor descriptor) {
        return descriptor;
    }

    @Override
    public Descriptor plan(Descriptor descriptor) {
        return descriptor.handle(CUDNN_ATTR_EXECUTION_PLAN_HANDLE, handle);
    }

    /** What the library calls an element type of up to 32 bits. */
    static int type(DType dtype) {
        return switch (dtype) {
            case FLOAT16 -> CUDNN_DATA_HALF;
            case BFLOAT16 -> CUDNN_DATA_BFLOAT16;
            default -> CUDNN_DATA_FLOAT;
        };
    }
}
