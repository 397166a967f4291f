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

/**
 * Writes elementwise nodes over one space as C: what a thread does with {@code W} neighbouring elements, of which the first is
 * at position {@code i}. A value has one variable for each of them, or a single one where it is the same for all.
 */
final class ElementCode {
    private final Shape space;
    private final int width;
    private final String prefix;
    private final KernelBuilder kernel;
    private final Code code;
    private final Map<Value, String> names = new HashMap<>();
    private final Map<Value, Load> loads = new HashMap<>();
    private final Set<Value> single = new HashSet<>();
    private final Set<Value> used = new HashSet<>();

    /**
     * How an operand is read.
     *
     * @param statement with {@code %s} in place of the variable
     * @param repeats how many neighbouring positions, from a multiple of this number on, have the same element
     */
    private record Load(String statement, long repeats) {}

    /**
     * For elements of a space.
     *
     * @param width how many neighbouring elements a thread takes, see {@link Packs}
     * @param prefix of the names of variables
     */
    ElementCode(Shape space, int width, String prefix, KernelBuilder kernel, Code code) {
        this.space = space;
        this.width = width;
        this.prefix = prefix;
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
            single.add(inner);
            names.put(inner, kernel.scalar(literal.get()));
            return;
        }
        String pointer = kernel.pointer(code.slot(outer), "const " + CTypes.stored(inner.type().dtype()));
        Load load = load(inner, outer, pointer);
        names.put(inner, prefix + names.size());
        if (inner.type().shape().size() == 1) {
            kernel.line(declared(load, inner));
        } else {
            loads.put(inner, load);
        }
    }

    private Load load(Value inner, Value outer, String pointer) {
        Shape from = inner.type().shape();
        if (from.size() == space.size() || from.size() == 1) {
            return from.size() == 1 ? one(inner, pointer + "[0]", space.size()) : pack(inner, pointer + " + i");
        }
        Joined joined = Joined.of(space.dims(), StridedCopy.stretched(from, space));
        long[] strides = joined.strides(0);
        long length = joined.lengths()[joined.rank() - 1];
        String lengths = kernel.divisors(joined.lengths()) + ", " + kernel.numbers(strides) + ")";
        boolean whole = length % width == 0;
        if (whole && strides[strides.length - 1] == 0) {
            return one(inner, pointer + "[offset_of(i, " + lengths + "]", length);
        }
        if (whole && Packs.areWhole(strides, width) && Packs.isAligned(outer, code)) {
            return pack(inner, pointer + " + offset_of(i, " + lengths);
        }
        String element = load(inner.type().dtype(), pointer + "[offset_of(i + k, " + lengths + "]");
        return new Load("%1$s[W]; EACH(k, W) %1$s[k] = " + element + ";", 1);
    }

    private Load one(Value inner, String element, long repeats) {
        single.add(inner);
        return new Load("%s = " + load(inner.type().dtype(), element) + ";", repeats);
    }

    private static Load pack(Value inner, String place) {
        return new Load("%1$s[W]; load(" + place + ", %1$s);", 1);
    }

    private static String load(DType dtype, String element) {
        return "Element<" + CTypes.stored(dtype) + ">::load(" + element + ")";
    }

    /** Whether a value is read from memory where it is needed. */
    boolean isLoaded(Value value) {
        return loads.containsKey(value);
    }

    /** Whether an operand is read that has one element for {@code length} neighbouring positions. */
    boolean isLoadedOnce(Value value, long length) {
        return isLoaded(value) && single.contains(value) && loads.get(value).repeats() % length == 0;
    }

    /** Whether this is asked for an operand for the first time. */
    boolean firstUse(Value operand) {
        return used.add(operand);
    }

    /** The statement that reads an operand. */
    String load(Value operand) {
        return declared(loads.get(operand), operand);
    }

    private String declared(Load load, Value value) {
        return CTypes.compute(value.type().dtype()) + " " + String.format(load.statement(), names.get(value));
    }

    /** The statement that computes a node whose operands have been written. */
    String compute(Node node) {
        Value output = node.output();
        define(output);
        DType dtype = output.type().dtype();
        String variable = CTypes.compute(dtype) + " " + name(output);
        if (node.inputs().stream().allMatch(single::contains)) {
            single.add(output);
            return "const " + variable + " = " + value(node) + ";";
        }
        return variable + "[W]; EACH(k, W) " + element(output) + " = " + value(node) + ";";
    }

    /** The statement that takes a value as its type can hold it from a variable that is written elsewhere. */
    String take(Value value, String from) {
        return CTypes.compute(value.type().dtype()) + " " + define(value) + "[W]; EACH(k, W) " + element(value) + " = "
                + wrapped(value.type().dtype(), from + "[k]") + ";";
    }

    /** The statement that computes a node with one element for all positions, from others of this kind. */
    String computeOnce(Node node) {
        single.add(node.output());
        return "const " + CTypes.compute(node.output().type().dtype()) + " " + define(node.output()) + " = "
                + value(node).replace("[k]", "[0]") + ";";
    }

    private String value(Node node) {
        DType dtype = node.output().type().dtype();
        boolean wraps = dtype.byteSize() == 1 && dtype.isInteger();
        return wraps ? wrapped(dtype, expression(node)) : expression(node);
    }

    /** A value as its type can hold it. */
    static String wrapped(DType dtype, String expression) {
        return "Element<" + CTypes.stored(dtype) + ">::wrap(" + expression + ")";
    }

    /** The variable of a value. */
    String name(Value value) {
        return names.get(value);
    }

    /** The variable of a value at position {@code i + k}. */
    String element(Value value) {
        return single.contains(value) ? name(value) : name(value) + "[k]";
    }

    /** Gives a value a variable that is written elsewhere. */
    String define(Value value) {
        return names.computeIfAbsent(value, key -> prefix + names.size());
    }

    /** The same for a value with one element for all positions. */
    String defineOnce(Value value) {
        single.add(value);
        return define(value);
    }

    private String expression(Node node) {
        Op op = node.op();
        String a = element(node.inputs().get(0));
        if (op instanceof StopGradient) {
            return a;
        }
        if (op instanceof Unary unary) {
            return "u_" + unary.kind() + "(" + a + ")";
        }
        if (op instanceof Cast) {
            return cast(node.inputs().get(0).type().dtype(), node.output().type().dtype(), a);
        }
        String b = element(node.inputs().get(1));
        if (op instanceof Binary binary) {
            return binary(binary.kind(), node.output().type().dtype(), a + ", " + b);
        }
        if (op instanceof Compare compare) {
            return "c_" + compare.kind() + "(" + a + ", " + b + ")";
        }
        if (op instanceof Select) {
            return a + " ? " + b + " : " + element(node.inputs().get(2));
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

    /** The statement that stores a value from a place on. */
    String store(Value value, String place) {
        DType dtype = value.type().dtype();
        return single.contains(value) ? "EACH(k, W) " + store(dtype, "(" + place + ")[k]", name(value))
                : "store(" + place + ", " + name(value) + ");";
    }

    /** The statement that stores one element. */
    static String store(DType dtype, String element, String value) {
        return element + " = Element<" + CTypes.stored(dtype) + ">::store(" + value + ");";
    }
}
