package dev.keratin.backend.cuda;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Plans of cuDNN for which it compiled kernels, as texts in the folder of compiled kernels. What this library and device don't take
 * is planned again.
 */
final class KeptPlans {
    /** How plans are made of descriptions; another number whenever {@link ConvolutionGraph}, {@link AttentionGraph} or {@link GraphPlan} change. */
    private static final int FORM = 2;

    private final KernelCache files;
    private final GraphTarget target;
    private final String environment;

    /**
     * Those of a target.
     *
     * @param environment what plans depend on beside their graphs: device, driver and library
     */
    KeptPlans(KernelCache files, GraphTarget target, String environment) {
        this.files = files;
        this.target = target;
        this.environment = environment;
    }

    /**
     * The plan of a graph, made unless it is kept.
     *
     * @param graph says everything about the graph, and how exact it is to be
     */
    Optional<GraphPlan> get(String graph, Supplier<Optional<GraphPlan>> make) {
        String name = Digest.of("plan of cuDNN\n" + FORM + "\n" + environment + "\n" + graph);
        Optional<GraphPlan> kept = files.get(name).flatMap(text -> GraphPlan.of(text, target));
        if (kept.isPresent()) {
            return kept;
        }
        Optional<GraphPlan> made = make.get();
        made.filter(GraphPlan::compiled).flatMap(GraphPlan::text).ifPresent(text -> files.put(name, text));
        return made;
    }
}
