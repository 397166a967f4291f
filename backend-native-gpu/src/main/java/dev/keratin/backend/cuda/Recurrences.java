package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.cudnnCreateDropoutDescriptor;
import static org.bytedeco.cuda.global.cudnn.cudnnSetDropoutDescriptor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.cuda.cudnn.cudnnDropoutStruct;
import org.bytedeco.javacpp.Pointer;

/** Recurrent layers by cuDNN; what was prepared for one serves all equal ones. */
final class Recurrences {
    private final Cudnn library;
    private final boolean exact = !Products.isRounding();
    private final cudnnDropoutStruct noDropout = new cudnnDropoutStruct();
    private final Map<Recurrence, Optional<RecurrentPlan>> plans = new HashMap<>();

    Recurrences(Cudnn library) {
        this.library = library;
        library.status().check(cudnnCreateDropoutDescriptor(noDropout), "cudnnCreateDropoutDescriptor");
        library.status().check(cudnnSetDropoutDescriptor(noDropout, library.handle(), 0, (Pointer) null, 0, 0),
                "cudnnSetDropoutDescriptor");
    }

    /** Empty if the library doesn't have it. */
    Optional<RecurrentPlan> prepare(Recurrence layer) {
        return plans.computeIfAbsent(layer, this::plan);
    }

    private Optional<RecurrentPlan> plan(Recurrence layer) {
        try {
            return RecurrentLibrary.of(layer, exact, noDropout, library).plan();
        } catch (CudnnStatus.Unsupported e) {
            return Optional.empty();
        }
    }
}
