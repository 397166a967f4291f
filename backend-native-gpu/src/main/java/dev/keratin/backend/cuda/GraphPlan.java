package dev.keratin.backend.cuda;

import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINECFG_ENGINE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINEHEUR_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINEHEUR_RESULTS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINE_BEHAVIOR_NOTE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_ENGINE_NUMERICAL_NOTE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_ENGINECFG_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_ENGINE_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR;
import static org.bytedeco.cuda.global.cudnn.CUDNN_BEHAVIOR_NOTE_RUNTIME_COMPILATION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_HEUR_MODE_A;
import static org.bytedeco.cuda.global.cudnn.CUDNN_HEUR_MODE_FALLBACK;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION;
import static org.bytedeco.cuda.global.cudnn.CUDNN_NUMERICAL_NOTE_TENSOR_CORE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_BEHAVIOR_NOTE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_HEUR_MODE;
import static org.bytedeco.cuda.global.cudnn.CUDNN_TYPE_NUMERICAL_NOTE;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How cuDNN computes a graph: the first engine, in the order of its heuristics, that gives the same result each time, is as
 * exact as wanted and takes no more than {@value #MOST_BYTES} bytes of working memory.
 *
 * @param plan what is run
 * @param parts the engine with its settings, if it was chosen here
 * @param compiled whether the library compiled a kernel for it, which takes part of a second or more
 */
record GraphPlan(Descriptor plan, List<Descriptor> parts, long scratchBytes, boolean compiled) {
    private static final long MOST_BYTES = 1L << 29;
    private static final int MOST_ENGINES = 64;

    /**
     * The plan of a graph, if there is one.
     *
     * @param graph not finished yet
     * @param exact whether factors of float32 may not be rounded to TF32
     */
    static Optional<GraphPlan> of(Descriptor graph, boolean exact, GraphTarget target) {
        try {
            Descriptor finished = target.graph(graph).finish();
            Set<Integer> refused = refused(exact);
            return List.of(CUDNN_HEUR_MODE_A, CUDNN_HEUR_MODE_FALLBACK).stream()
                    .flatMap(mode -> engines(finished, mode, target).stream())
                    .filter(engine -> isAccepted(engine, refused))
                    .flatMap(engine -> plan(engine, target).stream()).findFirst();
        } catch (CudnnStatus.Unsupported e) {
            return Optional.empty();
        } finally {
            target.status().destroyPassing();
        }
    }

    /** One that was a text before, if this library takes it for this device. */
    static Optional<GraphPlan> of(byte[] text, GraphTarget target) {
        Descriptor plan = target.plan(new Descriptor(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, target.status()));
        boolean taken = plan.takes(CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION, text) && plan.finishes();
        Optional<GraphPlan> found = taken
                ? Optional.of(new GraphPlan(plan.keep(), List.of(), plan.number(CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE), true)) : Optional.empty();
        target.status().destroyPassing();
        return found;
    }

    /** As a text, with the kernels that the library compiled for it, if it writes such plans. */
    Optional<byte[]> text() {
        return plan.text(CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION);
    }

    /** Engines that round factors to fewer bits than TF32's, or sums to those of the operands, are not as exact as wanted in any case. */
    private static Set<Integer> refused(boolean exact) {
        Set<Integer> notes = new HashSet<>(Set.of(CUDNN_NUMERICAL_NOTE_NONDETERMINISTIC, CUDNN_NUMERICAL_NOTE_DOWN_CONVERT_INPUTS,
                CUDNN_NUMERICAL_NOTE_REDUCED_PRECISION_REDUCTION));
        if (exact) {
            notes.add(CUDNN_NUMERICAL_NOTE_TENSOR_CORE);
        }
        return notes;
    }

    /** Engines with their settings, the one that is thought to be fastest first. */
    private static List<Descriptor> engines(Descriptor graph, int mode, GraphTarget target) {
        Descriptor heuristics = target.heuristics(new Descriptor(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR, target.status()))
                .parts(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, graph).choice(CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, mode);
        return heuristics.finishes()
                ? heuristics.parts(CUDNN_ATTR_ENGINEHEUR_RESULTS, CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, MOST_ENGINES) : List.of();
    }

    private static boolean isAccepted(Descriptor configuration, Set<Integer> refused) {
        Set<Integer> notes = engine(configuration).choices(CUDNN_ATTR_ENGINE_NUMERICAL_NOTE, CUDNN_TYPE_NUMERICAL_NOTE);
        return refused.stream().noneMatch(notes::contains);
    }

    private static boolean isCompiled(Descriptor configuration) {
        return engine(configuration).choices(CUDNN_ATTR_ENGINE_BEHAVIOR_NOTE, CUDNN_TYPE_BEHAVIOR_NOTE)
                .contains(CUDNN_BEHAVIOR_NOTE_RUNTIME_COMPILATION);
    }

    private static Descriptor engine(Descriptor configuration) {
        return configuration.parts(CUDNN_ATTR_ENGINECFG_ENGINE, CUDNN_BACKEND_ENGINE_DESCRIPTOR, 1).get(0);
    }

    private static Optional<GraphPlan> plan(Descriptor configuration, GraphTarget target) {
        Descriptor plan = target.plan(new Descriptor(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR, target.status()))
                .parts(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, configuration);
        if (plan.finishes()) {
            long bytes = plan.number(CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE);
            if (bytes <= MOST_BYTES) {
                return Optional.of(new GraphPlan(plan.keep(), List.of(configuration.keep()), bytes, isCompiled(configuration)));
            }
        }
        plan.destroy();
        return Optional.empty();
    }

    /** When no call uses it any more, and no work that it was asked for is under way. */
    void destroy() {
        plan.destroy();
        parts.forEach(Descriptor::destroy);
    }
}
