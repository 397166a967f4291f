package dev.keratin.backend.ir;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.ArrayList;
import java.util.List;

/** What each op accepts and refuses. */
final class RuleRows {
    /** An op, the types of its operands, and the types of its results or a part of the message that refuses. */
    record Row(Op op, String operands, String outcome) {}

    private static final ConvSpec CONV = new ConvSpec(List.of(2, 1), List.of(1, 0), List.of(0, 0), List.of(1, 2), 2);
    private static final PoolSpec POOL = new PoolSpec(List.of(2, 2), List.of(2, 2), List.of(0, 0), List.of(1, 0));
    private static final String LSTM = "float32[2, 5, 12] float32[2, 3] float32[2, 3] float32[3, 12]";
    private static final String GRU = "float32[2, 5, 9] float32[2, 3] float32[3, 9] float32[9]";

    private RuleRows() {}

    private static Program body(String parameters, Op op) {
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> values = Types.of(parameters).stream().map(builder::parameter).toList();
        return builder.build(builder.add(op, values));
    }

    private static Program identity(String parameters) {
        ProgramBuilder builder = new ProgramBuilder();
        return builder.build(Types.of(parameters).stream().map(builder::parameter).toList());
    }

    private static Program updating() {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(Types.of("float32[3]").get(0));
        builder.update(x, x);
        return builder.build(x);
    }

    private static TensorType type(String text) {
        return Types.of(text).get(0);
    }

    static List<Row> accepted() {
        List<Row> rows = new ArrayList<>();
        elementwise(rows);
        sources(rows);
        movement(rows);
        indexing(rows);
        manyToOne(rows);
        products(rows);
        recurrent(rows);
        controlFlow(rows);
        return rows;
    }

    private static void elementwise(List<Row> rows) {
        rows.add(new Row(new Unary(UnaryKind.EXP), "float16[2]", "float16[2]"));
        rows.add(new Row(new Unary(UnaryKind.IS_NAN), "float64[2]", "bool[2]"));
        rows.add(new Row(new Unary(UnaryKind.NOT), "bool[2]", "bool[2]"));
        rows.add(new Row(new Binary(BinaryKind.ADD), "int8[3, 1] int8[4]", "int8[3, 4]"));
        rows.add(new Row(new Binary(BinaryKind.AND), "bool[] bool[0]", "bool[0]"));
        rows.add(new Row(new Compare(CompareKind.LT), "uint8[2, 1, 3] uint8[4, 1]", "bool[2, 4, 3]"));
        rows.add(new Row(new Select(), "bool[2, 1] int64[3] int64[]", "int64[2, 3]"));
        rows.add(new Row(new Cast(DType.BFLOAT16), "bool[2]", "bfloat16[2]"));
        rows.add(new Row(new Bitcast(DType.INT32), "float32[2]", "int32[2]"));
        rows.add(new Row(new StopGradient(), "float32[2]", "float32[2]"));
    }

    private static void sources(List<Row> rows) {
        rows.add(new Row(new Constant(Literal.splat(type("int8[2, 3]"), 1)), "", "int8[2, 3]"));
        rows.add(new Row(new Iota(type("float16[2, 3]"), 1), "", "float16[2, 3]"));
        rows.add(new Row(new RandomBits(Shape.of(7)), "int64[2]", "int32[7]"));
    }

