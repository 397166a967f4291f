package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.compiler.IndexChecks;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.DynamicSlice;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells before a run whether all indices of a program stay within their axes, from the ranges of its parameters: labels and
 * tokens come from the host, which knows them, or are rows of such, and go through casts and the wrapping of negative ones
 * only. So a step need not wait in the middle for the device's answer.
 */
final class IndexBounds {
    private static final Range FALSE = new Range(0, 0);
    private static final Range TRUE = new Range(1, 1);
    private static final Range EITHER = new Range(0, 1);

    private final Program program;
    private final Map<Value, Node> producers = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<Value, Integer> numbers = new HashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private final Map<Integer, Integer> results = new HashMap<>();
    private boolean hopeless;

    /** The range of a value from those of values with a lower number; null if it isn't known. */
    @FunctionalInterface
    private interface Rule {
        @Nullable Range of(@Nullable Range[] known);
    }

    /** The value with a number has to stay within a range. */
    private record Check(int number, Range allowed) {}

    IndexBounds(Program program) {
        this.program = program;
        for (int i = 0; i < program.parameters().size(); i++) {
            int parameter = i;
            numbers.put(program.parameters().get(i), add(known -> known[parameter]));
        }
    }

    /** Takes note of a node whose indices have to be checked. */
    void add(Node node) {
        List<Long> lengths = IndexChecks.lengths(node.op(), node.inputs().get(0).type().shape(), node.inputs().get(1).type().shape());
        long least = lengths.stream().mapToLong(Long::longValue).min().orElse(0);
        checks.add(new Check(number(node.inputs().get(1), producers(), numbers), new Range(0, least - 1)));
    }

    private Map<Value, Node> producers() {
        if (producers.isEmpty()) {
            producers.putAll(program.producers());
        }
        return producers;
    }

    /** Takes note of checks that nothing is known about: those of a loop's body, say. */
    void giveUp() {
        hopeless = true;
    }

    /** Whether there are any checks. */
    boolean isNeeded() {
        return hopeless || !checks.isEmpty();
    }

    /** Takes note of the results that can be indices of another program. */
    void addResults() {
        for (int i = 0; i < program.results().size(); i++) {
            Value result = program.results().get(i);
            if (Range.isOfIndices(result.type().dtype())) {
                results.put(i, number(result, producers(), numbers));
            }
        }
    }

    /** The ranges of all values of interest, for parameters with these ranges; null where a range isn't known. */
    @Nullable Range[] known(@Nullable Range[] parameters) {
        @Nullable Range[] known = new Range[rules.size()];
        System.arraycopy(parameters, 0, known, 0, parameters.length);
        for (int i = parameters.length; i < known.length; i++) {
            known[i] = rules.get(i).of(known);
        }
        return known;
    }

    /** Whether no check can fail. */
    boolean hold(@Nullable Range[] known) {
        return !hopeless && checks.stream().allMatch(check -> isWithin(known[check.number()], check.allowed()));
    }

    /** The range of a result, if it is known. */
    @Nullable Range result(int index, @Nullable Range[] known) {
        Integer number = results.get(index);
        return number == null ? null : known[number];
    }

    private static boolean isWithin(@Nullable Range range, Range allowed) {
        return range != null && range.isWithin(allowed);
    }

    private int add(Rule rule) {
        rules.add(rule);
        return rules.size() - 1;
    }

    /**
     * The number of a value; its rule is made where it is missing.
     *
     * @param producers of the values of its program
     * @param known the numbers of values of this program so far
     */
    private int number(Value value, Map<Value, Node> producers, Map<Value, Integer> known) {
        Integer number = known.get(value);
        if (number == null) {
            Node node = producers.get(value);
            int[] operands = node == null ? new int[0]
                    : node.inputs().stream().mapToInt(input -> number(input, producers, known)).toArray();
            number = node == null ? Integer.valueOf(add(ranges -> null)) : Integer.valueOf(number(node, value, operands));
            known.put(value, number);
        }
        return number;
    }

    private int number(Node node, Value value, int[] operands) {
        if (!(node.op() instanceof Fusion fusion)) {
            return add(rule(node, operands));
        }
        Map<Value, Integer> known = new HashMap<>();
        for (int i = 0; i < operands.length; i++) {
            known.put(fusion.body().parameters().get(i), operands[i]);
        }
        return number(fusion.body().results().get(node.outputs().indexOf(value)), fusion.body().producers(), known);
    }

