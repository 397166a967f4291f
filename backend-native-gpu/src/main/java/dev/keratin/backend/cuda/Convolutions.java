package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_HANDLE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_OPERATIONGRAPH_HANDLE;

import dev.keratin.backend.DType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.cuda.cudnn.cudnnContext;

/** Convolutions by cuDNN; what was prepared for one serves all equal ones. */
final class Convolutions {
    private final CudnnStatus status;
    private final cudnnContext library;
    private final boolean exact = !Products.isRounding();
    private final Map<Convolution, Optional<ConvolutionPlan>> plans = new HashMap<>();

    Convolutions(Cudnn library) {
        this.status = library.status();
        this.library = library.handle();
    }

    /** Empty if the library has none of this type or these lengths. */
    Optional<LibraryCall> prepare(Convolution convolution) {
        if (convolution.dtype() == DType.FLOAT64) {
            return Optional.empty();
        }
        return plans.computeIfAbsent(convolution, key -> ConvolutionPlan.of(key, exact, new Device(library), status))
                .map(plan -> new ConvolutionCall(plan, library, status));
    }

    /** The device of a handle. */
    private record Device(cudnnContext handle) implements ConvolutionPlan.Target {
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
    }
}
