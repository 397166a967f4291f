package dev.keratin.tck;

import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Cases that belong together, in the order in which they were added. */
final class Family {
    private final String name;
    private final List<Case> cases = new ArrayList<>();

    Family(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    List<Case> cases() {
        return cases;
    }

    /** A program of one op whose results are all returned; named by the op and its operands' types. */
    void op(Op op, Tolerance tolerance, Input... operands) {
        op("", op, tolerance, operands);
    }

    /** Like {@link #op(Op, Tolerance, Input...)}, with a word that tells it from others on the same types. */
    void op(String variant, Op op, Tolerance tolerance, Input... operands) {
        String types = Arrays.stream(operands).map(operand -> operand.type().toString()).collect(Collectors.joining(", "));
        program(op + " of " + types + (variant.isEmpty() ? "" : " " + variant), tolerance, sketch -> {
            List<Value> values = new ArrayList<>();
            for (Input operand : operands) {
                values.add(sketch.parameter(operand.type(), operand.values()));
            }
            sketch.result(sketch.addAll(op, values).toArray(Value[]::new));
        });
    }

    /** A program of any kind. */
    void program(String caseName, Tolerance tolerance, Consumer<Sketch> script) {
        cases.add(new Case(caseName, tolerance, script));
    }
}
