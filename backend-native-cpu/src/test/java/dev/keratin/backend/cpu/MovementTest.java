package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.DynamicSlice;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.RandomBits;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MovementTest {

    @ParameterizedTest
    @EnumSource(DType.class)
    void transpose_everyType_agreesWithReference(DType type) {
        check(new Transpose(List.of(1, 0)), TensorType.of(type, 70, 45));
    }

    @ParameterizedTest
    @CsvSource({"0,1,2,3", "3,2,1,0", "0,2,1,3", "0,3,1,2", "0,2,3,1", "1,0,3,2", "2,0,3,1"})
    void transpose_fourAxes_agreesWithReference(int a, int b, int c, int d) {
        check(new Transpose(List.of(a, b, c, d)), TensorType.of(DType.FLOAT32, 3, 40, 5, 33));
        check(new Transpose(List.of(a, b, c, d)), TensorType.of(DType.FLOAT64, 2, 1, 3, 4));
    }

    @Test
    void slice_stridesAndStarts_agreesWithReference() {
        TensorType type = TensorType.of(DType.FLOAT32, 9, 8, 50);
        check(new Slice(List.of(1L, 0L, 3L), List.of(9L, 8L, 40L), List.of(3L, 2L, 1L)), type);
        check(new Slice(List.of(0L, 2L, 0L), List.of(9L, 5L, 50L), List.of(1L, 1L, 7L)), type);
        check(new Slice(List.of(2L, 2L, 0L), List.of(2L, 5L, 50L), List.of(1L, 1L, 1L)), type);
    }

    @Test
    void broadcast_newAndStretchedAxes_agreesWithReference() {
        check(new Broadcast(Shape.of(4, 3, 5, 20)), TensorType.of(DType.INT8, 3, 1, 20));
        check(new Broadcast(Shape.of(40000)), TensorType.of(DType.FLOAT32, 1));
        check(new Broadcast(Shape.of(7, 300)), TensorType.of(DType.FLOAT64, 7, 1));
    }

    @Test
    void reverse_someAxes_agreesWithReference() {
        check(new Reverse(List.of(0, 2)), TensorType.of(DType.INT64, 3, 4, 5));
        check(new Reverse(List.of(1)), TensorType.of(DType.BOOL, 3, 0));
    }

    @Test
    void pad_aroundAndBetween_agreesWithReference() {
        check(new Pad(List.of(1L, 0L, 2L), List.of(0L, 3L, 1L), List.of(2L, 0L, 1L)), TensorType.of(DType.FLOAT32, 3, 4, 5),
                TensorType.of(DType.FLOAT32));
        check(new Pad(List.of(2L), List.of(2L), List.of(3L)), TensorType.of(DType.UINT8, 0), TensorType.of(DType.UINT8));
    }

    @Test
    void concat_everyAxis_agreesWithReference() {
        for (int axis = 0; axis < 3; axis++) {
            Shape shape = Shape.of(3, 4, 5);
            check(new Concat(axis), new TensorType(DType.FLOAT16, shape), new TensorType(DType.FLOAT16, shape.with(axis, 0)),
                    new TensorType(DType.FLOAT16, shape.with(axis, 7)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 3", "-4, 9"})
    void dynamicBlocks_startsInsideAndOutside_agreeWithReference(long row, long column) {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(TensorType.of(DType.FLOAT32, 6, 7));
        Value update = builder.parameter(TensorType.of(DType.FLOAT32, 3, 2));
        Value starts = builder.parameter(TensorType.of(DType.INT64, 2));
        Value updated = builder.add(new DynamicUpdateSlice(), x, update, starts);
        Value cut = builder.add(new DynamicSlice(Shape.of(2, 5)), updated, starts);
        builder.update(x, updated);
        Program program = builder.build(cut, updated);
        List<ByteBuffer> arguments = new ArrayList<>(AgainstReference.arguments(program, 1));
        arguments.set(2, AgainstReference.of(DType.INT64, row, column));
        AgainstReference.check(program, arguments);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "FLOAT32", "FLOAT64", "INT8", "UINT8", "INT32", "INT64"})
    void iota_everyAxis_agreesWithReference(DType type) {
        for (int axis = 0; axis < 3; axis++) {
            check(new Iota(TensorType.of(type, 3, 300, 4), axis));
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "63", "64", "1000", "70001"})
    void randomBits_anyCount_areTheSameBits(long count) {
        ProgramBuilder builder = new ProgramBuilder();
        Value state = builder.parameter(TensorType.of(DType.INT64, 2));
        Program program = builder.build(builder.add(new RandomBits(Shape.of(count)), state));
        AgainstReference.check(program, List.of(AgainstReference.of(DType.INT64, -123456789012345.0, 0x1p40 + 7)));
    }

    private static void check(Op op, TensorType... operands) {
        ProgramBuilder builder = new ProgramBuilder();
        Value[] values = List.of(operands).stream().map(builder::parameter).toArray(Value[]::new);
        AgainstReference.check(builder.build(builder.add(op, values)));
    }
}