    private static Rule rule(Node node, int[] operands) {
        if (node.op() instanceof Constant constant) {
            Range range = range(constant.value()).orElse(null);
            return known -> range;
        }
        boolean moves = moves(node.op());
        boolean computes = node.op() instanceof Cast || node.op() instanceof Binary || node.op() instanceof Compare
                || node.op() instanceof Select;
        if (!moves && !computes) {
            return known -> null;
        }
        if (node.op() instanceof Select) {
            return known -> select(known[operands[0]], known[operands[1]], known[operands[2]]);
        }
        if (moves || node.op() instanceof Cast) {
            Range exact = exact(node.output().type().dtype());
            return known -> isWithin(known[operands[0]], exact) ? known[operands[0]] : null;
        }
        BinaryOperator<@Nullable Range> function = node.op() instanceof Binary binary
                ? binary(binary.kind(), exact(node.output().type().dtype())) : compare(((Compare) node.op()).kind());
        return known -> known[operands[0]] == null || known[operands[1]] == null ? null
                : function.apply(known[operands[0]], known[operands[1]]);
    }

    /** Whether all elements of the result are among those of the first operand. */
    private static boolean moves(Op op) {
        return op instanceof Reshape || op instanceof Transpose || op instanceof Broadcast || op instanceof Gather || op instanceof GatherNd
                || op instanceof GatherElements || op instanceof Slice || op instanceof DynamicSlice || op instanceof Reverse;
    }

    private static Optional<Range> range(Literal literal) {
        DType dtype = literal.type().dtype();
        long count = literal.isSplat() ? 1 : literal.type().shape().size();
        if (!dtype.isInteger() || count == 0) {
            return Optional.empty();
        }
        Range range = new Range(literal.longAt(0), literal.longAt(0));
        for (long i = 1; i < count; i++) {
            range = range.with(new Range(literal.longAt(i), literal.longAt(i)));
        }
        return Optional.of(range);
    }

    /** The whole numbers that a type holds all of. */
    private static Range exact(DType dtype) {
        return switch (dtype) {
            case BOOL -> EITHER;
            case INT8 -> new Range(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case UINT8 -> new Range(0, 255);
            case INT32 -> new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> new Range(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
            case FLOAT16 -> new Range(-(1 << 11), 1 << 11);
            case BFLOAT16 -> new Range(-(1 << 8), 1 << 8);
            case FLOAT32 -> new Range(-(1 << 24), 1 << 24);
            case FLOAT64 -> new Range(-(1L << 53), 1L << 53);
        };
    }

    /** Of operands that are within what their type holds exactly; so sums don't overflow here. */
    private static BinaryOperator<@Nullable Range> binary(BinaryKind kind, Range exact) {
        return (a, b) -> {
            Range result = switch (kind) {
                case ADD -> new Range(a.low() + b.low(), a.high() + b.high());
                case SUB -> new Range(a.low() - b.high(), a.high() - b.low());
                case MAX -> new Range(Math.max(a.low(), b.low()), Math.max(a.high(), b.high()));
                case MIN -> new Range(Math.min(a.low(), b.low()), Math.min(a.high(), b.high()));
                default -> null;
            };
            return isWithin(a, exact) && isWithin(b, exact) && isWithin(result, exact) ? result : null;
        };
    }

    private static BinaryOperator<@Nullable Range> compare(CompareKind kind) {
        return (a, b) -> switch (kind) {
            case LT -> truth(a.high() < b.low(), a.low() >= b.high());
            case GE -> truth(a.low() >= b.high(), a.high() < b.low());
            case GT -> truth(a.low() > b.high(), a.high() <= b.low());
            case LE -> truth(a.high() <= b.low(), a.low() > b.high());
            default -> EITHER;
        };
    }

    private static Range truth(boolean always, boolean never) {
        return always ? TRUE : never ? FALSE : EITHER;
    }

    private static @Nullable Range select(@Nullable Range condition, @Nullable Range yes, @Nullable Range no) {
        if (TRUE.equals(condition) || FALSE.equals(condition)) {
            return TRUE.equals(condition) ? yes : no;
        }
        return yes == null || no == null ? null : yes.with(no);
    }
}
