package dev.keratin.backend.compiler;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.RandomBits;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.ir.While;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Makes valid programs over small tensors, with results and updates, from a seed. */
final class RandomProgram {
    private static final long[][] SHAPES = {{}, {4}, {3, 4}, {3, 1}, {1, 4}, {2, 3, 4}, {4, 4}, {1, 4, 4, 4}};
    private static final UnaryKind[] UNARY = {UnaryKind.NEG, UnaryKind.ABS, UnaryKind.SIGN, UnaryKind.SQUARE,
        UnaryKind.RELU, UnaryKind.FLOOR, UnaryKind.SQRT, UnaryKind.EXP, UnaryKind.TANH, UnaryKind.SIGMOID, UnaryKind.NOT,
        UnaryKind.IS_NAN, UnaryKind.IS_FINITE, UnaryKind.RECIPROCAL};
    private static final BinaryKind[] BINARY = {BinaryKind.ADD, BinaryKind.SUB, BinaryKind.MUL, BinaryKind.DIV,
        BinaryKind.MAX, BinaryKind.MIN, BinaryKind.AND, BinaryKind.OR, BinaryKind.XOR, BinaryKind.FLOOR_DIV};
    private static final double[] NUMBERS = {0, -0.0, 1, -1, 2, 4, 0.5, 3};

    private final Random random;
    private final ProgramBuilder builder = new ProgramBuilder();
    private final List<Value> pool = new ArrayList<>();
    private final int depth;

    private RandomProgram(Random random, int depth) {
        this.random = random;
        this.depth = depth;
    }

    static Program of(long seed, int nodes) {
        RandomProgram made = new RandomProgram(new Random(seed), 0);
        for (long[] shape : SHAPES) {
            made.parameter(TensorType.of(DType.FLOAT32, shape));
        }
        made.parameter(TensorType.of(DType.FLOAT32, 3, 4));
        made.parameter(TensorType.of(DType.FLOAT32, 4, 4));
        made.parameter(TensorType.of(DType.INT32, 3, 4));
        made.parameter(TensorType.of(DType.BOOL, 3, 4));
        made.parameter(TensorType.of(DType.INT64, 2));
        made.parameter(TensorType.of(DType.INT32, 3));
        made.grow(nodes);
        made.updates();
        return made.builder.build(IntStream.range(0, 3).mapToObj(i -> made.recent(value -> true)).toList());
    }

    private void parameter(TensorType type) {
        pool.add(builder.parameter(type));
    }

    private void grow(int nodes) {
        while (builder.nodeCount() < nodes) {
            try {
                step();
            } catch (IllegalArgumentException unfit) {
                continue;
            }
        }
    }

    private void updates() {
        for (Value parameter : builder.build().parameters()) {
            if (random.nextInt(3) == 0) {
                builder.update(parameter, recent(value -> value.type().equals(parameter.type())));
            }
        }
    }

