package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_DEFAULT_MATH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FMA_MATH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_ALGO_PERSIST_STATIC_SMALL_H;
import static org.bytedeco.cuda.global.cudnn.CUDNN_RNN_ALGO_STANDARD;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TENSOR_OP_MATH;
import static org.bytedeco.cuda.global.cudnn.cudnnCreateDropoutDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnSetDropoutDescriptor;

import dev.keratin.backend.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.cuda.cudnn.cudnnDropoutStruct;
import org.bytedeco.javacpp.Pointer;

/** Recurrent layers by cuDNN; what was prepared for one serves all equal ones. */
final class Recurrences {
    /** Units of layers whose recurrent kernel fits into registers. */
    private static final int SMALL = 192;
    private static final int SMALL_TRAINED = 128;

    private final Cudnn library;
    private final RecurrentTrial trial;
    private final Fallbacks fallbacks;
    private final boolean exact = !Products.isRounding();
    private final cudnnDropoutStruct noDropout = new cudnnDropoutStruct();
    private final Borrowing borrowing;
    private final Shared<Recurrence, Optional<Owned>> plans;

    /** A plan with the descriptors of its calls. */
    private record Owned(RecurrentPlan plan, RecurrentLibrary descriptors) {}

    Recurrences(Cudnn library, RecurrentTrial trial, Fallbacks fallbacks, Borrowing borrowing) {
        this.borrowing = borrowing;
        this.plans = borrowing.shared(found -> found.ifPresent(owned -> owned.descriptors().destroy()));
        this.library = library;
        this.trial = trial;
        this.fallbacks = fallbacks;
        library.status().check(cudnnCreateDropoutDescriptor(noDropout), "cudnnCreateDropoutDescriptor");
        library.status().check(cudnnSetDropoutDescriptor(noDropout, library.handle(), 0, (Pointer) null, 0, 0),
                "cudnnSetDropoutDescriptor");
    }

    /** Empty if the library doesn't have it. */
    Optional<RecurrentPlan> prepare(Recurrence layer) {
        return borrowing.take(plans, layer, this::plan).map(Owned::plan);
    }

    /** With the first algorithm that the library has for the layer. */
    private Optional<Owned> plan(Recurrence layer) {
        List<String> causes = new ArrayList<>();
        Optional<Owned> found = algorithms(layer).stream().flatMap(algorithm -> plan(layer, algorithm, causes).stream()).findFirst();
        if (found.isEmpty() && !causes.isEmpty()) {
            fallbacks.tell(layer.cell() + " is computed step by step and not by cuDNN", layer, causes.get(causes.size() - 1));
        }
        return found;
    }

    /** The one that keeps the recurrent kernel in registers comes first where it fits, up to the widths that PyTorch takes it for. */
    private static List<Integer> algorithms(Recurrence layer) {
        boolean small = layer.units() <= (layer.training() ? SMALL_TRAINED : SMALL);
        return small ? List.of(CUDNN_RNN_ALGO_PERSIST_STATIC_SMALL_H, CUDNN_RNN_ALGO_STANDARD) : List.of(CUDNN_RNN_ALGO_STANDARD);
    }

    private Optional<Owned> plan(Recurrence layer, int algorithm, List<String> causes) {
        RecurrentLibrary descriptors = RecurrentLibrary.of(layer, library);
        Optional<RecurrentPlan> found = Optional.empty();
        try {
            found = descriptors.set(new RecurrentLibrary.Way(algorithm, arithmetic(layer)), noDropout).plan()
                    .filter(plan -> fallbacks.cause(() -> trial.failure(layer, plan)).filter(causes::add).isEmpty());
            return found.map(plan -> new Owned(plan, descriptors));
        } catch (CudnnStatus.Unsupported e) {
            return Optional.empty();
        } finally {
            if (found.isEmpty()) {
                descriptors.destroy();
            }
        }
    }

    /** By default the library may round float32 to TF32 itself. */
    private int arithmetic(Recurrence layer) {
        return layer.dtype() != DType.FLOAT32 ? CUDNN_TENSOR_OP_MATH : exact ? CUDNN_FMA_MATH : CUDNN_DEFAULT_MATH;
    }
}
