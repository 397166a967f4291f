package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.MemoryPlan.Location;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static final TensorType MATRIX = TensorType.of(DType.FLOAT32, 4, 4);

    private final ProgramBuilder builder = new ProgramBuilder();
    private final Value p = builder.parameter(MATRIX);
    private final Value q = builder.parameter(MATRIX);

    private Value binary(BinaryKind kind, Value a, Value b) {
        return builder.add(new Binary(kind), a, b);
    }

    private Value unary(UnaryKind kind, Value x) {
        return builder.add(new Unary(kind), x);
    }

    private MemoryPlan plan(Value... results) {
        return MemoryPlan.of(builder.build(results), 64);
    }

    @Test
    void update_elementwise_isWrittenInPlace() {
        Value sum = binary(BinaryKind.ADD, p, q);
        builder.update(p, sum);
        MemoryPlan plan = plan();
        assertThat(plan.locationOf(sum)).isEqualTo(Location.parameter(0));
        assertThat(plan.finalCopies()).isEmpty();
        assertThat(plan.arenaBytes()).isZero();
    }

    @Test
    void columnFusion_elementsOverAnOperandButNotItsSums() {
        ProgramBuilder body = new ProgramBuilder();
        Value x = body.parameter(MATRIX);
        Value bias = body.parameter(TensorType.of(DType.FLOAT32, 4));
        Value y = body.add(new Binary(BinaryKind.ADD), x, bias);
        Value sum = body.add(new Reduce(ReduceKind.SUM, List.of(0), false), y);
        Value row = builder.parameter(bias.type());
        List<Value> outputs = builder.add(new Fusion(FusionKind.COLUMN, body.build(y, sum)), List.of(p, row));
        builder.update(p, outputs.get(0));
        builder.update(row, outputs.get(1));
        MemoryPlan plan = plan();
        assertThat(plan.locationOf(outputs.get(0))).isEqualTo(Location.parameter(0));
        assertThat(plan.locationOf(outputs.get(1)).space()).isEqualTo(MemoryPlan.Space.ARENA);
        assertThat(plan.finalCopies()).hasSize(1);
    }

    @Test
    void columnFusion_resultOverAnOperandThatNoElementReads() {
        assertThat(ofColumn(false).finalCopies()).isEmpty();
        assertThat(ofColumn(true).finalCopies()).hasSize(1);
    }

    /** Of a parameter that is updated to a sum with what a COLUMN reduces to. */
    private MemoryPlan ofColumn(boolean readByElements) {
        ProgramBuilder program = new ProgramBuilder();
        Value x = program.parameter(MATRIX);
        Value row = program.parameter(TensorType.of(DType.FLOAT32, 4));
        ProgramBuilder body = new ProgramBuilder();
        Value elements = body.parameter(MATRIX);
        Value inner = body.parameter(row.type());
        Value reduced = body.add(new Reduce(ReduceKind.SUM, List.of(0), false),
                readByElements ? body.add(new Binary(BinaryKind.ADD), elements, inner) : elements);
        Program whole = body.build(body.add(new Binary(BinaryKind.MUL), inner, reduced));
        program.update(row, program.add(new Fusion(FusionKind.COLUMN, whole), List.of(x, row)).get(0));
        return MemoryPlan.of(program.build(), 64);
    }

    @Test
    void epilogueFusion_overTheOperandThatTheBackendChose() {
        ProgramBuilder body = new ProgramBuilder();
        Value product = body.add(new MatMul(false, false), body.parameter(MATRIX), body.parameter(MATRIX));
        Fusion fusion = new Fusion(FusionKind.EPILOGUE, body.build(
                body.add(new Binary(BinaryKind.ADD), product, body.parameter(MATRIX))));
        Value summand = unary(UnaryKind.NEG, p);
        Value sum = builder.add(fusion, List.of(p, q, summand)).get(0);
        Program program = builder.build(sum);
        MemoryPlan apart = MemoryPlan.of(program, 64);
        MemoryPlan shared = MemoryPlan.of(program, 64, (node, operand) -> operand == summand);
        assertThat(apart.locationOf(summand)).isEqualTo(Location.arena(0));
        assertThat(shared.locationOf(summand)).isEqualTo(shared.locationOf(sum)).isEqualTo(Location.result(0));
    }

    @Test
    void epilogueFusion_ofAnOperandThatIsMultipliedToo_keepsItsPlace() {
        ProgramBuilder body = new ProgramBuilder();
        Value product = body.add(new MatMul(false, false), body.parameter(MATRIX), body.parameter(MATRIX));
        Fusion fusion = new Fusion(FusionKind.EPILOGUE, body.build(
                body.add(new Binary(BinaryKind.ADD), product, body.parameter(MATRIX))));
        Value summand = unary(UnaryKind.NEG, p);
        Value sum = builder.add(fusion, List.of(summand, q, summand)).get(0);
        MemoryPlan plan = MemoryPlan.of(builder.build(sum), 64, (node, operand) -> true);
        assertThat(plan.locationOf(summand)).isEqualTo(Location.arena(0));
    }

    @Test
    void update_oldContentReadLater_isCopied() {
        Value sum = binary(BinaryKind.ADD, p, q);
        Value late = binary(BinaryKind.MUL, p, sum);
        builder.update(p, sum);
        MemoryPlan plan = plan(late);
        assertThat(plan.locationOf(sum)).isEqualTo(Location.arena(0));
        assertThat(plan.finalCopies()).hasToString("[arena+0 -> parameter 0 (64 bytes)]");
    }

    @Test
    void update_notElementwise_isNotWrittenOverItsOperand() {
        Value product = builder.add(new MatMul(false, false), p, q);
        builder.update(p, product);
        assertThat(plan().finalCopies()).hasSize(1);
    }

    @Test
    void update_beforeNodeThatCanFail_isCopiedAtTheEnd() {
        Value indices = builder.parameter(TensorType.of(DType.INT32, 3));
        Value sum = binary(BinaryKind.ADD, p, q);
        Value gathered = builder.add(new Gather(0), q, indices);
        builder.update(p, sum);
        assertThat(plan(gathered).finalCopies()).hasSize(1);
    }

    @Test
    void update_scatterWithIndicesCheckedBefore_isWrittenInPlace() {
        Value indices = builder.parameter(TensorType.of(DType.INT32, 3));
        Value gathered = builder.add(new Gather(0), p, indices);
        Value scattered = builder.add(new ScatterNd(ScatterKind.ADD), p,
                builder.add(new Reshape(Shape.of(3, 1)), indices), gathered);
        builder.update(p, scattered);
        MemoryPlan plan = plan();
        assertThat(plan.locationOf(scattered)).isEqualTo(Location.parameter(0));
        assertThat(plan.finalCopies()).isEmpty();
    }

    @Test
    void updates_swap_goesThroughTheArena() {
        builder.update(p, q);
        builder.update(q, p);
        MemoryPlan plan = plan();
        assertThat(plan.finalCopies()).hasToString("[parameter 0 -> arena+0 (64 bytes),"
                + " parameter 1 -> parameter 0 (64 bytes), arena+0 -> parameter 1 (64 bytes)]");
        assertThat(plan.arenaBytes()).isEqualTo(64);
    }

    @Test
    void updates_chain_copiesInSafeOrder() {
        Value r = builder.parameter(MATRIX);
        builder.update(p, q);
        builder.update(q, r);
        builder.update(r, unary(UnaryKind.NEG, p));
        assertThat(plan().finalCopies()).hasToString("[parameter 1 -> parameter 0 (64 bytes),"
                + " parameter 2 -> parameter 1 (64 bytes), arena+0 -> parameter 2 (64 bytes)]");
    }

    @Test
    void result_oldContentOfUpdatedParameter_isCopiedBeforeTheUpdate() {
        builder.update(p, unary(UnaryKind.NEG, p));
        assertThat(plan(p).finalCopies()).hasToString(
                "[parameter 0 -> result 0 (64 bytes), arena+0 -> parameter 0 (64 bytes)]");
    }

    @Test
    void results_sameValueTwiceAndView_areCopiedOnce() {
        Value sum = binary(BinaryKind.ADD, p, q);
        Value flat = builder.add(new Reshape(Shape.of(16)), sum);
        MemoryPlan plan = plan(flat, sum);
        assertThat(plan.locationOf(sum)).isEqualTo(Location.result(0));
        assertThat(plan.locationOf(flat)).isEqualTo(Location.result(0));
        assertThat(plan.finalCopies()).hasToString("[result 0 -> result 1 (64 bytes)]");
    }

    @Test
    void elementwiseChain_endsInResult_takesNoArena() {
        Value end = unary(UnaryKind.EXP, unary(UnaryKind.NEG, binary(BinaryKind.ADD, p, q)));
        assertThat(plan(end).arenaBytes()).isZero();
    }

    @Test
    void chainIntoUpdatedParameter_oldContentStillNeeded_staysOutOfIt() {
        Value sum = binary(BinaryKind.ADD, p, q);
        Value product = binary(BinaryKind.MUL, sum, p);
        builder.update(p, product);
        MemoryPlan plan = plan();
        assertThat(plan.locationOf(product)).isEqualTo(Location.parameter(0));
        assertThat(plan.locationOf(sum)).isEqualTo(Location.arena(0));
    }

    @Test
    void arena_valuesWithDisjointLives_shareBytes() {
        Value value = builder.add(new MatMul(false, false), p, q);
        for (int i = 0; i < 10; i++) {
            value = builder.add(new MatMul(false, false), value, q);
        }
        assertThat(plan(value).arenaBytes()).isEqualTo(128);
    }
}