    private static void movement(List<Row> rows) {
        rows.add(new Row(new Broadcast(Shape.of(2, 3)), "int8[3]", "int8[2, 3]"));
        rows.add(new Row(new Reshape(Shape.of(6)), "int8[2, 3]", "int8[6]"));
        rows.add(new Row(new Transpose(List.of(2, 0, 1)), "int8[2, 3, 4]", "int8[4, 2, 3]"));
        rows.add(new Row(new Slice(List.of(1L, 0L), List.of(4L, 5L), List.of(2L, 3L)), "int8[4, 5]", "int8[2, 2]"));
        rows.add(new Row(new Slice(List.of(4L), List.of(4L), List.of(1L)), "int8[4]", "int8[0]"));
        rows.add(new Row(new DynamicSlice(Shape.of(1, 5)), "int8[4, 5] int64[2]", "int8[1, 5]"));
        rows.add(new Row(new DynamicUpdateSlice(), "int8[4, 5] int8[4, 1] int64[2]", "int8[4, 5]"));
        rows.add(new Row(new Pad(List.of(1L), List.of(2L), List.of(3L)), "int8[3] int8[]", "int8[12]"));
        rows.add(new Row(new Pad(List.of(1L), List.of(2L), List.of(3L)), "int8[0] int8[]", "int8[3]"));
        rows.add(new Row(new Concat(1), "int8[2, 3] int8[2, 0] int8[2, 4]", "int8[2, 7]"));
        rows.add(new Row(new Reverse(List.of(1)), "int8[2, 3]", "int8[2, 3]"));
    }

    private static void indexing(List<Row> rows) {
        rows.add(new Row(new Gather(1), "bool[2, 3, 4] int32[5, 6]", "bool[2, 5, 6, 4]"));
        rows.add(new Row(new Gather(0), "bool[2] int64[]", "bool[]"));
        rows.add(new Row(new GatherNd(), "int8[2, 3, 4] int32[5, 2]", "int8[5, 4]"));
        rows.add(new Row(new GatherElements(1), "int8[2, 3] int64[2, 7]", "int8[2, 7]"));
        rows.add(new Row(new ScatterNd(ScatterKind.ADD), "int8[2, 3, 4] int32[5, 2] int8[5, 4]", "int8[2, 3, 4]"));
        rows.add(new Row(new ScatterElements(1, ScatterKind.SET), "int8[2, 3] int32[2, 7] int8[2, 7]", "int8[2, 3]"));
    }

    private static void manyToOne(List<Row> rows) {
        rows.add(new Row(new Reduce(ReduceKind.SUM, List.of(2, 0), false), "int8[2, 3, 4]", "int8[3]"));
        rows.add(new Row(new Reduce(ReduceKind.MAX, List.of(1), true), "float32[2, 0]", "float32[2, 1]"));
        rows.add(new Row(new Reduce(ReduceKind.ALL, List.of(0), false), "bool[2]", "bool[]"));
        rows.add(new Row(new ArgReduce(true, 0), "float32[2, 3]", "int32[3]"));
        rows.add(new Row(new Cumulative(CumulativeKind.SUM, 1, false), "int8[2, 3]", "int8[2, 3]"));
        rows.add(new Row(new Sort(0, false), "bool[2]", "bool[2]"));
        rows.add(new Row(new ArgSort(0, true), "float64[2]", "int32[2]"));
        rows.add(new Row(new TopK(2), "float16[3, 4]", "float16[3, 2] int32[3, 2]"));
    }

    private static void products(List<Row> rows) {
        rows.add(new Row(new MatMul(false, false), "int8[2, 3] int8[3, 4]", "int8[2, 4]"));
        rows.add(new Row(new MatMul(true, true), "float32[5, 1, 3, 2] float32[6, 4, 3]", "float32[5, 6, 2, 4]"));
        rows.add(new Row(new Cholesky(), "float64[2, 3, 3]", "float64[2, 3, 3]"));
        rows.add(new Row(new TriangularSolve(true, false, false), "float32[2, 3, 3] float32[2, 3, 5]", "float32[2, 3, 5]"));
        rows.add(new Row(new Lu(), "float32[3, 3]", "float32[3, 3] int32[3] int32[3]"));
        rows.add(new Row(new Qr(false), "float32[2, 5, 3]", "float32[2, 5, 3] float32[2, 3, 3]"));
        rows.add(new Row(new Qr(true), "float32[5, 3]", "float32[5, 5] float32[5, 3]"));
        rows.add(new Row(new Eigh(), "float32[3, 3]", "float32[3] float32[3, 3]"));
        rows.add(new Row(new Svd(false), "float32[2, 5, 3]", "float32[2, 5, 3] float32[2, 3] float32[2, 3, 3]"));
        rows.add(new Row(new Svd(true), "float32[3, 5]", "float32[3, 3] float32[3] float32[5, 5]"));
        rows.add(new Row(new Eig(), "float32[3, 3]", "float32[3] float32[3] float32[3, 3] float32[3, 3]"));
        rows.add(new Row(new Conv(CONV), "float32[7, 9, 8, 4] float32[3, 2, 2, 6]", "float32[7, 4, 6, 6]"));
        rows.add(new Row(new ConvInputGrad(CONV, Shape.of(7, 9, 8, 4)), "float32[7, 4, 6, 6] float32[3, 2, 2, 6]", "float32[7, 9, 8, 4]"));
        rows.add(new Row(new ConvKernelGrad(CONV, Shape.of(3, 2, 2, 6)), "float32[7, 9, 8, 4] float32[7, 4, 6, 6]", "float32[3, 2, 2, 6]"));
        rows.add(new Row(new Pool(PoolKind.MAX, POOL), "float16[3, 5, 4, 7]", "float16[3, 3, 2, 7]"));
        rows.add(new Row(new PoolGrad(PoolKind.AVERAGE, POOL), "float32[3, 5, 4, 7] float32[3, 3, 2, 7]", "float32[3, 5, 4, 7]"));
    }

