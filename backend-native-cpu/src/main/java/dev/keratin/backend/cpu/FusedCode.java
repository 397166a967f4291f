package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the operands, instructions and outputs of one fused step and writes them as {@code fused.h} reads them. */
final class FusedCode {
    /** What is done to rows or columns, in the order of {@code FusionKind} in {@code fused.h}. */
    enum Kind {
        LOOP,
        ROW,
        COLUMN
    }

    /** The level of an output that has one element for each row. */
    static final int PER_ROW = 1;
    /** In the place of a reduction's kind: the output of a COLUMN has the full shape. */
    static final int ELEMENTS = -1;
    /** The level of an output that has the full shape. */
    static final int FULL = 2;

    private record Operand(Value value, TensorType type) {}

    private record Output(int number, Value to, int how) {}

    private static final int UNARY = 0;
    private static final int BINARY = 1;
    private static final int COMPARE = 2;
    private static final int SELECT = 3;
    private static final int CAST = 4;
    private static final int REDUCE = 5;

    private final Kind kind;
    private final Shape shape;
    private final int axisFirst;
    private final int axisCount;
    private final Map<Value, Integer> numbers = new HashMap<>();
    private final List<Operand> operands = new ArrayList<>();
    private final List<long[]> instructions = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();

    /**
     * An empty step.
     *
     * @param shape what it goes over
     * @param axisFirst the first reduced axis of a COLUMN
     * @param axisCount how many axes a COLUMN reduces
     */
    FusedCode(Kind kind, Shape shape, int axisFirst, int axisCount) {
        this.kind = kind;
        this.shape = shape;
        this.axisFirst = axisFirst;
        this.axisCount = axisCount;
    }

    /** Whether a shape has as many elements as the step goes over. */
    boolean isFull(Shape other) {
        return other.size() == shape.size();
    }

    /** Adds an operand before all instructions: {@code inner} is read from where {@code outer} lies, as {@code type}. */
    void operand(Value inner, Value outer, TensorType type) {
        if (!numbers.containsKey(inner)) {
            numbers.put(inner, operands.size());
            operands.add(new Operand(outer, type));
        }
    }

    /** Adds an instruction whose operands are known. */
    void instruction(Node node) {
        if (node.op() instanceof StopGradient) {
            numbers.put(node.output(), numbers.get(node.inputs().get(0)));
            return;
        }
        long[] words = {family(node.op()), kind(node.op()), -1, -1, -1, node.output().type().dtype().ordinal()};
        for (int i = 0; i < node.inputs().size(); i++) {
            words[2 + i] = numbers.get(node.inputs().get(i));
        }
        numbers.put(node.output(), operands.size() + instructions.size());
        instructions.add(words);
    }

    private static int family(Op op) {
        if (op instanceof Unary) {
            return UNARY;
        }
        if (op instanceof Binary) {
            return BINARY;
        }
        if (op instanceof Compare) {
            return COMPARE;
        }
        if (op instanceof Select) {
            return SELECT;
        }
        if (op instanceof Cast) {
            return CAST;
        }
        if (op instanceof Reduce) {
            return REDUCE;
        }
        throw new IllegalArgumentException("Fusion: an elementwise op or a reduction is required. Received: " + op + ".");
    }

    private static int kind(Op op) {
        if (op instanceof Unary unary) {
            return unary.kind().ordinal();
        }
        if (op instanceof Binary binary) {
            return binary.kind().ordinal();
        }
        if (op instanceof Compare compare) {
            return compare.kind().ordinal();
        }
        return op instanceof Reduce reduce ? reduce.kind().ordinal() : 0;
    }

    /**
     * Adds an output.
     *
     * @param how its level or, of a COLUMN, the kind of reduction or {@link #ELEMENTS}
     */
    void output(Value inner, Value to, int how) {
        outputs.add(new Output(numbers.get(inner), to, how));
    }

    /** Writes the step. */
    void write(Node node, Code code) {
        code.begin(Opcode.FUSED, node).word(kind.ordinal()).shape(shape).word(axisFirst).word(axisCount);
        code.word(operands.size());
        operands.forEach(operand -> writeOperand(operand, code));
        code.word(instructions.size());
        for (long[] words : instructions) {
            for (long word : words) {
                code.word(word);
            }
        }
        code.word(outputs.size());
        for (Output output : outputs) {
            code.word(output.number()).slot(output.to()).dtype(output.to().type().dtype()).word(output.how());
        }
        code.end();
    }

    private void writeOperand(Operand operand, Code code) {
        Optional<Literal> literal = code.placement().literal(operand.value()).filter(Literal::isSplat);
        DType dtype = operand.type().dtype();
        code.flag(literal.isPresent()).dtype(dtype);
        if (literal.isPresent()) {
            code.word(dtype.isFloating() ? Double.doubleToRawLongBits(literal.get().doubleAt(0)) : literal.get().longAt(0));
        } else {
            code.slot(operand.value()).words(strides(operand.type().shape())).word(operand.type().byteSize());
        }
    }

    private long[] strides(Shape from) {
        long[] dense = from.strides();
        long[] strides = new long[shape.rank()];
        int missing = shape.rank() - from.rank();
        for (int axis = missing; axis < strides.length; axis++) {
            boolean stretched = from.dim(axis - missing) != shape.dim(axis);
            strides[axis] = stretched ? 0 : dense[axis - missing];
        }
        return strides;
    }
}
