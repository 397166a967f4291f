package dev.keratin.backend.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgramTest {
    private static final TensorType ROW = TensorType.of(DType.FLOAT32, 3);

    private final ProgramBuilder builder = new ProgramBuilder();

    private static Program doubled() {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(ROW);
        return builder.build(builder.add(new Binary(BinaryKind.ADD), x, x));
    }

    @Test
    void text_ofControlFlowAndUpdates_isStable() {
        Value predicate = builder.parameter(TensorType.of(DType.BOOL));
        Value x = builder.parameter(ROW);
        Value two = builder.constant(Literal.scalar(DType.FLOAT32, 2));
        builder.add(new Unary(UnaryKind.EXP), x);
        Value chosen = builder.add(new Cond(doubled(), doubled()), predicate, builder.add(new Binary(BinaryKind.MUL), x, two));
        builder.update(x, chosen);
        assertThat(builder.build(chosen, x).text()).isEqualTo("""
                (%0: bool[], %1: float32[3]) {
                  %2: float32[] = Constant[value=2.0]()
                  %3: float32[3] = Unary[kind=EXP](%1)
                  %4: float32[3] = Binary[kind=MUL](%1, %2)
                  %5: float32[3] = Cond(%0, %4)
                    (%0: float32[3]) {
                      %1: float32[3] = Binary[kind=ADD](%0, %0)
                      return %1
                    }
                    (%0: float32[3]) {
                      %1: float32[3] = Binary[kind=ADD](%0, %0)
                      return %1
                    }
                  return %5, %1
                  update %1 = %5
                }
                """);
    }

    @Test
    void text_sameStructureOtherIds_isEqual() {
        Value unused = builder.add(new Iota(ROW, 0));
        ProgramBuilder other = new ProgramBuilder();
        List<Value> copied = other.inline(doubled(), List.of(other.parameter(ROW)));
        assertThat(unused.id()).isZero();
        assertThat(other.build(copied).text()).isEqualTo(doubled().text());
    }

    @Test
    void build_manyReaders_areCounted() {
        Value x = builder.parameter(ROW);
        Value sum = builder.add(new Binary(BinaryKind.ADD), x, x);
        builder.update(x, sum);
        Program program = builder.build(sum, sum);
        assertThat(program.useCounts()).containsEntry(x, 2).containsEntry(sum, 3);
        assertThat(program.escaping()).containsExactly(sum);
        assertThat(program.producers().get(sum).op()).isEqualTo(new Binary(BinaryKind.ADD));
        assertThat(program.parameterTypes()).containsExactly(ROW);
        assertThat(program.resultTypes()).containsExactly(ROW, ROW);
    }

    @Test
    void add_scope_isCarriedByTheNodes() {
        builder.scope("dense");
        Value x = builder.parameter(ROW);
        builder.add(new Unary(UnaryKind.RELU), x);
        builder.scope("outer");
        builder.inline(builder.build(x), List.of(x));
        assertThat(builder.nodes()).extracting(Node::scope).containsExactly("dense", "dense");
        assertThat(builder.scope()).isEqualTo("outer");
        assertThat(builder.nodeCount()).isEqualTo(2);
    }

    @Test
    void update_twice_keepsTheLast() {
        Value x = builder.parameter(ROW);
        Value y = builder.parameter(ROW);
        builder.update(y, x);
        builder.update(x, x);
        builder.update(x, y);
        assertThat(builder.build().updates()).containsExactly(new Program.Update(0, y), new Program.Update(1, x));
    }

    @Test
    void parameter_unknownLength_isRefused() {
        TensorType open = new TensorType(DType.FLOAT32, Shape.of(Shape.UNKNOWN, 3));
        assertThatThrownBy(() -> builder.parameter(open)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter: a shape with known lengths is required. Received: float32[null, 3].");
    }

    @Test
    void values_ofAnotherProgram_areRefused() {
        Value own = builder.parameter(ROW);
        Value stranger = new ProgramBuilder().parameter(ROW);
        assertThatThrownBy(() -> builder.add(new Unary(UnaryKind.EXP), stranger)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("exp: a value of this program is required. Received: %0 of float32[3] from another one.");
        assertThatThrownBy(() -> builder.build(stranger)).hasMessageContaining("result: a value of this program is required");
        assertThatThrownBy(() -> builder.update(own, stranger)).hasMessageContaining("update: a value of this program is required");
        assertThat(builder.nodeCount()).isZero();
    }

    @Test
    void update_otherTypeOrNoParameter_isRefused() {
        Value x = builder.parameter(ROW);
        Value row = builder.add(new Unary(UnaryKind.EXP), x);
        Value whole = builder.add(new Cast(DType.INT32), x);
        assertThatThrownBy(() -> builder.update(x, whole)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("update: a parameter and a value of its type are required. Received: float32[3] and int32[3].");
        assertThatThrownBy(() -> builder.update(row, x)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void label_everyFamily_isTheNameForPeople() {
        assertThat(new Binary(BinaryKind.NEXT_AFTER).label()).isEqualTo("nextAfter");
        assertThat(new Reduce(ReduceKind.SUM, List.of(), false).label()).isEqualTo("reduceSum");
        assertThat(new MatMul(false, false).label()).isEqualTo("matMul");
    }
}
