package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostTest {
    private final Graph g = new Graph();

    private Node last() {
        return g.builder.nodes().get(g.builder.nodeCount() - 1);
    }

    @Test
    void matMul_countsTwoFlopsPerProduct() {
        g.matMul(g.input(2, 3, 4), g.input(4, 5));
        assertThat(Cost.flops(last())).isEqualTo(2 * 2 * 3 * 4 * 5);
        assertThat(Cost.bytes(last())).isEqualTo(4 * (24 + 20 + 30));
    }

    @Test
    void convolutionAndItsGradients_costTheSame() {
        ConvSpec spec = new ConvSpec(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1), 1);
        Value x = g.input(2, 5, 5, 3);
        Value kernel = g.input(3, 3, 3, 4);
        Value y = g.op(new Conv(spec), x, kernel);
        long flops = 2L * (2 * 5 * 5 * 4) * (3 * 3 * 3);
        assertThat(Cost.flops(last())).isEqualTo(flops);
        g.op(new ConvInputGrad(spec, Shape.of(2, 5, 5, 3)), y, kernel);
        assertThat(Cost.flops(last())).isEqualTo(flops);
        g.op(new ConvKernelGrad(spec, Shape.of(3, 3, 3, 4)), x, y);
        assertThat(Cost.flops(last())).isEqualTo(flops);
    }

    @Test
    void gather_readsWhatItTakes() {
        g.op(new Gather(0), g.input(1000, 8), g.input(DType.INT32, 2));
        assertThat(Cost.readBytes(last())).isEqualTo(2 * 8 * 4 + 2 * 4);
    }

    @Test
    void views_areFree() {
        g.reshape(g.input(2, 3), 6);
        assertThat(Cost.bytes(last()) + Cost.flops(last())).isZero();
    }

    @Test
    void lstm_countsTheRecurrentProducts() {
        g.builder.add(new LstmSequence(false), List.of(g.input(2, 7, 12), g.input(2, 3), g.input(2, 3), g.input(3, 12)));
        assertThat(Cost.flops(last())).isEqualTo(2 * 7 * 3 * 4 * (2 * 3 + 4));
    }

    @Test
    void fusion_readsItsOperandsOnce() {
        Value x = g.input(8, 16);
        Value y = g.unary(UnaryKind.EXP, x);
        Program fused = Compiler.optimize(g.program(g.add(y, g.mul(y, x))), FusionPolicy.all());
        assertThat(fused.nodes()).hasSize(1);
        assertThat(Cost.bytes(fused.nodes().get(0))).isEqualTo(2 * 8 * 16 * 4);
        assertThat(Cost.flops(fused)).isEqualTo(3 * 8 * 16);
    }
}