    /** A value that fits, more often a late one. */
    private Value recent(Predicate<Value> fits) {
        List<Value> fitting = pool.stream().filter(fits).toList();
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException("no operand");
        }
        int back = (int) Math.abs(random.nextGaussian() * fitting.size() / 3);
        return fitting.get(Math.max(0, fitting.size() - 1 - back));
    }

    private Value any(DType dtype) {
        return recent(value -> value.type().dtype() == dtype);
    }

    private Value tensor(int rank) {
        return recent(value -> value.type().shape().rank() == rank && value.type().dtype() == DType.FLOAT32);
    }

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void add(Op op, Value... inputs) {
        if (op.infer(List.of(inputs).stream().map(Value::type).toList()).stream()
                .anyMatch(type -> type.shape().size() > 2000 || type.shape().rank() > 5)) {
            throw new IllegalArgumentException("too large");
        }
        pool.addAll(builder.add(op, List.of(inputs)));
    }

    private void step() {
        int choice = random.nextInt(depth == 0 ? 44 : 36);
        if (choice < 18) {
            elementwise(choice);
        } else if (choice < 29) {
            shape(choice);
        } else if (choice < 36) {
            compute(choice);
        } else {
            special(choice);
        }
    }

    private void elementwise(int choice) {
        DType dtype = random.nextInt(4) == 0 ? DType.INT32 : DType.FLOAT32;
        Value x = any(dtype);
        switch (choice) {
            case 0, 1, 2, 3 -> add(new Unary(pick(UNARY)), x);
            case 4, 5, 6, 7, 8, 9, 10 -> add(new Binary(pick(BINARY)), x, any(dtype));
            case 11, 12 -> add(new Compare(pick(CompareKind.values())), x, any(dtype));
            case 13 -> add(new Select(), any(DType.BOOL), x, any(dtype));
            case 14 -> add(new Cast(pick(new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.BOOL})), recent(v -> true));
            case 15, 16 -> {
                Literal number = Literal.splat(x.type(), pick(new Double[] {0., -0., 1., -1., 2., 4., .5, 3.}));
                Value constant = builder.constant(random.nextBoolean() ? number : Literals.splat(number, Shape.scalar()));
                boolean left = random.nextBoolean();
                add(new Binary(pick(BINARY)), left ? constant : x, left ? x : constant);
            }
            default -> add(new Constant(Literal.splat(x.type(), NUMBERS[random.nextInt(NUMBERS.length)])));
        }
    }

    private void shape(int choice) {
        Value x = recent(value -> true);
        Shape shape = x.type().shape();
        int rank = shape.rank();
        switch (choice) {
            case 18, 19 -> add(new Broadcast(Shape.of(pick(SHAPES))), x);
            case 20 -> add(new Reshape(Shape.of(pick(SHAPES))), x);
            case 21 -> add(new Reshape(shape.insert(random.nextInt(rank + 1), 1)), x);
            case 22, 23 -> add(new Transpose(permutation(rank)), x);
            case 24 -> add(new Reverse(List.of(random.nextInt(rank + 1))), x);
            case 25 -> add(slice(shape), x);
            case 26 -> {
                Value around = builder.constant(Literal.scalar(x.type().dtype(), random.nextInt(2)));
                add(new Pad(longs(rank, 2), longs(rank, 2), longs(rank, random.nextInt(2) + 1)), x, around);
            }
            case 27 -> add(new Concat(random.nextInt(rank + 1)), x, recent(v -> v.type().dtype() == x.type().dtype()));
            default -> add(new StopGradient(), x);
        }
    }

    private List<Integer> permutation(int rank) {
        List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.shuffle(axes, random);
        return axes;
    }

    private List<Long> longs(int count, int bound) {
        return LongStream.range(0, count).mapToObj(i -> (long) random.nextInt(bound)).toList();
    }

    private Slice slice(Shape shape) {
        List<Long> starts = new ArrayList<>();
        List<Long> limits = new ArrayList<>();
        List<Long> strides = new ArrayList<>();
        for (long dim : shape.dims()) {
            long start = random.nextInt((int) dim + 1);
            starts.add(random.nextBoolean() ? 0 : start);
            limits.add(random.nextBoolean() ? dim : start + random.nextInt((int) (dim - start) + 1));
            strides.add(1L + random.nextInt(2));
        }
        return new Slice(starts, limits, strides);
    }

    private void compute(int choice) {
        Value x = any(DType.FLOAT32);
        int rank = x.type().shape().rank();
        switch (choice) {
            case 29, 30, 31 -> {
                List<Integer> axes = permutation(rank).subList(0, random.nextInt(rank + 1));
                add(new Reduce(pick(new ReduceKind[] {ReduceKind.SUM, ReduceKind.MAX, ReduceKind.MIN}), axes, random.nextBoolean()), x);
            }
            case 32, 33 -> add(new MatMul(random.nextBoolean(), random.nextBoolean()), x, any(DType.FLOAT32));
            case 34 -> add(new Iota(TensorType.of(DType.FLOAT32, 3, 4), random.nextInt(2)));
            default -> add(new Sort(random.nextInt(rank + 1), random.nextBoolean()), x);
        }
    }

    private void special(int choice) {
        switch (choice) {
            case 36 -> add(new Gather(0), recent(v -> v.type().shape().rank() > 0 && v.type().shape().dim(0) > 2), indices());
            case 37 -> {
                Value x = recent(value -> value.type().equals(TensorType.of(DType.FLOAT32, 3, 4)));
                Value rows = builder.add(new Reshape(Shape.of(3, 1)), indices());
                add(new ScatterNd(pick(ScatterKind.values())), x, rows, recent(v -> v.type().equals(x.type())));
            }
            case 38 -> add(new RandomBits(Shape.of(3, 4)), recent(v -> v.type().equals(TensorType.of(DType.INT64, 2))));
            case 39 -> add(new Cumulative(pick(CumulativeKind.values()), 0, random.nextBoolean()), tensor(2));
            case 40 -> {
                Value x = tensor(2);
                add(new DynamicUpdateSlice(), x, recent(v -> v.type().equals(TensorType.of(DType.FLOAT32, 1, 4))),
                        recent(v -> v.type().equals(TensorType.of(DType.INT64, 2))));
            }
            case 41 -> conv();
            case 42 -> condition();
            default -> scan();
        }
    }

    /** Three numbers from 0 to 2, known or not. */
    private Value indices() {
        if (random.nextBoolean()) {
            return builder.constant(Literal.longs(DType.INT32, random.nextInt(3), 0, 2));
        }
        Value given = recent(value -> value.type().equals(TensorType.of(DType.INT32, 3)));
        return builder.add(new Binary(BinaryKind.MOD), given, builder.constant(Literal.scalar(DType.INT32, 3)));
    }

    private void conv() {
        Value x = tensor(4);
        long channels = x.type().shape().dim(-1);
        Value kernel = builder.constant(Literal.splat(TensorType.of(DType.FLOAT32, 2, 2, channels, 3), 0.5));
        add(new Conv(new ConvSpec(List.of(1, 1), List.of(0, 1), List.of(0, 0), List.of(1, 1), 1)), x, kernel);
    }

    private Program body(List<TensorType> parameters, List<TensorType> results) {
        RandomProgram made = new RandomProgram(random, 1);
        parameters.forEach(made::parameter);
        made.parameter(TensorType.of(DType.FLOAT32, 4));
        made.grow(6);
        return made.builder.build(results.stream().map(type -> made.recent(value -> value.type().equals(type))).toList());
    }

    private void condition() {
        Value x = recent(value -> value.type().equals(TensorType.of(DType.FLOAT32, 4)));
        Value flag = recent(value -> value.type().equals(TensorType.of(DType.BOOL)));
        List<TensorType> types = List.of(x.type());
        add(new Cond(body(types, types), body(types, types)), flag, x, x);
    }

    private void scan() {
        TensorType line = TensorType.of(DType.FLOAT32, 4);
        Value carry = recent(value -> value.type().equals(line));
        Value sequence = tensor(2);
        TensorType slice = sequence.type().withShape(sequence.type().shape().remove(0));
        if (random.nextBoolean()) {
            ProgramBuilder condition = new ProgramBuilder();
            Value sum = condition.add(new Reduce(ReduceKind.SUM, List.of(0), false), condition.parameter(line));
            Value large = condition.add(new Compare(CompareKind.GT), sum, condition.constant(Literal.scalar(DType.FLOAT32, 9)));
            Value finite = condition.add(new Unary(UnaryKind.IS_FINITE), sum);
            Program test = condition.build(condition.add(new Binary(BinaryKind.AND), large, finite));
            ProgramBuilder halve = new ProgramBuilder();
            Value half = halve.add(new Binary(BinaryKind.MUL), halve.parameter(line), halve.constant(Literal.scalar(DType.FLOAT32, .25)));
            add(new While(test, halve.build(half)), carry);
            return;
        }
        Program body = body(List.of(line, line, slice), List.of(line, line, line));
        add(new Scan(body, 2, 1, sequence.type().shape().dim(0), random.nextBoolean(), random.nextBoolean()), carry, carry,
                sequence, recent(value -> value.type().equals(line)));
    }
}
