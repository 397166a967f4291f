package dev.keratin.backend.cpu;

import dev.keratin.backend.compiler.PlanText;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.spi.OpSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts for people about a prepared program. */
final class Explanation {
    private Explanation() {}

    /** The program with its fusions and its memory plan, its steps, and the memory it shares with other programs. */
    static String of(Program optimised, List<Code.Step> steps, long[] memory) {
        String list = IntStream.range(0, steps.size()).mapToObj(i -> String.format(Locale.ROOT, "%4d  %s%n", i, line(steps.get(i))))
                .collect(Collectors.joining());
        return PlanText.of(optimised, Placement.plan(optimised)) + "steps: " + steps.size() + "\n" + list
                + "working memory: " + memory[0] + " bytes of values, " + memory[1] + " bytes of scratch, shared by all programs of the backend\n";
    }

    /**
     * What each node took: the steps of one node are one span.
     *
     * @param start when the first step began
     * @param ends nanoseconds from then to the end of each step
     */
    static List<OpSpan> spans(List<Code.Step> steps, long start, long[] ends) {
        List<OpSpan> spans = new ArrayList<>();
        long begun = 0;
        for (int i = 0; i < ends.length; i++) {
            int first = i;
            while (i + 1 < ends.length && steps.get(i).node() != null && steps.get(i + 1).node() == steps.get(i).node()) {
                i++;
            }
            String kernel = steps.subList(first, i + 1).stream().map(step -> step.opcode().toString()).distinct()
                    .collect(Collectors.joining("+"));
            spans.add(new OpSpan(kernel, steps.get(i).node(), start + begun, ends[i] - begun));
            begun = ends[i];
        }
        return List.copyOf(spans);
    }

    private static String line(Code.Step step) {
        if (step.node() == null) {
            return step.opcode().toString();
        }
        String types = step.node().inputs().stream().map(value -> value.type().toString()).collect(Collectors.joining(", "));
        return step.opcode() + " " + step.node().op() + "(" + types + ") " + step.node().scope();
    }
}
