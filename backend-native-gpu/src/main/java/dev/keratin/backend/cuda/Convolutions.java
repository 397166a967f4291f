package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import java.util.Optional;

/** Convolutions by cuDNN; what was planned for one serves all equal ones. */
final class Convolutions {
    private final Cudnn library;
    private final KeptPlans kept;
    private final Borrowing borrowing;
    private final boolean exact = !Products.isRounding();
    private final Shared<Convolution, Optional<GraphPlan>> plans;

    Convolutions(Cudnn library, KeptPlans kept, Borrowing borrowing) {
        this.library = library;
        this.kept = kept;
        this.borrowing = borrowing;
        this.plans = borrowing.shared(found -> found.ifPresent(GraphPlan::destroy));
    }

    /** Empty if the library has none of this type or these lengths. */
    Optional<LibraryCall> prepare(Convolution convolution) {
        return borrowing.take(plans, convolution, this::planned).map(plan -> {
            GraphCall call = new GraphCall(plan, library);
            borrowing.add(call::close);
            return call;
        });
    }

    private Optional<GraphPlan> planned(Convolution convolution) {
        return kept.get(convolution + (exact ? " in full precision" : ""), () -> plan(convolution, exact, library));
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
            target.status().destroyPassing();
            return Optional.empty();
        }
    }
}
