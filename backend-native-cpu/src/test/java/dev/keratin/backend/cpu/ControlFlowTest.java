package dev.keratin.backend.cpu;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.ir.While;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlFlowTest {
    private static final TensorType ROW = TensorType.of(DType.FLOAT32, 5);
    private static final TensorType SCALAR = TensorType.of(DType.FLOAT32);

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void cond_eitherBranch_agreesWithReference(int predicate) {
        ProgramBuilder builder = new ProgramBuilder();
        Value choice = builder.parameter(TensorType.of(DType.BOOL));
        Value a = builder.parameter(ROW);
        Value b = builder.parameter(ROW);
        List<Value> results = builder.add(new Cond(pair(BinaryKind.ADD), pair(BinaryKind.MUL)), List.of(choice, a, b));
        check(builder.build(results), AgainstReference.of(DType.BOOL, predicate));
    }

    private static Program pair(BinaryKind kind) {
        ProgramBuilder body = new ProgramBuilder();
        Value a = body.parameter(ROW);
        Value b = body.parameter(ROW);
        Value first = body.add(new Binary(kind), a, b);
        return body.build(first, body.add(new Binary(kind), first, a), b);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1, 2, 7})
    void while_anyNumberOfTurns_agreesWithReference(double limit) {
        ProgramBuilder condition = new ProgramBuilder();
        Value count = condition.parameter(SCALAR);
        condition.parameter(ROW);
        Value most = condition.parameter(SCALAR);
        Program test = condition.build(condition.add(new Compare(CompareKind.LT), count, most));
        ProgramBuilder body = new ProgramBuilder();
        Value turn = body.parameter(SCALAR);
        Value row = body.parameter(ROW);
        Value same = body.parameter(SCALAR);
        Value next = body.add(new Binary(BinaryKind.ADD), turn, body.constant(Literal.scalar(DType.FLOAT32, 1)));
        Program step = body.build(next, body.add(new Binary(BinaryKind.MUL), row, next), same);
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> state = List.of(builder.parameter(SCALAR), builder.parameter(ROW), builder.parameter(SCALAR));
        Program program = builder.build(builder.add(new While(test, step), state));
        List<ByteBuffer> arguments = new ArrayList<>(AgainstReference.arguments(program, 1));
        arguments.set(0, AgainstReference.of(DType.FLOAT32, 0));
        arguments.set(2, AgainstReference.of(DType.FLOAT32, limit));
        AgainstReference.check(program, arguments);
    }

    @ParameterizedTest
    @CsvSource({"0, false, false", "1, false, true", "2, true, false", "6, true, true", "7, false, false", "7, false, true"})
    void scan_bothDirections_agreesWithReference(long length, boolean reverse, boolean carriesIn) {
        ProgramBuilder body = new ProgramBuilder();
        Value sum = body.parameter(ROW);
        Value product = body.parameter(ROW);
        Value slice = body.parameter(ROW);
        Value factor = body.parameter(SCALAR);
        Value scaled = body.add(new Binary(BinaryKind.MUL), slice, factor);
        Value next = body.add(new Binary(BinaryKind.ADD), sum, scaled);
        Program step = body.build(next, sum, scaled, body.add(new Binary(BinaryKind.MUL), product, slice));
        ProgramBuilder builder = new ProgramBuilder();
        List<Value> operands = List.of(builder.parameter(ROW), builder.parameter(ROW),
                builder.parameter(TensorType.of(DType.FLOAT32, length, 5)), builder.parameter(SCALAR));
        AgainstReference.check(builder.build(builder.add(new Scan(step, 2, 1, length, reverse, carriesIn), operands)));
    }

    private static void check(Program program, ByteBuffer first) {
        List<ByteBuffer> arguments = new ArrayList<>(AgainstReference.arguments(program, 1));
        arguments.set(0, first);
        AgainstReference.check(program, arguments);
    }
}