    private static void recurrent(List<Row> rows) {
        String states = "float32[2, 5, 3] float32[2, 5, 3] float32[2, 5, 12]";
        rows.add(new Row(new LstmSequence(false), LSTM, states));
        rows.add(new Row(new LstmSequence(true), LSTM + " bool[2, 5]", states));
        rows.add(new Row(new LstmSequenceGrad(false), "float32[2, 3] float32[2, 3] float32[3, 12] " + states
                + " float32[2, 5, 3] float32[2, 5, 3]", "float32[2, 5, 12] float32[2, 3] float32[2, 3]"));
        rows.add(new Row(new GruSequence(true), GRU + " bool[2, 5]", "float32[2, 5, 3] float32[2, 5, 12]"));
        rows.add(new Row(new GruSequenceGrad(false), "float32[2, 3] float32[3, 9] float32[2, 5, 3] float32[2, 5, 12] float32[2, 5, 3]",
                "float32[2, 5, 9] float32[2, 5, 9] float32[2, 3]"));
    }

    private static void controlFlow(List<Row> rows) {
        Program sum = body("float32[3] float32[3]", new Binary(BinaryKind.ADD));
        rows.add(new Row(new Cond(sum, sum), "bool[] float32[3] float32[3]", "float32[3]"));
        rows.add(new Row(new While(body("int32[] int32[]", new Compare(CompareKind.LT)), identity("int32[] int32[]")), "int32[] int32[]",
                "int32[] int32[]"));
        rows.add(new Row(new Scan(identity("float32[3] int8[] bool[2]"), 1, 1, 4, false, true), "float32[3] int8[4] bool[2]",
                "float32[3] int8[4] bool[4, 2] float32[4, 3]"));
        rows.add(new Row(new CustomGradient(sum, 1, 1), "float32[3] float32[3] float32[3]", "float32[3]"));
        rows.add(new Row(new Fusion(FusionKind.LOOP, sum), "float32[3] float32[3]", "float32[3]"));
    }

    static List<Row> refused() {
        List<Row> rows = new ArrayList<>();
        refusedElementwise(rows);
        refusedMovement(rows);
        refusedIndexing(rows);
        refusedProducts(rows);
        refusedControlFlow(rows);
        return rows;
    }

