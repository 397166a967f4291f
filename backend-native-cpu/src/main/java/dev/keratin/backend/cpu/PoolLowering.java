package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;

/** Writes pooling. */
final class PoolLowering {
    private PoolLowering() {}

    static void pool(Node node, Code code) {
        Pool op = (Pool) node.op();
        code.begin(Opcode.POOL, node).flag(op.kind() == PoolKind.AVERAGE).tensor(node.inputs().get(0)).tensor(node.output());
        end(op.spec(), code);
    }

    static void poolGrad(Node node, Code code) {
        PoolGrad op = (PoolGrad) node.op();
        code.begin(Opcode.POOL_GRAD, node).flag(op.kind() == PoolKind.AVERAGE).tensor(node.inputs().get(0))
                .tensor(node.inputs().get(1)).tensor(node.output());
        end(op.spec(), code);
    }

    private static void end(PoolSpec spec, Code code) {
        code.words(spec.window()).words(spec.strides()).words(spec.lows()).end();
    }
}
