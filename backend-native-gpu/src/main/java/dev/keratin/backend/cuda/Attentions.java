package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.cudnnGetVersion;

import dev.keratin.backend.DType;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Attention by cuDNN; what was planned for one serves all equal ones. */
final class Attentions {
    /** Versions whose attention has errors, by NVIDIA's own front end. */
    private static final Set<Long> WRONG = Set.of(91000L, 91001L);

    private final Cudnn library;
    private final AttentionTrial trial;
    private final KeptPlans kept;
    private final Borrowing borrowing;
    private final boolean exact = !Products.isRounding();
    private final Shared<Attention, Optional<Planned>> plans;

    /**
     * Plans of both passes.
     *
     * @param gradient in training only
     * @param accumulating see {@link AttentionGraph#gradient}
     */
    record Planned(GraphPlan forward, @Nullable GraphPlan gradient, boolean accumulating) {
        void destroy() {
            forward.destroy();
            if (gradient != null) {
                gradient.destroy();
            }
        }
    }

    /** Where plans are kept. */
    interface Keeping {
        /** The plan of a graph that a text says everything about. */
        Optional<GraphPlan> get(String graph, Supplier<Optional<GraphPlan>> make);
    }

    Attentions(Cudnn library, AttentionTrial trial, KeptPlans kept, Borrowing borrowing) {
        this.library = library;
        this.trial = trial;
        this.kept = kept;
        this.borrowing = borrowing;
        this.plans = borrowing.shared(found -> found.ifPresent(Planned::destroy));
    }

    /** Empty if the library has none of this type or these lengths, or computes something else. */
    Optional<AttentionPlan> prepare(Attention attention) {
        return borrowing.take(plans, attention, this::tried).map(planned -> {
            AttentionCall forward = forward(attention, planned.forward());
            borrowing.add(forward::close);
            GraphPlan ofGradient = planned.gradient();
            if (ofGradient == null) {
                return new AttentionPlan(forward, null);
            }
            AttentionCall gradient = gradient(attention, ofGradient, planned.accumulating());
            borrowing.add(gradient::close);
            return new AttentionPlan(forward, gradient);
        });
    }

    private Optional<Planned> tried(Attention attention) {
        Optional<Planned> planned = WRONG.contains(cudnnGetVersion()) ? Optional.empty() : plan(attention, exact, library, kept::get);
        if (planned.isEmpty() || isRight(attention, planned.get())) {
            return planned;
        }
        planned.get().destroy();
        return Optional.empty();
    }

    private boolean isRight(Attention attention, Planned planned) {
        GraphPlan ofGradient = planned.gradient();
        try (AttentionCall forward = forward(attention, planned.forward());
                AttentionCall gradient = ofGradient == null ? null : gradient(attention, ofGradient, planned.accumulating())) {
            return trial.accepts(attention, new AttentionPlan(forward, gradient));
        }
    }

    private AttentionCall forward(Attention attention, GraphPlan plan) {
        return new AttentionCall(new GraphCall(plan, library), new long[0], numbers(attention));
    }

    private AttentionCall gradient(Attention attention, GraphPlan plan, boolean accumulating) {
        float[] forward = numbers(attention);
        float[] numbers = Arrays.copyOf(forward, forward.length + 1);
        numbers[forward.length] = 1;
        long common = attention.statistics().size() * Float.BYTES;
        long[] working = accumulating ? new long[] {common, AttentionGraph.accumulatorBytes(attention)} : new long[] {common};
        return new AttentionCall(new GraphCall(plan, library), working, numbers);
    }

    private static float[] numbers(Attention attention) {
        float scale = (float) attention.scale();
        return attention.causal() ? new float[] {scale, (float) AttentionBody.HIDDEN} : new float[] {scale};
    }

    /**
     * How the library computes attention, if it does. The gradients are the same each time as long as those of all scores fit into
     * working memory.
     *
     * @param exact whether factors of float32 may not be rounded to TF32
     * @param keeping takes what says everything about a graph, and makes its plan if it has none
     */
    static Optional<Planned> plan(Attention attention, boolean exact, GraphTarget target, Keeping keeping) {
        Optional<GraphPlan> forward = keeping.get("forward " + attention + (exact ? " in full precision" : ""),
                () -> forward(attention, exact, target));
        if (forward.isEmpty() || !attention.training()) {
            return forward.map(plan -> new Planned(plan, null, false));
        }
        Optional<Planned> both = keeping.get("gradient " + attention, () -> gradient(attention, false, target))
                .map(plan -> new Planned(forward.get(), plan, false))
                .or(() -> keeping.get("gradient, accumulating, " + attention, () -> gradient(attention, true, target))
                        .map(plan -> new Planned(forward.get(), plan, true)));
        if (both.isEmpty()) {
            forward.get().destroy();
        }
        return both;
    }

    /** How it computes the forward pass. */
    static Optional<GraphPlan> forward(Attention attention, boolean exact, GraphTarget target) {
        return plan(() -> AttentionGraph.forward(attention, target.status()), exact && attention.dtype() == DType.FLOAT32, target);
    }

    /** How it computes the gradients, see {@link AttentionGraph#gradient}. */
    static Optional<GraphPlan> gradient(Attention attention, boolean accumulating, GraphTarget target) {
        return plan(() -> AttentionGraph.gradient(attention, accumulating, target.status()), false, target);
    }

    private static Optional<GraphPlan> plan(Supplier<Descriptor> graph, boolean exact, GraphTarget target) {
        try {
            return GraphPlan.of(graph.get(), exact, target);
        } catch (CudnnStatus.Unsupported e) {
            target.status().destroyPassing();
            return Optional.empty();
        }
    }
}