    private static void refusedElementwise(List<Row> rows) {
        rows.add(new Row(new Unary(UnaryKind.EXP), "int32[2]", "the set FLOATING"));
        rows.add(new Row(new Unary(UnaryKind.NEG), "bool[2]", "the set NUMBER"));
        rows.add(new Row(new Unary(UnaryKind.NOT), "float32[2]", "the set BITS"));
        rows.add(new Row(new Unary(UnaryKind.ABS), "float32[2] float32[2]", "1 operand(s)"));
        rows.add(new Row(new Binary(BinaryKind.DIV), "int32[2] int32[2]", "the set FLOATING"));
        rows.add(new Row(new Binary(BinaryKind.SHIFT_LEFT), "bool[2] bool[2]", "the set INTEGER"));
        rows.add(new Row(new Binary(BinaryKind.ADD), "float32[2] float64[2]", "the same element type"));
        rows.add(new Row(new Binary(BinaryKind.ADD), "float32[2] float32[3]", "lengths that are equal or 1"));
        rows.add(new Row(new Compare(CompareKind.EQ), "int8[2] uint8[2]", "the same element type"));
        rows.add(new Row(new Select(), "int8[2] int8[2] int8[2]", "bool"));
        rows.add(new Row(new Select(), "bool[2] int8[3] int8[3]", "lengths that are equal or 1"));
        rows.add(new Row(new Cast(DType.INT8), "", "1 operand(s)"));
        rows.add(new Row(new Bitcast(DType.INT8), "int32[2]", "a type as wide as int8"));
        rows.add(new Row(new StopGradient(), "", "1 operand(s)"));
        rows.add(new Row(new Constant(Literal.scalar(DType.INT8, 1)), "int8[]", "0 operand(s)"));
        rows.add(new Row(new Iota(type("bool[2]"), 0), "", "the set NUMBER"));
        rows.add(new Row(new Iota(type("int32[2]"), 1), "", "an axis from 0 to rank - 1"));
        rows.add(new Row(new RandomBits(Shape.of(2)), "int32[2]", "a state int64[2]"));
    }

    private static void refusedMovement(List<Row> rows) {
        rows.add(new Row(new Broadcast(Shape.of(2, 3)), "int8[2]", "lengths that are equal or 1"));
        rows.add(new Row(new Broadcast(Shape.of(3)), "int8[1, 3]", "a shape that stretches to [3]"));
        rows.add(new Row(new Broadcast(Shape.of(1)), "int8[3]", "a shape that stretches to [1]"));
        rows.add(new Row(new Reshape(Shape.of(2, 3)), "int8[7]", "as many elements as [2, 3] has (6)"));
        rows.add(new Row(new Transpose(List.of(0, 0)), "int8[2, 3]", "a permutation of all axes"));
        rows.add(new Row(new Transpose(List.of(0)), "int8[2, 3]", "a permutation of all axes"));
        rows.add(new Row(new Slice(List.of(0L), List.of(4L), List.of(1L)), "int8[3]", "limit <= length"));
        rows.add(new Row(new Slice(List.of(2L), List.of(1L), List.of(1L)), "int8[3]", "start <= limit"));
        rows.add(new Row(new Slice(List.of(0L), List.of(1L), List.of(0L)), "int8[3]", "stride >= 1"));
        rows.add(new Row(new Slice(List.of(), List.of(), List.of()), "int8[3]", "for each axis"));
        rows.add(new Row(new DynamicSlice(Shape.of(4)), "int8[3] int64[1]", "not longer on any axis"));
        rows.add(new Row(new DynamicSlice(Shape.of(2)), "int8[3] int32[1]", "starts int64[rank]"));
        rows.add(new Row(new DynamicUpdateSlice(), "int8[3] uint8[2] int64[1]", "the same element type"));
        rows.add(new Row(new DynamicUpdateSlice(), "int8[3] int8[4] int64[1]", "not longer on any axis"));
        rows.add(new Row(new Pad(List.of(-1L), List.of(0L), List.of(0L)), "int8[3] int8[]", "not negative"));
        rows.add(new Row(new Pad(List.of(1L), List.of(0L), List.of(0L)), "int8[3] int8[1]", "a scalar as value"));
        rows.add(new Row(new Pad(List.of(), List.of(), List.of()), "int8[3] int8[]", "for each axis"));
        rows.add(new Row(new Concat(0), "", "at least one tensor"));
        rows.add(new Row(new Concat(0), "int8[2, 3] int8[2, 4]", "same shape of all but on axis 0"));
        rows.add(new Row(new Concat(2), "int8[2, 3]", "an axis"));
        rows.add(new Row(new Reverse(List.of(0, 0)), "int8[2]", "axes that differ"));
        rows.add(new Row(new Reverse(List.of(-1)), "int8[2]", "an axis"));
    }

