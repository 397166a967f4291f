package dev.keratin.backend.cpu;

import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Writes the ops that change rows or elements at given indices. */
final class ScatterLowering {
    private ScatterLowering() {}

    static void scatterNd(Node node, Code code) {
        Shape x = node.output().type().shape();
        code.begin(Opcode.SCATTER, node).word(x.subShape(IndexCode.tuple(node), x.rank()).size());
        scattered(node, ((ScatterNd) node.op()).kind(), code);
        IndexCode.tuples(IndexCode.Who.SCATTER_ND, node, code);
        end(node, code);
    }

    static void scatterElements(Node node, Code code) {
        ScatterElements op = (ScatterElements) node.op();
        Lines lines = Lines.of(node.output().type().shape(), op.axis());
        code.begin(Opcode.SCATTER_ELEMENTS, node).word(lines.outer()).word(lines.length())
                .word(node.inputs().get(1).type().shape().dim(op.axis())).word(lines.inner());
        scattered(node, op.kind(), code);
        IndexCode.along(IndexCode.Who.SCATTER_ELEMENTS, node, op.axis(), code);
        end(node, code);
    }

    private static void scattered(Node node, ScatterKind kind, Code code) {
        TensorType type = node.output().type();
        start(node.inputs().get(0), code);
        code.slot(node.output()).dtype(type.dtype()).word(type.shape().size()).slot(node.inputs().get(2)).word(kind.ordinal());
    }

    /** Equal elements are not read from memory: gradients begin with zeros. */
    private static void start(Value x, Code code) {
        Optional<Literal> literal = code.placement().literal(x);
        if (literal.isPresent() && literal.get().isSplat()) {
            code.flag(true).word(bits(literal.get()));
        } else {
            code.flag(false).slot(x);
        }
    }

    private static long bits(Literal splat) {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).put(splat.stored()).getLong(0);
    }

    private static void end(Node node, Code code) {
        code.word(node.inputs().get(2).type().shape().size()).end();
    }
}
