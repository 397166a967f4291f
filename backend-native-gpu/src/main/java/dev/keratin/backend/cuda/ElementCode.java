package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.compiler.StridedCopy;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes elementwise nodes over one space as C, one variable for each value, at the position {@code i} in that space. */
final class ElementCode {
    private final Shape space;
    private final KernelBuilder kernel;
    private final Code code;
    private final Map<Value, String> names = new HashMap<>();
    private final Map<Value, String> loads = new HashMap<>();
    private final Set<Value> used = new HashSet<>();

    ElementCode(Shape space, KernelBuilder kernel, Code code) {
        this.space = space;
        this.kernel = kernel;
        this.code = code;
    }

    /** Makes an operand known: {@code inner} is read from where {@code outer} lies, stretched to the space. */
    void operand(Value inner, Value outer) {
        if (names.containsKey(inner)) {
            return;
        }
        Optional<Literal> literal = code.literal(outer).filter(Literal::isSplat);
        if (literal.isPresent()) {
            names.put(inner, kernel.scalar(literal.get()));
            return;
        }
        String pointer = kernel.pointer(code.slot(outer), "const " + CTypes.stored(inner.type().dtype()));
        loads.put(inner, load(inner.type().dtype(), pointer + "[" + position(inner.type().shape()) + "]"));
        names.put(inner, "v" + names.size());
    }

    private static String load(DType dtype, String element) {
        return "Element<" + CTypes.stored(dtype) + ">::load(" + element + ")";
    }

    private String position(Shape from) {
        if (from.size() == space.size()) {
            return "i";
        }
        if (from.size() == 1) {
            return "0";
        }
        Joined joined = Joined.of(space.dims(), StridedCopy.stretched(from, space));
        return "offset_of(i, " + kernel.numbers(joined.lengths()) + ", " + kernel.numbers(joined.strides(0)) + ")";
    }

    /** Whether a value is read from memory. */
    boolean isLoaded(Value value) {
        return loads.containsKey(value);
    }

    /** Whether this is asked for an operand for the first time. */
    boolean firstUse(Value operand) {
        return used.add(operand);
    }

    /** The statement that reads an operand. */
    String load(Value operand) {
        return declare(operand) + loads.get(operand) + ";";
    }

    /** The statement that computes a node whose operands have been written. */
    String compute(Node node) {
        Value output = node.output();
        define(output);
        DType dtype = output.type().dtype();
        String expression = expression(node);
        boolean wraps = dtype.byteSize() == 1 && dtype.isInteger();
        return declare(output) + (wraps ? wrapped(dtype, expression) : expression) + ";";
    }

    /** A value as its type can hold it. */
    static String wrapped(DType dtype, String expression) {
        return "Element<" + CTypes.stored(dtype) + ">::wrap(" + expression + ")";
    }

    private String declare(Value value) {
        return "const " + CTypes.compute(value.type().dtype()) + " " + names.get(value) + " = ";
    }

    /** The variable of a value. */
    String name(Value value) {
        return names.get(value);
    }

    /** Gives a value a variable that is written elsewhere. */
    String define(Value value) {
        return names.computeIfAbsent(value, key -> "v" + names.size());
    }

    private String expression(Node node) {
        Op op = node.op();
        String a = name(node.inputs().get(0));
        if (op instanceof StopGradient) {
            return a;
        }
        if (op instanceof Unary unary) {
            return "u_" + unary.kind() + "(" + a + ")";
        }
        if (op instanceof Cast) {
            return cast(node.inputs().get(0).type().dtype(), node.output().type().dtype(), a);
        }
        String b = name(node.inputs().get(1));
        if (op instanceof Binary binary) {
            return binary(binary.kind(), node.output().type().dtype(), a + ", " + b);
        }
        if (op instanceof Compare compare) {
            return "c_" + compare.kind() + "(" + a + ", " + b + ")";
        }
        if (op instanceof Select) {
            return a + " ? " + b + " : " + name(node.inputs().get(2));
        }
        throw new IllegalArgumentException("Fusion: an elementwise op is required. Received: " + op + ".");
    }

    private static String binary(BinaryKind kind, DType dtype, String operands) {
        boolean narrow = kind == BinaryKind.NEXT_AFTER && CTypes.isNarrow(dtype);
        return (narrow ? "next_narrow<" + CTypes.stored(dtype) + ">" : "b_" + kind) + "(" + operands + ")";
    }

    private static String cast(DType from, DType to, String x) {
        boolean twice = CTypes.isNarrow(to) && !CTypes.compute(from).equals("float");
        return (twice ? "cast_narrow<" : "cast<") + CTypes.stored(to) + ">(" + x + ")";
    }

    /** The statement that stores a value. */
    static String store(DType dtype, String element, String value) {
        return element + " = Element<" + CTypes.stored(dtype) + ">::store(" + value + ");";
    }
}