    private static void refusedIndexing(List<Row> rows) {
        rows.add(new Row(new Gather(0), "int8[2] float32[1]", "int32 or int64 indices"));
        rows.add(new Row(new Gather(1), "int8[2] int32[1]", "an axis"));
        rows.add(new Row(new GatherNd(), "int8[2] int32[3, 2]", "k at most the rank of x"));
        rows.add(new Row(new GatherNd(), "int8[2] int32[]", "k at most the rank of x"));
        rows.add(new Row(new GatherElements(0), "int8[2, 3] int32[2, 4]", "equal but on axis 0"));
        rows.add(new Row(new ScatterNd(ScatterKind.SET), "int8[5] int32[3, 1] int8[4]", "gatherNd(x, indices)"));
        rows.add(new Row(new ScatterElements(0, ScatterKind.SET), "int8[5] int32[3] int8[4]", "updates shaped as indices"));
        rows.add(new Row(new Reduce(ReduceKind.SUM, List.of(0), false), "bool[2]", "numbers"));
        rows.add(new Row(new Reduce(ReduceKind.ANY, List.of(0), false), "int8[2]", "bool"));
        rows.add(new Row(new Reduce(ReduceKind.SUM, List.of(1), false), "int8[2]", "an axis"));
        rows.add(new Row(new Reduce(ReduceKind.SUM, List.of(0, 0), false), "int8[2]", "axes that differ"));
        rows.add(new Row(new ArgReduce(true, 0), "int8[0]", "at least one element on axis 0"));
        rows.add(new Row(new Cumulative(CumulativeKind.SUM, 0, false), "bool[2]", "the set NUMBER"));
        rows.add(new Row(new Sort(1, false), "int8[2]", "an axis"));
        rows.add(new Row(new ArgSort(0, false), "int8[]", "an axis"));
        rows.add(new Row(new TopK(4), "int8[3]", "a last axis of at least k=4"));
    }

    private static void refusedProducts(List<Row> rows) {
        rows.add(new Row(new MatMul(false, false), "float32[32, 128] float32[10, 128]", "equal inner axes (128 vs 10)"));
        rows.add(new Row(new MatMul(false, false), "float32[3] float32[3, 1]", "matrices"));
        rows.add(new Row(new MatMul(false, false), "bool[2, 2] bool[2, 2]", "the set NUMBER"));
        rows.add(new Row(new MatMul(false, false), "int8[2, 2, 2] int8[3, 2, 2]", "lengths that are equal or 1"));
        rows.add(new Row(new Cholesky(), "float32[2, 3]", "square matrices"));
        rows.add(new Row(new Cholesky(), "float16[3, 3]", "float32 or float64"));
        rows.add(new Row(new Lu(), "float32[3, 2]", "square matrices"));
        rows.add(new Row(new Qr(true), "int32[3, 2]", "float32 or float64"));
        rows.add(new Row(new Eigh(), "float32[3, 2]", "square matrices"));
        rows.add(new Row(new Eig(), "float32[3, 3] float32[3, 3]", "1 operand(s)"));
        rows.add(new Row(new Svd(true), "float32[3]", "matrices (rank 2 or more)"));
        rows.add(new Row(new TriangularSolve(true, false, false), "float32[2, 3, 3] float32[3, 5]", "the leading axes of a"));
        rows.add(new Row(new TriangularSolve(true, false, false), "float32[3, 3] float64[3, 5]", "the same element type"));
        rows.add(new Row(new Conv(CONV), "float32[7, 9, 8, 4] float32[3, 2, 4, 6]", "channels / groups"));
        rows.add(new Row(new Conv(CONV), "float32[7, 9, 4] float32[3, 2, 6]", "rank 4"));
        rows.add(new Row(new Conv(CONV), "float32[7, 9, 2, 4] float32[3, 2, 2, 6]", "at least as long as the kernel on spatial axis 1"));
        rows.add(new Row(new Conv(CONV), "int8[7, 9, 8, 4] int8[3, 2, 2, 6]", "the set FLOATING"));
        rows.add(new Row(new Conv(new ConvSpec(List.of(0), List.of(0), List.of(0), List.of(1), 1)), "float32[1, 3, 1] float32[1, 1, 1]",
                "strides and dilations of at least 1"));
        rows.add(new Row(new ConvInputGrad(CONV, Shape.of(7, 9, 9, 4)), "float32[7, 4, 6, 6] float32[3, 2, 2, 6]",
                "the convolution gives"));
        rows.add(new Row(new ConvKernelGrad(CONV, Shape.of(3, 3, 2, 6)), "float32[7, 9, 8, 4] float32[7, 4, 6, 6]",
                "the convolution gives"));
        rows.add(new Row(new Pool(PoolKind.MAX, POOL), "int32[3, 5, 4, 7]", "the set FLOATING"));
        rows.add(new Row(new Pool(PoolKind.MAX, POOL), "float32[3, 5, 1, 7]", "at least as long as the window on spatial axis 1"));
        rows.add(new Row(new Pool(PoolKind.MAX, new PoolSpec(List.of(2), List.of(1), List.of(2), List.of(0))), "float32[1, 3, 1]",
                "padding below the window"));
        rows.add(new Row(new PoolGrad(PoolKind.MAX, POOL), "float32[3, 5, 4, 7] float32[3, 2, 2, 7]", "the pooled shape"));
        rows.add(new Row(new LstmSequence(false), LSTM + " bool[2, 5]", "operands [float32[2, 5, 12]"));
        rows.add(new Row(new LstmSequence(true), LSTM + " bool[2, 4]", "a mask bool[batch, time]"));
        rows.add(new Row(new LstmSequence(false), "float32[2, 5]", "a sequence [batch, time, ...]"));
        rows.add(new Row(new LstmSequenceGrad(false), LSTM, "a sequence [batch, time, ...]"));
        rows.add(new Row(new GruSequence(false), GRU.replace("[9]", "[8]"), "operands [float32[2, 5, 9]"));
        rows.add(new Row(new GruSequenceGrad(false), GRU, "a sequence [batch, time, ...]"));
    }

