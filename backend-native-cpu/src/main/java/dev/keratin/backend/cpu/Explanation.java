package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Program;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts for people about a prepared program. */
final class Explanation {
    private Explanation() {}

    /** The program, its steps and its memory. */
    static String of(Program optimised, List<Code.Step> steps, long[] memory) {
        String list = IntStream.range(0, steps.size()).mapToObj(i -> String.format(Locale.ROOT, "%4d  %s%n", i, line(steps.get(i))))
                .collect(Collectors.joining());
        return optimised.text() + "\nsteps: " + steps.size() + "\n" + list + "memory: " + memory[0] + " bytes of values, "
                + memory[1] + " bytes of scratch, shared by all programs of the backend\n";
    }

    /** The steps by time. */
    static String times(List<Code.Step> steps, long[] nanoseconds) {
        return IntStream.range(0, steps.size()).boxed().sorted(Comparator.comparing(i -> -nanoseconds[i]))
                .map(i -> String.format(Locale.ROOT, "%10.3f ms  %s%n", nanoseconds[i] * 1e-6, line(steps.get(i))))
                .collect(Collectors.joining());
    }

    private static String line(Code.Step step) {
        if (step.node() == null) {
            return step.opcode().toString();
        }
        String types = step.node().inputs().stream().map(value -> value.type().toString()).collect(Collectors.joining(", "));
        return step.opcode() + " " + step.node().op() + "(" + types + ") " + step.node().scope();
    }
}
