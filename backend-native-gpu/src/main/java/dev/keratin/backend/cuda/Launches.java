package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Program;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run of a program asks of a GPU when its indices are known to be in range, counted without one: its libraries are
 * taken to have every routine. Nothing of this is measured.
 *
 * @param graphs recorded graphs that are replayed, one after another
 * @param steps nodes of the graphs, by library, by family of generated kernels, or "copy"; what the host does is "host"
 * @param kernelBytes that generated kernels read and write at least
 * @param memoryBytes working memory
 * @param model what the time should consist of
 */
public record Launches(int graphs, Map<String, Integer> steps, long kernelBytes, long memoryBytes, Model model) {
    /**
     * A guess of the time on one H200 in microseconds, of which each part is what it would be without the others.
     *
     * @param launches from one node of a graph to the next, {@value #BETWEEN} each
     * @param kernels memory traffic of generated kernels at {@value #BYTES} bytes in one
     * @param libraries arithmetic of libraries at {@value #FLOPS} operations in one, or their memory traffic
     */
    public record Model(double launches, double kernels, double libraries) {
        private static final double BETWEEN = 2;
        private static final double BYTES = 3.8e6;
        private static final double FLOPS = 250e6;

        /** All of it. */
        public double sum() {
            return launches + kernels + libraries;
        }

        private static Model of(Plan plan) {
            double kernels = 0;
            double libraries = 0;
            for (PlannedStep step : plan.steps()) {
                double memory = step.cost().bytes() / BYTES;
                if (step.isLibrary()) {
                    libraries += Math.max(memory, step.cost().flops() / FLOPS);
                } else {
                    kernels += memory;
                }
            }
            return new Model(plan.steps().size() * BETWEEN, kernels, libraries);
        }
    }

    /** Those of a program as it was traced. */
    public static Launches of(Program program) {
        PlanningDriver driver = new PlanningDriver();
        Program optimised = CudaBackend.optimised(program, simple -> Routines.run(simple, driver));
        Plan plan = Code.lower(optimised, new DeviceConstants(new DeviceMemory(driver))).unchecked();
        Map<String, Integer> steps = new TreeMap<>();
        plan.steps().forEach(step -> steps.merge(step.kind(), 1, Integer::sum));
        long bytes = plan.steps().stream().filter(step -> !step.isLibrary()).mapToLong(step -> step.cost().bytes()).sum();
        return new Launches(Replay.graphs(plan), steps, bytes, plan.memoryBytes(), Model.of(plan));
    }

    /** How many steps there are. */
    public int size() {
        return steps.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Without the model, which rests on guesses. */
    @Override
    public String toString() {
        return "graphs " + graphs + " nodes " + size() + " bytes " + kernelBytes + " memory " + memoryBytes + ": "
                + steps.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).collect(Collectors.joining(", "));
    }
}