    private static void refusedControlFlow(List<Row> rows) {
        Program one = identity("float32[3]");
        Program two = identity("float32[3] float32[3]");
        rows.add(new Row(new Cond(one, one), "", "a predicate"));
        rows.add(new Row(new Cond(one, one), "bool[1] float32[3]", "a scalar predicate"));
        rows.add(new Row(new Cond(one, one), "bool[] float32[4]", "the then program takes"));
        rows.add(new Row(new Cond(one, two), "bool[] float32[3]", "the else program takes"));
        rows.add(new Row(new Cond(one, body("float32[3]", new Cast(DType.INT8))), "bool[] float32[3]",
                "the same result types from both programs"));
        rows.add(new Row(new Cond(updating(), one), "bool[] float32[3]", "without updates"));
        rows.add(new Row(new While(one, one), "float32[3]", "a bool scalar from the condition"));
        rows.add(new Row(new While(body("float32[]", new Unary(UnaryKind.IS_NAN)), body("float32[]", new Unary(UnaryKind.IS_NAN))),
                "float32[]", "a body that gives the types it takes"));
        rows.add(new Row(new Scan(one, 2, 0, 4, false, false), "float32[3]", "carries and sequences"));
        rows.add(new Row(new Scan(one, 0, 1, 4, false, false), "float32[5, 3]", "first axis has length 4"));
        rows.add(new Row(new Scan(body("float32[]", new Unary(UnaryKind.IS_NAN)), 1, 0, 4, false, false), "float32[]",
                "first results have the types of the carries"));
        rows.add(new Row(new CustomGradient(one, 1, 1), "float32[3]", "values and inputs"));
        rows.add(new Row(new CustomGradient(one, 1, 1), "float32[4] float32[3]", "the gradient program takes"));
        rows.add(new Row(new CustomGradient(one, 1, 1), "float32[3] float32[4]", "a gradient of the type of each input"));
        rows.add(new Row(new Fusion(FusionKind.LOOP, two), "float32[3]", "the body program takes"));
    }
}
