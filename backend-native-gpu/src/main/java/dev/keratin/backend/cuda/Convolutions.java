package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Convolutions by cuDNN; what was prepared for one serves all equal ones. */
final class Convolutions {
    private final Cudnn library;
    private final boolean exact = !Products.isRounding();
    private final Map<Convolution, Optional<GraphPlan>> plans = new HashMap<>();

    Convolutions(Cudnn library) {
        this.library = library;
    }

    /** Empty if the library has none of this type or these lengths. */
    Optional<LibraryCall> prepare(Convolution convolution) {
        return plans.computeIfAbsent(convolution, key -> plan(key, exact, library)).map(plan -> new GraphCall(plan, library));
    }

    /**
     * How the library computes a convolution, if it does.
     *
     * @param exact whether factors of float32 may not be rounded to TF32
     */
    static Optional<GraphPlan> plan(Convolution convolution, boolean exact, GraphTarget target) {
        if (convolution.dtype() == DType.FLOAT64) {
            return Optional.empty();
        }
        try {
            return GraphPlan.of(ConvolutionGraph.of(convolution, target.status()), exact && convolution.dtype() == DType.FLOAT32, target);
        } catch (CudnnStatus.Unsupported e) {
            return Optional.empty();
        }
    }
}
