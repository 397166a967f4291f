package dev.keratin.backend.cpu;

import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.Value;

/** Writes elementwise ops and their fusions. */
final class FusedLowering {
    private FusedLowering() {}

    /** One elementwise op on its own. */
    static void elementwise(Node node, Code code) {
        FusedCode step = new FusedCode(FusedCode.Kind.LOOP, node.output().type().shape(), 0, 0);
        node.inputs().forEach(value -> step.operand(value, value, value.type()));
        step.instruction(node);
        step.output(node.output(), node.output(), FusedCode.FULL);
        step.write(node, code);
    }

    /** A fusion of any kind. */
    static void fusion(Node node, Code code) {
        Fusion fusion = (Fusion) node.op();
        if (fusion.kind() == FusionKind.EPILOGUE) {
            EpilogueLowering.write(node, code);
            return;
        }
        boolean columns = fusion.kind() == FusionKind.COLUMN;
        FusedCode step = columns ? column(fusion.body()) : rowOrLoop(fusion);
        operands(node, fusion.body(), step, code);
        for (Node inner : fusion.body().nodes()) {
            boolean written = inner.op() instanceof Constant || columns && inner.op() instanceof Reduce;
            if (!written) {
                step.instruction(inner);
            }
        }
        outputs(node, fusion, step);
        step.write(node, code);
    }

    private static FusedCode rowOrLoop(Fusion fusion) {
        boolean row = fusion.kind() == FusionKind.ROW;
        return new FusedCode(row ? FusedCode.Kind.ROW : FusedCode.Kind.LOOP, fullShape(fusion.body()), 0, 0);
    }

    private static FusedCode column(Program body) {
        Node reduction = body.nodes().stream().filter(node -> node.op() instanceof Reduce).findFirst().orElseThrow();
        Reduce reduce = (Reduce) reduction.op();
        return new FusedCode(FusedCode.Kind.COLUMN, reduction.inputs().get(0).type().shape(), reduce.axes().get(0),
                reduce.axes().size());
    }

    private static Shape fullShape(Program body) {
        Shape shape = Shape.scalar();
        for (Value parameter : body.parameters()) {
            shape = Shape.broadcast(shape, parameter.type().shape());
        }
        for (Node node : body.nodes()) {
            shape = Shape.broadcast(shape, node.output().type().shape());
        }
        return shape;
    }

    private static void operands(Node node, Program body, FusedCode step, Code code) {
        for (int i = 0; i < node.inputs().size(); i++) {
            Value parameter = body.parameters().get(i);
            step.operand(parameter, node.inputs().get(i), parameter.type());
        }
        constants(body, step, code);
    }

    /** Makes the constants of a body operands of a step. */
    static void constants(Program body, FusedCode step, Code code) {
        for (Node inner : body.nodes()) {
            if (inner.op() instanceof Constant constant) {
                code.placement().define(inner.output(), constant.value());
                step.operand(inner.output(), inner.output(), inner.output().type());
            }
        }
    }

    private static void outputs(Node node, Fusion fusion, FusedCode step) {
        for (int i = 0; i < node.outputs().size(); i++) {
            Value inner = fusion.body().results().get(i);
            Value to = node.outputs().get(i);
            if (fusion.kind() == FusionKind.COLUMN) {
                columnOutput(fusion.body(), inner, to, step);
            } else {
                step.output(inner, to, step.isFull(inner.type().shape()) ? FusedCode.FULL : FusedCode.PER_ROW);
            }
        }
    }

    private static void columnOutput(Program body, Value inner, Value to, FusedCode step) {
        Node producer = body.producers().get(inner);
        if (producer.op() instanceof Reduce reduce) {
            step.output(producer.inputs().get(0), to, reduce.kind().ordinal());
        } else {
            step.output(inner, to, FusedCode.ELEMENTS);
        }
    }
}
